"""`publish` and `subscribe`: the two ends of the stream."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.live import Live

from contracts.messages.base import Message
from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from contracts.topics import CHANGES, STORIES
from services.client import brokers, inputs, library, live
from services.client.commands.options import As, Brokers, Form, Paths, written


class What(StrEnum):
    """What one can subscribe to."""

    STORIES = "stories"
    CHANGES = "changes"


def publish(
    paths: Paths,
    broker: Brokers = None,
    pause: Annotated[float, typer.Option(help="Seconds to wait after each article.", min=0)] = 0.0,
) -> None:
    """Publish articles: JSON lines, JSON, HTML pages or plain text."""
    count = asyncio.run(_publish(paths, brokers.address(broker), pause))
    Console(stderr=True).print(f"{count} articles published")


async def _publish(paths: list[str], address: str, pause: float) -> int:
    count = 0
    async with library.Publisher(address) as publisher:
        for line in inputs.read(paths):
            await publisher.publish_bytes(line.value)
            count += 1
            await asyncio.sleep(pause)
    return count


def subscribe(
    what: Annotated[What, typer.Argument(help="Whole stories, or each change.")] = What.STORIES,
    broker: Brokers = None,
    from_beginning: Annotated[
        bool, typer.Option("--from-beginning/--from-now", help="Start with what is already there, or with what comes.")
    ] = True,
    follow: Annotated[
        bool, typer.Option("--follow/--no-follow", help="Go on for ever, or end with what is there.")
    ] = True,
    links: Annotated[
        bool, typer.Option("--links/--no-links", help="Changes that name new links only: tell them, or pass over them.")
    ] = True,
    form: As = Form.STORYBRAID,
) -> None:
    """Watch stories form: a live view in a terminal, JSON lines when piped."""
    topic = STORIES if what is What.STORIES else CHANGES
    messages = library.subscribe(topic, brokers.address(broker), from_beginning=from_beginning, follow=follow)
    if not links:
        messages = _news(messages)
    console = Console()
    if form is Form.NINJS or not console.is_terminal:
        asyncio.run(_write_lines(messages, form))
    elif what is What.STORIES:
        asyncio.run(_show_board(messages, console))
    else:
        asyncio.run(_show_changes(messages, console))


async def _news(messages: AsyncIterator[Message]) -> AsyncIterator[Message]:
    """All but changes that tell of links only."""
    async for message in messages:
        if not (isinstance(message, StoryChangeV1) and message.links_only):
            yield message


async def _write_lines(messages: AsyncIterator[Message], form: Form) -> None:
    async for message in messages:
        sys.stdout.write(json.dumps(written(message, form), ensure_ascii=False) + "\n")
        sys.stdout.flush()


async def _show_board(messages: AsyncIterator[Message], console: Console) -> None:
    stories: dict[str, StoryV1] = {}
    with Live(live.board([]), console=console, refresh_per_second=4) as view:
        async for message in messages:
            assert isinstance(message, StoryV1)
            stories[message.story_id] = message
            view.update(live.board(stories.values()))


async def _show_changes(messages: AsyncIterator[Message], console: Console) -> None:
    async for message in messages:
        assert isinstance(message, StoryChangeV1)
        console.print(live.change_line(message))
