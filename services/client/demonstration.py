"""The demonstration: sample articles in, stories forming before one's eyes, a summary, and where to go next."""

import asyncio
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from contracts.topics import CHANGES, STORIES
from services.client import inputs, library, live

SAMPLES = Path(__file__).parent / "samples" / "articles.jsonl"
PATIENCE_SECONDS = 60.0
_NEXT = """
Where to go next:
  storybraid up                       a broker and the workers that stay; prints the addresses
  storybraid publish FILE             your own articles: .jsonl, .html, .txt
  storybraid subscribe changes        every change of every story, JSON lines when piped
  storybraid replay FILE              the same pipeline without Kafka
  README.md                           publish and subscribe from your own program"""


async def show(console: Console, brokers: str, pause: float) -> bool:
    """Publish the samples and show what becomes of them; False where not every article got into a story in time."""
    lines = list(inputs.read([str(SAMPLES)]))
    console.print(f"Publishing {len(lines)} articles of five languages, one by one:\n")
    watching = asyncio.create_task(_watch(console, brokers, len(lines)))
    await asyncio.sleep(0)
    async with library.Publisher(brokers) as publisher:
        for line in lines:
            await publisher.publish_bytes(line.value)
            await asyncio.sleep(pause)
    complete = await watching
    await _summarise(console, brokers, len(lines))
    if not complete:
        console.print(f"[red]not every article was in a story after {PATIENCE_SECONDS:.0f} s[/]")
    return complete


def arrival(change: StoryChangeV1) -> tuple[str, datetime]:
    """The arrival that caused a change. One may move articles that came before, so what changes add says nothing."""
    return change.caused_by, change.at


async def _watch(console: Console, brokers: str, expected: int) -> bool:
    seen = set[tuple[str, datetime]]()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for change in library.subscribe(CHANGES, brokers, from_beginning=True):
                assert isinstance(change, StoryChangeV1)
                console.print(live.change_line(change))
                seen.add(arrival(change))
                if len(seen) >= expected:
                    return True
    except TimeoutError:
        pass
    return False


async def _summarise(console: Console, brokers: str, published: int) -> None:
    stories: dict[str, StoryV1] = {}
    async for story in library.subscribe(STORIES, brokers, from_beginning=True, follow=False):
        assert isinstance(story, StoryV1)
        stories[story.story_id] = story
    told = sorted((s for s in stories.values() if s.state in ("open", "closed")), key=lambda s: -len(s.articles))
    console.print(Text(f"\n{published} articles became {len(told)} stories:\n", style="bold"))
    for story in told:
        live.show_story(console, story)
    console.print(_NEXT)
