"""Another version of a room with state beside the running one: it reads the same log, publishes nothing, only keeps
snapshots.

Its snapshots are all it leaves behind. They lie on the snapshot topic under a name of their own, and its places under a
group of its own, so that the running version never meets them.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiokafka import TopicPartition

from contracts.topics import SNAPSHOTS, Topic
from services.shared.runtime import lifecycle, metrics, surroundings
from services.shared.runtime.batch import SNAPSHOT_EVERY, BatchRunner
from services.shared.runtime.failures import SURROUNDINGS, leave
from services.shared.runtime.failures import surroundings as troubles
from services.shared.runtime.health import STARTING, waiting
from services.shared.runtime.lane import Lane, publish, retire, start_producer
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.logs import handling, logger
from services.shared.runtime.restore import from_snapshot, parked_offsets, reader, record_of
from services.shared.runtime.settings import RuntimeSettings
from services.shared.runtime.stage import Record
from services.shared.runtime.stateful_stage import StatefulStage, Written, replay

CATCHING_UP = "catching up"
QUIET_SECONDS = 5.0
NEAR = 100
"""Records behind the end of the log within which it counts as having caught up."""

TakeOver = Callable[[Sequence[Any], Mapping[str, Any], Any], Iterator[tuple[int, Written]]]


@dataclass(frozen=True, slots=True)
class Successor:
    """A version that may take over: as the running room, and as it runs beside that.

    `seen` tells in few bytes what a published message says; `take_over` gives what is to be published (each with the
    number of its state) to lead from what was seen to what the states hold, and leaves the states so that they go on.
    """

    stage: StatefulStage
    beside: StatefulStage
    publishes: Topic
    seen: Callable[[Any], Any]
    take_over: TakeOver

    @property
    def version(self) -> str:
        """What its snapshots are told apart by."""
        return self.beside.name.rpartition(".")[2]


class NotKeptError(RuntimeError):
    """The embedded broker keeps nothing: two versions side by side need a real Kafka."""


def group_beside(group: str) -> str:
    """The consumer group whose offsets are the places of the snapshots kept beside."""
    return f"{group}-next"


def run(
    successor_of: Callable[[], Successor], room: str, settings: RuntimeSettings, since: datetime | None = None
) -> None:
    """Follow the log until asked to end; `since` leaves out what was written before."""

    async def work(given: Surroundings, stop: asyncio.Event) -> None:
        successor = await asyncio.to_thread(successor_of)
        await Follower(successor.beside, given, settings.group_of(room), since).run(stop)

    lifecycle.run(f"{room}-next", settings, work)


class Follower:
    """The states of all partitions, each as far as the running version has come, and never further.

    What it keeps can then always be brought to the place where the running version stops.
    """

    def __init__(self, stage: StatefulStage, given: Surroundings, running: str, since: datetime | None) -> None:
        self._stage, self._since, self._running_group = stage, since, running
        self._given = given = replace(given, group=group_beside(running))
        self._batches = BatchRunner(stage, given, ThreadPoolExecutor(1, thread_name_prefix="handler"))
        self._lanes: dict[TopicPartition, Lane] = {}
        self._at: dict[TopicPartition, int] = {}
        self._parked: dict[TopicPartition, frozenset[int]] = {}
        self._kept_at = 0.0
        self._consumer: Any = None
        self._running: Any = None

    async def run(self, stop: asyncio.Event) -> None:
        """Go on from the newest snapshots of this version, and keep new ones."""
        topic, settings = self._stage.reads, self._given.settings
        cluster = await surroundings.wait_for(settings, self._given.health, (topic.name, SNAPSHOTS.name))
        if cluster.embedded:
            raise NotKeptError(NotKeptError.__doc__)
        self._consumer, self._running = reader(self._given), reader(self._given, self._running_group)
        await self._consumer.start()
        await self._running.start()
        try:
            await self._open_all([TopicPartition(topic.name, n) for n in range(cluster.partitions[topic.name])])
            while not stop.is_set():
                await self._turn()
            await self._keep_all()
        except troubles() as error:
            leave(SURROUNDINGS, "a snapshot may not have been kept; a new start finds out", error=repr(error))
        await self._consumer.stop()
        await self._running.stop()

    async def _open_all(self, partitions: list[TopicPartition]) -> None:
        self._consumer.assign(partitions)
        self._running.assign(partitions)
        self._running.pause(*partitions)
        firsts = await self._consumer.beginning_offsets(partitions)
        self._given.health.hindered(CATCHING_UP, "reading the log from its beginning")
        self._given.health.cleared(STARTING)
        for partition in partitions:
            producer = await start_producer(self._given, partition, transactional=True)
            end = (await self._consumer.end_offsets([partition]))[partition]
            state, place = await from_snapshot(self._stage, self._given, partition, end)
            at = place or max(firsts[partition], await self._begin(partition, end))
            self._lanes[partition], self._at[partition] = Lane(partition, producer, state, at, True), at
            self._parked[partition] = await parked_offsets(self._stage, self._given, partition)
            self._consumer.seek(partition, at)
            logger().info("following beside", partition=partition.partition, begins_at=at, log_ends_at=end)

    async def _begin(self, partition: TopicPartition, end: int) -> int:
        if self._since is None:
            return 0
        asked = {partition: int(self._since.timestamp() * 1000)}
        found = (await self._consumer.offsets_for_times(asked))[partition]
        return int(found.offset) if found is not None else end

    async def _turn(self) -> None:
        limits = {partition: await self._running.committed(partition) or 0 for partition in self._lanes}
        for partition, limit in limits.items():
            (self._consumer.resume if self._at[partition] < limit else self._consumer.pause)(partition)
        batches = await self._consumer.getmany(timeout_ms=500, max_records=self._given.settings.batch_records)
        for partition, messages in batches.items():
            records = [record_of(message) for message in messages if message.offset < limits[partition]]
            await asyncio.to_thread(self._apply, partition, records)
            if len(records) < len(messages):
                self._consumer.seek(partition, self._at[partition])
        behind = self._tell(limits)
        now = self._given.clock.monotonic()
        fresh = [lane for lane in self._lanes.values() if self._at[lane.partition] > lane.next_offset]
        for lane in fresh:
            many = self._at[lane.partition] - lane.next_offset >= SNAPSHOT_EVERY
            if many or (behind <= NEAR and now - self._kept_at > QUIET_SECONDS):
                await self._keep(lane)

    def _apply(self, partition: TopicPartition, records: list[Record]) -> None:
        for record in records:
            with handling(topic=record.topic, partition=record.partition, offset=record.offset):
                if record.offset not in self._parked[partition]:
                    self._apply_one(self._lanes[partition].state, record)
            self._at[partition] = record.offset + 1
            self._given.health.excused()

    def _apply_one(self, state: Any, record: Record) -> None:
        metrics.ARTICLES_IN.labels(self._stage.name).inc()
        try:
            with metrics.STAGE_DURATION.labels(self._stage.name).time():
                replay(self._stage, state, record)
        except Exception:
            logger().exception("this version cannot take in a record of the log; it is not ready to take over")
            raise

    def _tell(self, limits: Mapping[TopicPartition, int]) -> int:
        """Health and metrics; returns how many records wait. The lag has a name of its own, not to alarm anybody."""
        lag = {(f"{p.topic}.next", p.partition): waiting(at, 0, limits[p]) for p, at in self._at.items()}
        self._given.health.lags(lag, tuple(sorted(self._at.values())))
        behind = sum(lag.values())
        if behind <= NEAR:
            self._given.health.cleared(CATCHING_UP)
        return behind

    async def _keep_all(self) -> None:
        for lane in self._lanes.values():
            if self._at[lane.partition] > lane.next_offset:
                await self._keep(lane)
            await retire(lane)

    async def _keep(self, lane: Lane) -> None:
        at = self._at[lane.partition]
        pieces = await self._batches.snapshot(lane, at, every=1)
        await publish(lane, self._consumer, self._given.group, pieces, at)
        self._stage.restored(lane.state)
        self._kept_at = self._given.clock.monotonic()
