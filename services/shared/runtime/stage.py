"""One stage of the pipeline without Kafka: a record in, a decision out. The same code runs on every bus."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts import codec
from contracts.messages.base import Message, Ready
from contracts.messages.dead_letter import DeadLetterHeadersV1
from contracts.rejection import Reason, Rejection
from contracts.topics import TOPICS, Topic

Headers = Sequence[tuple[str, bytes]]
# Kafka counts keys, headers and framing too; a message this close to the limit would be refused by the broker.
FRAME_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """A message as the broker has it."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    timestamp: datetime


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be written, with what it was made of where that is known."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: codec.Headers
    message: Message | Ready | None = None
    reason: Reason | None = None

    @property
    def partition(self) -> int | None:
        """Topics of one partition are one even where the broker made more of them; else the key decides."""
        return 0 if TOPICS[self.topic].partitions == 1 else None


@dataclass(frozen=True, slots=True)
class Stage:
    """A room as its worker sees it: what it reads, writes and does. `handle` is pure; time is an argument."""

    name: str
    reads: Topic
    writes: Topic
    handle: Callable[[Any, datetime], Message | Rejection]
    observe: Callable[[Any], None] = lambda _: None


def decide(stage: Stage, record: Record, now: datetime) -> Outgoing:
    """What becomes of a record: the next message, or a dead letter with the reason. Surprises are raised."""
    try:
        message = codec.decode(stage.reads, record.value, record.headers)
    except codec.Undecodable as error:
        return dead_letter(stage.name, record, Rejection(error.reason, error.detail), now)
    result = stage.handle(message, record.timestamp)
    if isinstance(result, Rejection):
        return dead_letter(stage.name, record, result, now)
    outgoing = encoded(stage.writes, result, stage.name, getattr(result, "received_at", record.timestamp))
    if too_large(outgoing):
        return dead_letter(stage.name, record, _grown(outgoing), now)
    return outgoing


def encoded(topic: Topic, message: Message | Ready, source: str, time: datetime) -> Outgoing:
    """A message ready to be written."""
    wire = codec.encode(topic, message, time=time, source=source)
    return Outgoing(topic.name, wire.key, wire.value, wire.headers, message)


def too_large(outgoing: Outgoing) -> bool:
    """Whether the broker would refuse it."""
    return len(outgoing.value or b"") + FRAME_BYTES > TOPICS[outgoing.topic].max_message_bytes


def _grown(outgoing: Outgoing) -> Rejection:
    size = len(outgoing.value or b"")
    return Rejection(Reason.TOO_LARGE, f"the message grew to {size} bytes, more than {outgoing.topic} takes")


def dead_letter(stage: str, record: Record, rejection: Rejection, now: datetime, attempts: int = 1) -> Outgoing:
    """The original, byte for byte, with the reason and its coordinates in the headers."""
    target = TOPICS[record.topic].dead_letter
    assert target is not None, f"{record.topic} has no dead-letter topic"
    facts = DeadLetterHeadersV1(
        reason=rejection.reason,
        detail=rejection.detail[:1000],
        stage=stage,
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        failed_at=now.isoformat(),
        attempts=attempts,
    )
    # A record with neither key nor value cannot be sent; an empty key keeps it.
    key = b"" if record.key is None and record.value is None else record.key
    headers = codec.dead_letter_headers(record.headers, facts)
    return Outgoing(target, key, record.value, headers, None, rejection.reason)
