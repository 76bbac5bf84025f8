"""The worker with state: outputs, and the place in the input, in one Kafka transaction per batch.

On assignment each partition gets a producer of its own, which fences the previous owner; then the committed offset
is read and the state rebuilt. After any uncertain outcome the process ends: a producer that may have failed is never
used again.
"""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor

from contracts.topics import SNAPSHOTS
from services.shared.runtime import lifecycle, metrics, surroundings, tracing
from services.shared.runtime.batch import BatchRunner
from services.shared.runtime.failures import SURROUNDINGS, leave
from services.shared.runtime.failures import surroundings as troubles
from services.shared.runtime.garbage import spare_what_is_loaded
from services.shared.runtime.health import expired, waiting
from services.shared.runtime.lane import Lane, committed_last, publish, retire, start_producer
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.logs import logger
from services.shared.runtime.restore import FETCH_BYTES, record_of, restore
from services.shared.runtime.security import for_aiokafka
from services.shared.runtime.settings import RuntimeSettings
from services.shared.runtime.stateful_stage import StatefulStage

REBALANCING = "rebalancing"
GOODBYE_SECONDS = 3.0


def run(stage_of: Callable[[], StatefulStage], room: str, settings: RuntimeSettings) -> None:
    """Run the room until it is asked to end. `stage_of` loads what the room needs and is called once."""

    async def work(given: Surroundings, stop: asyncio.Event) -> None:
        stage = await asyncio.to_thread(stage_of)
        spare_what_is_loaded()
        waiting = asyncio.ensure_future(surroundings.wait_for(settings, given.health, _topics(stage)))
        asked = asyncio.ensure_future(stop.wait())
        await asyncio.wait({waiting, asked}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            waiting.cancel()
            return
        asked.cancel()
        await TransactionalWorker(stage, given, transactional=_transactional(settings, waiting.result())).serve(stop)

    lifecycle.run(room, settings, work)


def _topics(stage: StatefulStage) -> tuple[str, ...]:
    assert stage.reads.dead_letter is not None
    snapshots = (SNAPSHOTS.name,) if stage.freeze else ()
    return (stage.reads.name, stage.reads.dead_letter, *(topic.name for topic in stage.writes), *snapshots)


def _transactional(settings: RuntimeSettings, cluster: surroundings.Cluster) -> bool:
    if settings.delivery != "auto":
        return settings.delivery == "transactional"
    if cluster.embedded:
        logger().warning("the embedded broker knows no transactions: delivery is at least once, repeats are possible")
    return not cluster.embedded


class TransactionalWorker(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is untyped
    """One consumer, and one lane for each partition it owns."""

    def __init__(self, stage: StatefulStage, given: Surroundings, *, transactional: bool) -> None:
        self._stage, self._given, self._transactional = stage, given, transactional
        metrics.begin(stage.name, stage.reads)
        self._lanes: dict[TopicPartition, Lane] = {}
        self._kept: dict[TopicPartition, Lane] = {}
        self._to_open: set[TopicPartition] = set()
        self._busy = asyncio.Lock()
        self._batches = BatchRunner(stage, given, ThreadPoolExecutor(1, thread_name_prefix="handler"))
        self._consumer: Any = None

    async def serve(self, stop: asyncio.Event) -> None:
        """Consume until asked to end. Trouble with the surroundings ends the process: the outcome is uncertain."""
        self._consumer = self._new_consumer()
        await self._consumer.start()
        self._consumer.subscribe([self._stage.reads.name], listener=self)
        looking = asyncio.create_task(surroundings.keep_looking(self._look_once, self._given.health))
        try:
            while not stop.is_set():
                await self._turn()
        except troubles() as error:
            leave(SURROUNDINGS, "a delivery ended in uncertainty; a new start finds out", error=repr(error))
        looking.cancel()
        async with self._busy:
            for lane in self._lanes.values():
                await self._farewell(lane)
        # Everything is committed: a client that cannot take its leave of the group is left behind.
        with contextlib.suppress(Exception, asyncio.CancelledError):
            await asyncio.wait_for(self._consumer.stop(), GOODBYE_SECONDS)

    async def _farewell(self, lane: Lane) -> None:
        """A last snapshot: a successor, of another version perhaps, begins with exactly what was published."""
        if last := await self._batches.snapshot(lane, lane.next_offset, every=1):
            await publish(lane, self._consumer, self._given.group, last, lane.next_offset)
        await retire(lane)

    def _new_consumer(self) -> Any:
        settings = self._given.settings
        return AIOKafkaConsumer(
            bootstrap_servers=settings.brokers.split(","),
            group_id=self._given.group,
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            partition_assignment_strategy=[RoundRobinPartitionAssignor],
            session_timeout_ms=int(settings.session_seconds * 1000),
            heartbeat_interval_ms=1000,
            max_poll_interval_ms=600_000,
            rebalance_timeout_ms=60_000,
            max_partition_fetch_bytes=FETCH_BYTES,
            **for_aiokafka(settings),
        )

    async def _turn(self) -> None:
        async with self._busy:
            await self._open_lanes()
        batches = await self._consumer.getmany(timeout_ms=200, max_records=self._given.settings.batch_records)
        for partition, messages in batches.items():
            async with self._busy:
                lane = self._lanes.get(partition)
                fresh = [message for message in messages if lane and message.offset >= lane.next_offset]
                if lane is not None and fresh:
                    await self._process(lane, fresh)

    async def _process(self, lane: Lane, messages: list[Any]) -> None:
        records = [record_of(message) for message in messages]
        while records:
            steps = await self._batches.decide(lane, records)
            outgoing = [each for step in steps for each in step.outgoing]
            next_offset = records[len(steps) - 1].offset + 1
            outgoing += await self._batches.snapshot(lane, next_offset)
            with tracing.transaction(self._stage.name, [step.trace for step in steps]):
                await publish(lane, self._consumer, self._given.group, outgoing, next_offset)
            self._batches.account(steps)
            records = records[len(steps) :]

    async def _open_lanes(self) -> None:
        while self._to_open:
            partition = next(iter(self._to_open))
            lane = await self._open(partition)
            # The group may have moved on while the state was rebuilt; then the lane is not ours any more.
            if partition in self._to_open and partition in self._consumer.assignment():
                self._to_open.discard(partition)
                self._lanes[partition] = lane
                self._consumer.seek(partition, lane.next_offset)
                self._consumer.resume(partition)
            else:
                await retire(lane)
        if self._lanes or self._consumer.assignment() == self._to_open:
            self._given.health.cleared(REBALANCING)

    async def _open(self, partition: TopicPartition) -> Lane:
        producer = await start_producer(self._given, partition, transactional=self._transactional)
        committed = await self._consumer.committed(partition) or 0
        kept = self._kept.pop(partition, None)
        if kept is not None and await committed_last(self._given, kept):
            state = kept.state
        else:
            state = await restore(self._stage, self._given, partition, committed)
        logger().info("partition opened", partition=partition.partition, committed=committed)
        return Lane(partition, producer, state, committed, self._transactional)

    async def on_partitions_revoked(self, revoked: Any) -> None:
        """Finish the running batch, then let the partitions go; their state is kept in case they come back."""
        self._given.health.hindered(REBALANCING, "the group is sharing out its partitions")
        self._given.health.excused()
        self._to_open.clear()
        async with self._busy:
            for partition in revoked:
                if lane := self._lanes.pop(partition, None):
                    self._kept[partition] = lane
                    await retire(lane)
            self._given.journal.forget()

    async def on_partitions_assigned(self, assigned: Any) -> None:
        """Hold the new partitions still until their lanes are open."""
        self._given.health.excused()
        self._given.health.cleared("starting")
        self._consumer.pause(*assigned)
        self._to_open = set(assigned)
        self._kept = {partition: lane for partition, lane in self._kept.items() if partition in assigned}

    async def _look_once(self) -> None:
        lanes = dict(self._lanes)
        ends = await self._consumer.end_offsets(list(lanes)) if lanes else {}
        begins = await self._consumer.beginning_offsets(list(lanes)) if lanes else {}
        lag = {(p.topic, p.partition): waiting(lane.next_offset, begins[p], ends[p]) for p, lane in lanes.items()}
        for place, lane in lanes.items():
            self._given.health.mourn(place.topic, place.partition, expired(lane.next_offset, begins[place]))
        reached = tuple(sorted((p.partition, lane.next_offset) for p, lane in lanes.items()))
        self._given.health.lags(lag, reached, {(p.topic, p.partition): end for p, end in ends.items()})
        with contextlib.suppress(KeyError):
            await self._consumer.topics()
