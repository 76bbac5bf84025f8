"""A stage with state, without Kafka: records go in one after the other, messages for several topics come out.

The state is a pure function of the records applied, so that reading them again from the log rebuilds it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts import codec
from contracts.messages.base import Message, Ready
from contracts.rejection import Rejection
from contracts.topics import Topic
from services.shared.runtime.stage import Outgoing, Record, dead_letter, encoded, too_large

Written = Sequence[tuple[Topic, Message | Ready]]


@dataclass(frozen=True, slots=True)
class StatefulStage:
    """A room with state as its worker sees it. `freeze` and `thaw` are inverse; without them a
    start reads the whole log.
    """

    name: str
    reads: Topic
    writes: tuple[Topic, ...]
    fresh: Callable[[], Any]
    apply: Callable[[Any, Any], Written]
    observe: Callable[[Any, Any, Written], None] = lambda state, message, written: None
    freeze: Callable[[Any], bytes] | None = None
    thaw: Callable[[bytes], Any] | None = None
    restored: Callable[[Any], None] = lambda state: None


@dataclass(frozen=True, slots=True)
class Step:
    """What one record led to."""

    record: Record
    message: Message | None
    outgoing: tuple[Outgoing, ...]
    trace: Any = None
    """The span of writing it, where articles are traced."""

    @property
    def rejected(self) -> bool:
        """Whether the record became a dead letter."""
        return self.message is None


class GrownError(RuntimeError):
    """An output is larger than its topic takes."""


def advance(stage: StatefulStage, state: Any, record: Record, now: datetime) -> Step:
    """Apply one record to the state. Surprises are raised, and the state is then worth nothing."""
    try:
        message = codec.decode(stage.reads, record.value, record.headers)
    except codec.Undecodable as error:
        rejection = Rejection(error.reason, error.detail)
        return Step(record, None, (dead_letter(stage.name, record, rejection, now),))
    written = stage.apply(state, message)
    time = getattr(message, "received_at", record.timestamp)
    outgoing = tuple(encoded(topic, each, stage.name, time) for topic, each in written)
    for each in outgoing:
        if too_large(each):
            raise GrownError(f"{len(each.value or b'')} bytes for {each.topic}")
    stage.observe(state, message, written)
    return Step(record, message, outgoing)


def replay(stage: StatefulStage, state: Any, record: Record) -> None:
    """Apply a record whose outcome is already published: the state moves, nothing is written."""
    try:
        message = codec.decode(stage.reads, record.value, record.headers)
    except codec.Undecodable:
        return
    stage.apply(state, message)
