"""Hostile messages against the four workers on a real Apache Kafka: each ends in one story or as a dead letter.

python -m tests.fault.hostile --messages 10000 --seed 1 [--fuzzed DIRECTORY]

Of the messages, those that `tests.fault.fuzz --keep DIRECTORY` found come first; the rest is the drawn corpus. Memory
is looked at all the time: after the first third of the run no worker without state may grow any more.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from contracts import codec
from contracts.messages.accepted_article import AcceptedArticleV1
from contracts.messages.story import StoryV1
from contracts.topics import INPUTS, RAW, STORIES
from services.client import library
from services.client.commands.lag import waiting
from services.client.stack import ROOMS, Stack
from services.shared.runtime.brokers import topics
from tests.fault import fuzz
from tests.fault.hostile_corpus import corpus
from tests.helpers.brokers import real_kafka

QUIET_SECONDS = 4.0
PATIENCE_SECONDS = 1500.0
WEIGH_SECONDS = 2.0
MOST_GROWTH = 0.10


@dataclass
class Outcome:
    """Where every message ended, and what the workers weighed on the way."""

    published: int
    passed: dict[str, int] = field(default_factory=dict)
    dead: dict[str, Counter[str]] = field(default_factory=dict)
    homeless: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    memory: list[tuple[float, dict[str, float]]] = field(default_factory=list)

    def breaches(self) -> list[str]:
        """What was lost, is in no story or in two; empty where the guarantee held."""
        found = [f"article {each} is in no story" for each in self.homeless[:5]]
        found += [f"article {each} is in two stories" for each in self.twice[:5]]
        for stage, arrived in self.passed.items():
            gone = sum(self.dead[stage].values())
            if arrived != self.left(stage) + gone:
                found.append(f"{stage}: {arrived} arrived, {self.left(stage)} went on, {gone} were put aside")
        return found + [f"{room} grew by {share:.0%}" for room, share in self.growth().items() if share > MOST_GROWTH]

    def growth(self) -> dict[str, float]:
        """By what share each room without state weighs more in the last third of the run than in the middle one."""
        third = len(self.memory) // 3
        middle, last = self.memory[third : 2 * third], self.memory[-third:]
        if not third:
            return {}
        return {
            room: median(weights[room] for _, weights in last) / median(weights[room] for _, weights in middle) - 1
            for room in ROOMS[:3]
        }

    def left(self, stage: str) -> int:
        """How many messages a stage wrote; the last one keeps what it reads."""
        names = [topic.name for topic in INPUTS]
        following = names.index(stage) + 1
        return (
            self.passed[names[following]]
            if following < len(names)
            else self.passed[stage] - sum(self.dead[stage].values())
        )


async def attack(address: str, stack: Stack, values: Sequence[bytes]) -> Outcome:
    """Publish the messages, wait until everything has come to rest, and account for every one."""
    outcome = Outcome(len(values))
    weighing = asyncio.create_task(_weigh(stack, outcome))
    async with library.Publisher(address) as publisher:
        for number, value in enumerate(values, 1):
            await publisher.forward(RAW.name, str(number).encode(), value, [])
    await _settle(address, stack)
    weighing.cancel()
    await _account(address, outcome)
    return outcome


async def _weigh(stack: Stack, outcome: Outcome) -> None:
    """Look at the workers' memory again and again."""
    began = asyncio.get_running_loop().time()
    while True:
        outcome.memory.append((asyncio.get_running_loop().time() - began, stack.memory()))
        await asyncio.sleep(WEIGH_SECONDS)


async def _settle(address: str, stack: Stack) -> None:
    """Wait until no topic grows any more."""
    until = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while asyncio.get_running_loop().time() < until:
        stack.check()
        if await asyncio.to_thread(waiting, address) == 0:
            await asyncio.sleep(QUIET_SECONDS)
            if await asyncio.to_thread(waiting, address) == 0:
                return
        await asyncio.sleep(1)
    raise TimeoutError(f"the pipeline was not done after {PATIENCE_SECONDS:.0f} s")


async def _account(address: str, outcome: Outcome) -> None:
    articles: set[str] = set()
    for topic in INPUTS:
        outcome.passed[topic.name], outcome.dead[topic.name] = 0, Counter()
        async for record in library.records(topic.name, address, from_beginning=True, follow=False):
            outcome.passed[topic.name] += 1
            if topic is INPUTS[-1]:
                message = codec.decode(topic, record.value, record.headers)
                assert isinstance(message, AcceptedArticleV1)
                articles.add(message.article_id)
        async for record in library.records(f"{topic.name}.dlq", address, from_beginning=True, follow=False):
            outcome.dead[topic.name][codec.read_dead_letter_headers(record.headers).reason] += 1
    stories: dict[str, StoryV1] = {}
    async for story in library.subscribe(STORIES, address, from_beginning=True, follow=False):
        assert isinstance(story, StoryV1)
        stories[story.story_id] = story
    homes = Counter(a.article_id for s in stories.values() if s.state in ("open", "closed") for a in s.articles)
    outcome.homeless = sorted(articles - set(homes))
    outcome.twice = sorted(article for article, count in homes.items() if count > 1)


def show(outcome: Outcome) -> None:
    """The account as a table."""
    print(f"{outcome.published} hostile messages")
    for stage, arrived in outcome.passed.items():
        reasons = ", ".join(f"{reason} {count}" for reason, count in outcome.dead[stage].most_common())
        print(f"  {stage:25} {arrived:7} arrived   dead letters: {reasons or 'none'}")
    for at, weights in outcome.memory[:: max(1, len(outcome.memory) // 15)]:
        print(f"  memory at {at:4.0f} s: " + ", ".join(f"{room} {weight:.0f} MB" for room, weight in weights.items()))
    for room, share in outcome.growth().items():
        print(f"  {room:25} {share:+6.1%} from the middle third to the last")
    print("\n".join(outcome.breaches()) or "every message is in exactly one story or a dead letter; no worker stopped")


def run(values: Sequence[bytes]) -> Outcome:
    """Start a Kafka and the workers, attack them, take everything down."""
    with tempfile.TemporaryDirectory() as home, real_kafka(Path(home) / "kafka") as cluster:
        topics.create(cluster.address)
        # Bad messages come in long rows here on purpose: the limit that catches wrong deployments is lifted.
        stack = Stack(cluster.address, Path(home) / "logs", settings={"STORYBRAID_DEAD_LETTERS_IN_A_ROW": "1000000"})
        try:
            stack.start()
            return asyncio.run(attack(cluster.address, stack, values))
        finally:
            stack.stop()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fuzzed", type=Path, help="inputs that fuzzing found and kept")
    chosen = parser.parse_args()
    fuzzed = list(fuzz.kept(chosen.fuzzed)) if chosen.fuzzed else []
    print(f"{len(fuzzed)} messages found by fuzzing, the rest drawn")
    outcome = run([*fuzzed, *corpus(chosen.seed, max(0, chosen.messages - len(fuzzed)))])
    show(outcome)
    sys.exit(bool(outcome.breaches()))


if __name__ == "__main__":
    main()
