"""The bus without Kafka: topics are lists, and the real stages run on them one record after the other."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.topics import TOPICS
from services.shared.runtime.stage import Outgoing, Record, Stage, decide
from services.shared.runtime.stateful_stage import StatefulStage, advance

START = datetime(2026, 1, 7, 9, 0, tzinfo=UTC)


@dataclass
class FixedClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = START
    elapsed: float = 1000.0

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def monotonic(self) -> float:
        """Seconds that only `advance` adds to."""
        return self.elapsed

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.moment += timedelta(seconds=seconds)
        self.elapsed += seconds


@dataclass
class MemoryBus:
    """Every topic as a list of records; publishing runs whatever reads the topic, until nothing moves."""

    stages: list[Stage] = field(default_factory=list)
    stateful: list[StatefulStage] = field(default_factory=list)
    clock: FixedClock = field(default_factory=FixedClock)
    topics: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    _states: dict[str, Any] = field(default_factory=dict)
    _waiting: deque[Record] = field(default_factory=deque)

    def publish(self, outgoing: Outgoing, timestamp: datetime | None = None) -> Record:
        """Append to a topic and let everything it causes happen."""
        record = self._append(outgoing, timestamp or self.clock.now())
        while self._waiting:
            self._move(self._waiting.popleft())
        return record

    def _append(self, outgoing: Outgoing, timestamp: datetime) -> Record:
        log = self.topics[TOPICS[outgoing.topic].name]
        record = Record(
            outgoing.topic, 0, len(log), outgoing.key, outgoing.value, tuple(outgoing.headers), timestamp
        )  # fmt: skip
        log.append(record)
        self._waiting.append(record)
        return record

    def _move(self, record: Record) -> None:
        for stage in self.stages:
            if stage.reads.name == record.topic:
                self._append(decide(stage, record, self.clock.now()), self.clock.now())
        for room in self.stateful:
            if room.reads.name == record.topic:
                if room.name not in self._states:
                    self._states[room.name] = room.fresh()
                state = self._states[room.name]
                for outgoing in advance(room, state, record, self.clock.now()).outgoing:
                    self._append(outgoing, self.clock.now())

    def read(self, topic: str, wanted: Callable[[list[Record]], bool] = bool) -> list[Record]:
        """What a topic holds."""
        return list(self.topics[topic])
