"""`lag`: how much waits before each stage, and for how long."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.table import Table

from contracts.topics import INPUTS
from services.client import brokers
from services.client.commands.options import Brokers
from services.client.live import for_tables
from services.client.stack import ROOMS
from services.shared.runtime.clock import SystemClock, from_milliseconds
from services.shared.runtime.security import for_confluent
from services.shared.runtime.settings import RuntimeSettings

SECONDS = 10
LOOK_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """How far a room is in one partition of its input."""

    room: str
    topic: str
    partition: int
    committed: int | None
    end: int
    waiting: int
    oldest: datetime | None
    """When the first record that waits was written, where one could be read."""


def lag(broker: Brokers = None) -> None:
    """Show how many messages wait before each stage, and since when, by partition."""
    table = Table("stage", "topic", "partition", "committed", "end", "waiting", "oldest", box=None)
    now = SystemClock().now()
    for place in places(brokers.address(broker)):
        committed = "-" if place.committed is None else str(place.committed)
        age = "" if place.oldest is None else _age((now - place.oldest).total_seconds())
        table.add_row(
            place.room, place.topic, str(place.partition), committed, str(place.end), str(place.waiting), age
        )  # fmt: skip
    for_tables().print(table)


def _age(seconds: float) -> str:
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{max(0.0, seconds):.1f} s"


def waiting(address: str) -> int:
    """How many messages wait before all stages together."""
    return sum(place.waiting for place in places(address, aged=False))


def places(address: str, *, aged: bool = True) -> Iterator[Place]:
    """Every partition of every stage's input; raises LookupError where a topic is missing."""
    for room, topic in zip(ROOMS, INPUTS, strict=True):
        yield from _places(address, room, topic.name, aged)


def _places(address: str, room: str, topic: str, aged: bool) -> list[Place]:
    from confluent_kafka import Consumer, TopicPartition

    settings = RuntimeSettings()
    quiet = {"log_level": 0, "enable.auto.commit": False, "fetch.message.max.bytes": 10_000_000}
    consumer = Consumer(
        {"bootstrap.servers": address, "group.id": settings.group_of(room), **quiet, **for_confluent(settings)}
    )
    try:
        found = consumer.list_topics(topic, timeout=SECONDS).topics[topic].partitions
        if not found:
            raise LookupError(f"the broker has no topic {topic}: `storybraid topics create` makes it")
        asked = [TopicPartition(topic, number) for number in sorted(found)]
        reached = [(each, *_reach(consumer, each)) for each in consumer.committed(asked, timeout=SECONDS)]
        firsts = [TopicPartition(topic, p.partition, end - n) for p, end, n in reached if n and aged]
        written = _written(consumer, firsts)
        return [
            Place(room, topic, p.partition, p.offset if p.offset >= 0 else None, end, n, written.get(p.partition))
            for p, end, n in reached
        ]
    finally:
        consumer.close()


def _reach(consumer: Any, committed: Any) -> tuple[int, int]:
    """The end of a partition, and how many records wait: what retention took away waits no more."""
    begin, end = consumer.get_watermark_offsets(committed, timeout=SECONDS)
    return end, max(0, end - max(begin, committed.offset))


def _written(consumer: Any, firsts: list[Any]) -> dict[int, datetime]:
    """When the first waiting record of each of these partitions was written."""
    consumer.assign(firsts)
    written: dict[int, datetime] = {}
    until = time.monotonic() + LOOK_SECONDS
    while len(written) < len(firsts) and time.monotonic() < until:
        message = consumer.poll(0.2)
        if message is not None and message.error():
            break  # no right to read, perhaps: how much waits is known all the same
        if message is not None:
            written.setdefault(message.partition(), from_milliseconds(message.timestamp()[1]))
    return written
