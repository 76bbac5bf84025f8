"""From the topics into the projection, without a consumer group: the places reached are the projection's own."""

import asyncio
import hashlib
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from contracts import codec
from contracts.messages.story_change import StoryChangeV1
from contracts.topics import CHANGES, EXTRACTED, STORIES
from services.gateway.projection.arrange import Arranger
from services.gateway.projection.notifier import Notifier
from services.gateway.projection.writer import Writer
from services.shared.runtime import surroundings
from services.shared.runtime.health import waiting
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.logs import logger
from services.shared.runtime.restore import FETCH_BYTES, record_of
from services.shared.runtime.security import for_aiokafka

READ = (EXTRACTED.name, STORIES.name)
TOPICS = (*READ, CHANGES.name)
MOST_RECORDS = 500
# A real broker answers as soon as there is something; the embedded one only when the wait is over.
WAIT_MS = 100
PRUNE_EVERY = 2000
CATCHING_UP = "catching up"
# Changes have one order, so they have one partition, even where a broker made more of them.
_STREAM = TopicPartition(CHANGES.name, 0)


class Pump:
    """One consumer, one writer."""

    def __init__(self, writer: Writer, notifier: Notifier, given: Surroundings) -> None:
        self._writer, self._notifier, self._given = writer, notifier, given
        self._arranger = Arranger(writer.version_of)
        self._consumer: AIOKafkaConsumer = None
        self._written = 0
        self._target: dict[TopicPartition, int] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Wait for the broker, then follow the topics until asked to end."""
        cluster = await _unless(stop, surroundings.wait_for(self._given.settings, self._given.health, TOPICS))
        if cluster is None:
            return
        self._consumer = _consumer(self._given)
        await self._consumer.start()
        looking = asyncio.create_task(surroundings.keep_looking(self._look_once, self._given.health))
        try:
            await self._begin(cluster)
            while not stop.is_set():
                await self._turn()
        finally:
            looking.cancel()
            await self._consumer.stop()

    async def _begin(self, cluster: surroundings.Cluster) -> None:
        """Go on where the projection stands; begin anew where it was read from another stream."""
        partitions = [TopicPartition(topic, number) for topic in READ for number in range(cluster.partitions[topic])]
        partitions.append(_STREAM)
        self._consumer.assign(partitions)
        first = (await self._consumer.beginning_offsets([_STREAM]))[_STREAM]
        lineage = _lineage(cluster, self._given.settings.brokers)
        held = await asyncio.to_thread(self._writer.lineage)
        if held is None or not held.startswith(lineage) or not await self._same_stream():
            again = (
                "" if held is None or not held.startswith(lineage) else f"-{int(self._given.clock.now().timestamp())}"
            )
            logger().info("building the projection", lineage=lineage + again)
            await asyncio.to_thread(self._writer.begin, lineage + again, first)
        await asyncio.to_thread(self._writer.missed_before, first)
        offsets = await asyncio.to_thread(self._writer.offsets)
        for each in partitions:
            self._consumer.seek(each, offsets.get((each.topic, each.partition), 0))
        self._target = await self._consumer.end_offsets(partitions)
        self._given.health.hindered(CATCHING_UP, "the projection is behind the topics")
        self._given.health.cleared("starting")
        self._notifier.notify()

    async def _same_stream(self) -> bool:
        """Whether the newest change we hold still stands where we read it: a topic made anew begins at 0 again."""
        newest = await asyncio.to_thread(self._writer.newest_change)
        if newest is None:
            return True
        begin = (await self._consumer.beginning_offsets([_STREAM]))[_STREAM]
        end = (await self._consumer.end_offsets([_STREAM]))[_STREAM]
        if newest[0] < begin:
            return True  # retention has taken it: nothing speaks against it
        if newest[0] >= end:
            return False
        self._consumer.pause(*(each for each in self._consumer.assignment() if each != _STREAM))
        self._consumer.seek(_STREAM, newest[0])
        found = await self._consumer.getmany(_STREAM, timeout_ms=5000, max_records=1)
        self._consumer.resume(*self._consumer.paused())
        return [_change_id(each) for each in found.get(_STREAM, ()) if each.offset == newest[0]] == [newest[1]]

    async def _turn(self) -> None:
        found = await self._consumer.getmany(
            timeout_ms=100 if self._arranger.waiting else 500, max_records=MOST_RECORDS
        )
        if found or self._arranger.waiting:
            await asyncio.to_thread(self._write, found)
            self._notifier.notify()
        if self._target:
            await self._caught_up()

    def _write(self, found: dict[TopicPartition, list[Any]]) -> None:
        records = [record_of(message) for messages in found.values() for message in messages]
        offsets = {(each.topic, each.partition): messages[-1].offset + 1 for each, messages in found.items()}
        self._writer.apply(self._arranger.arrange(records, offsets, self._given.clock.monotonic()))
        self._written += len(records)
        if self._written >= PRUNE_EVERY:
            self._written = 0
            self._writer.prune()

    async def _caught_up(self) -> None:
        positions = {each: await self._consumer.position(each) for each in self._target}
        if all(positions[each] >= end for each, end in self._target.items()) and not self._arranger.waiting:
            self._target = {}
            await asyncio.to_thread(self._writer.prune)
            self._given.health.cleared(CATCHING_UP)
            self._notifier.caught_up = True
            self._notifier.notify()

    async def _look_once(self) -> None:
        partitions = sorted(self._consumer.assignment())
        if not partitions:
            await self._consumer.topics()
            return
        ends = await self._consumer.end_offsets(partitions)
        begins = await self._consumer.beginning_offsets(partitions)
        positions = {each: await self._consumer.position(each) for each in partitions}
        lag = {(p.topic, p.partition): waiting(positions[p], begins[p], ends[p]) for p in partitions}
        reached = tuple(sorted((*each, position) for each, position in positions.items()))
        self._given.health.lags(lag, reached, {(p.topic, p.partition): end for p, end in ends.items()})


def _consumer(given: Surroundings) -> AIOKafkaConsumer:
    """A consumer without a group that sees only what was committed."""
    return AIOKafkaConsumer(
        bootstrap_servers=given.settings.brokers.split(","),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=FETCH_BYTES,
        fetch_max_wait_ms=WAIT_MS,
        **for_aiokafka(given.settings),
    )


def _change_id(message: Any) -> str | None:
    try:
        change = codec.decode(CHANGES, message.value, message.headers)
    except codec.Undecodable:
        return None
    return change.change_id if isinstance(change, StoryChangeV1) else None


def _lineage(cluster: surroundings.Cluster, brokers: str) -> str:
    """A short name of the stream; every embedded broker has the same cluster id, so its address counts, too."""
    identity = f"{cluster.cluster_id}{brokers if cluster.embedded else ''}"
    return hashlib.sha256(identity.encode()).hexdigest()[:8]


async def _unless(stop: asyncio.Event, awaited: Any) -> Any:
    """What is awaited, or None where the end comes first."""
    task, asked = asyncio.ensure_future(awaited), asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, asked}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if not task.done():
        task.cancel()
        return None
    return task.result()
