"""The workers' own shells around the rooms, in this process and without Kafka: what they send goes into lists."""

import asyncio
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition

from contracts.topics import EXTRACTED, INPUTS
from services.shared.runtime import transactional_worker
from services.shared.runtime.lane import Lane
from services.shared.runtime.lifecycle import prepare
from services.shared.runtime.settings import RuntimeSettings
from services.shared.runtime.stage import Outgoing, Record, Stage
from services.shared.runtime.stage_runner import StageRunner
from services.shared.runtime.stateful_stage import StatefulStage
from services.shared.runtime.transactional_worker import TransactionalWorker
from tests.helpers.bus import FixedClock


@dataclass
class Rooms:
    """The stateless rooms one after the other, then the one with state on everything that reached it, as one batch."""

    stages: list[Stage]
    stateful: StatefulStage
    home: Path
    topics: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    clock: FixedClock = field(default_factory=FixedClock)

    async def send(self, outgoing: Outgoing) -> None:
        """Append to a topic, acknowledged at once."""
        log = self.topics[outgoing.topic]
        at = self.clock.now()
        log.append(Record(outgoing.topic, 0, len(log), outgoing.key, outgoing.value, tuple(outgoing.headers), at))

    def run(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take everything on the raw topic to its story or its dead letter."""
        monkeypatch.setattr(transactional_worker, "publish", self._publish)
        asyncio.run(self._run())

    async def _run(self) -> None:
        with ThreadPoolExecutor(1) as thread:
            for stage, topic in zip(self.stages, INPUTS, strict=False):
                runner = StageRunner(stage, self._given(stage.name), self.send, thread)
                for record in list(self.topics[topic.name]):
                    await runner.handle(record)
        worker = TransactionalWorker(self.stateful, self._given(self.stateful.name), transactional=False)
        lane = Lane(TopicPartition(EXTRACTED.name, 0), None, self.stateful.fresh(), 0, False)
        await worker._process(lane, [_message(record) for record in self.topics[EXTRACTED.name]])

    def _given(self, room: str) -> Any:
        return prepare(room, RuntimeSettings(state_dir=self.home / room), self.clock)

    async def _publish(self, lane: Lane, consumer: Any, group: str, outgoing: list[Outgoing], next_offset: int) -> None:
        for each in outgoing:
            await self.send(each)
        lane.next_offset = next_offset


def _message(record: Record) -> Any:
    facts = {name: getattr(record, name) for name in ("topic", "partition", "offset", "key", "value", "headers")}
    return SimpleNamespace(**facts, timestamp=int(record.timestamp.timestamp() * 1000))
