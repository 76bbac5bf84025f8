"""From the topics into the projection: where reading begins, and what is noticed."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiokafka import TopicPartition

from contracts import codec
from contracts.messages.base import Message
from contracts.topics import CHANGES, EXTRACTED, STORIES, Topic
from services.gateway.projection.notifier import Notifier
from services.gateway.projection.pump import Pump
from services.gateway.projection.writer import Writer
from services.gateway.settings import Settings
from services.shared.runtime.lifecycle import prepare
from services.shared.runtime.surroundings import Cluster
from tests.helpers.bus import FixedClock
from tests.helpers.gateways import change, story

CLUSTER = Cluster("a-cluster", {EXTRACTED.name: 1, STORIES.name: 1, CHANGES.name: 1})


@dataclass(frozen=True)
class _Message:
    topic: str
    partition: int
    offset: int
    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...]
    timestamp: int = 1_767_776_400_000


@dataclass
class _Consumer:
    """What the pump asks of aiokafka's consumer, over lists."""

    logs: dict[str, list[_Message]] = field(default_factory=dict)
    begins: dict[str, int] = field(default_factory=dict)
    positions: dict[TopicPartition, int] = field(default_factory=dict)
    resting: set[TopicPartition] = field(default_factory=set)

    def write(self, topic: Topic, message: Message) -> None:
        """One more record."""
        wire = codec.encode(topic, message, time=datetime(2026, 1, 7, tzinfo=UTC), source="deduplication")
        log = self.logs.setdefault(topic.name, [])
        log.append(_Message(topic.name, 0, len(log), wire.key, wire.value, tuple(wire.headers)))

    def assign(self, partitions: list[TopicPartition]) -> None:
        self.positions = dict.fromkeys(partitions, 0)

    def assignment(self) -> set[TopicPartition]:
        return set(self.positions)

    def seek(self, partition: TopicPartition, offset: int) -> None:
        self.positions[partition] = offset

    def pause(self, *partitions: TopicPartition) -> None:
        self.resting |= set(partitions)

    def resume(self, *partitions: TopicPartition) -> None:
        self.resting -= set(partitions)

    def paused(self) -> set[TopicPartition]:
        return set(self.resting)

    async def position(self, partition: TopicPartition) -> int:
        return self.positions[partition]

    async def beginning_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return {each: self.begins.get(each.topic, 0) for each in partitions}

    async def end_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return {each: len(self.logs.get(each.topic, ())) for each in partitions}

    async def getmany(self, *wanted: TopicPartition, **_: Any) -> dict[TopicPartition, list[_Message]]:
        found = {}
        for each in wanted or self.positions:
            first = max(self.positions[each], self.begins.get(each.topic, 0))
            if each not in self.resting and (new := self.logs.get(each.topic, [])[first:]):
                found[each] = new
                self.positions[each] = new[-1].offset + 1
        return found


async def _read(consumer: _Consumer, home: Path, turns: int = 1) -> tuple[Pump, Writer]:
    """Begin, take some turns, and let the file go."""
    settings = Settings(state_dir=home)
    writer = Writer(settings.database)
    pump = Pump(writer, Notifier(), prepare("gateway", settings, FixedClock()))
    pump._consumer = consumer
    await pump._begin(CLUSTER)
    for _ in range(turns):
        await pump._turn()
    writer.close()
    return pump, Writer(settings.database)


@pytest.fixture
def told() -> _Consumer:
    """Three stories with their changes."""
    consumer = _Consumer()
    for number in range(3):
        consumer.write(STORIES, story(number))
        consumer.write(CHANGES, change(story(number)))
    return consumer


async def test_everything_is_read_and_it_is_noticed_when(told: _Consumer, tmp_path: Path) -> None:
    """From an empty file the topics are read from their beginning; the gateway is ready once it has caught up."""
    pump, writer = await _read(told, tmp_path)
    assert writer.offsets() == {(STORIES.name, 0): 3, (CHANGES.name, 0): 3}
    assert pump._notifier.caught_up
    assert pump._given.health.hindrances() == {}
    writer.close()


async def test_a_start_goes_on_where_the_projection_stands(told: _Consumer, tmp_path: Path) -> None:
    """The second start reads nothing twice and keeps the name of the stream."""
    _, writer = await _read(told, tmp_path)
    lineage = writer.lineage()
    writer.close()
    told.write(STORIES, story(9))
    told.write(CHANGES, change(story(9)))
    _, writer = await _read(told, tmp_path)
    assert (writer.lineage(), writer.version_of("story-9"), writer.newest_change()) == (lineage, 1, (3, "story-9:1"))
    writer.close()


@pytest.mark.parametrize("more", [0, 5])
async def test_a_topic_made_anew_is_noticed(told: _Consumer, tmp_path: Path, more: int) -> None:
    """Where another change, or none, stands at the newest place held, the projection is built anew under a new name."""
    _, writer = await _read(told, tmp_path)
    lineage = writer.lineage()
    writer.close()
    anew = _Consumer()
    for number in range(100, 101 + more):
        anew.write(STORIES, story(number))
        anew.write(CHANGES, change(story(number)))
    _, writer = await _read(anew, tmp_path)
    assert writer.lineage() != lineage
    assert (writer.version_of("story-1"), writer.version_of("story-100")) == (0, 1)
    again = writer.lineage()
    writer.close()
    _, writer = await _read(anew, tmp_path)
    assert writer.lineage() == again
    writer.close()


async def test_what_retention_took_meanwhile_is_told(told: _Consumer, tmp_path: Path) -> None:
    """Where the topic begins behind the place reached, the projection stays and says from where nothing is missing."""
    _, writer = await _read(told, tmp_path)
    lineage = writer.lineage()
    writer.close()
    for number in range(3, 8):
        told.write(STORIES, story(number))
        told.write(CHANGES, change(story(number)))
    told.begins[CHANGES.name] = 6
    _, writer = await _read(told, tmp_path)
    assert writer.lineage() == lineage
    assert writer._connection.execute("SELECT value FROM meta WHERE name = 'first_change'").fetchone() == ("6",)
    writer.close()


async def test_what_is_no_message_is_skipped(told: _Consumer, tmp_path: Path) -> None:
    """A record that cannot be read is counted and passed over; what follows is taken."""
    log = told.logs[STORIES.name]
    log.insert(0, _Message(STORIES.name, 0, 0, b"k", b"{", ()))
    told.logs[STORIES.name] = [_Message(m.topic, 0, at, m.key, m.value, m.headers) for at, m in enumerate(log)]
    _, writer = await _read(told, tmp_path)
    assert [writer.version_of(f"story-{number}") for number in range(3)] == [1, 1, 1]
    writer.close()
