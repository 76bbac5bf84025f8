"""Rebuilds a partition's state from the log: the newest snapshot, then every record up to the committed offset."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from contracts import codec
from contracts.topics import SNAPSHOTS
from services.shared.runtime import snapshots
from services.shared.runtime.clock import from_milliseconds
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.logs import logger
from services.shared.runtime.security import for_aiokafka
from services.shared.runtime.stage import Record
from services.shared.runtime.stateful_stage import StatefulStage, replay

FETCH_BYTES = 10 * 1024 * 1024
RESTORING = "restoring"


def record_of(message: Any) -> Record:
    """An aiokafka message as the stage knows it."""
    headers = list(message.headers or ())
    timestamp = from_milliseconds(message.timestamp or 0)
    return Record(message.topic, message.partition, message.offset, message.key, message.value, headers, timestamp)


def reader(given: Surroundings, group: str | None = None) -> Any:
    """A consumer that joins no group and sees only what was committed; it may ask how far `group` is."""
    return AIOKafkaConsumer(
        group_id=group,
        bootstrap_servers=given.settings.brokers.split(","),
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=FETCH_BYTES,
        **for_aiokafka(given.settings),
    )


async def read(given: Surroundings, partition: TopicPartition, start: int, end: int) -> AsyncIterator[list[Record]]:
    """The committed records of [start, end), in batches. Every batch excuses the watchdog."""
    consumer = reader(given)
    await consumer.start()
    try:
        consumer.assign([partition])
        first = (await consumer.beginning_offsets([partition]))[partition]
        consumer.seek(partition, max(start, first))
        while await consumer.position(partition) < end:
            batches = await consumer.getmany(timeout_ms=1000, max_records=500)
            given.health.excused()
            yield [record_of(each) for each in batches.get(partition, ()) if each.offset < end]
    finally:
        await consumer.stop()


async def ends(given: Surroundings, partition: TopicPartition) -> int:
    """The end of what is committed in a partition."""
    consumer = reader(given)
    await consumer.start()
    try:
        return int((await consumer.end_offsets([partition]))[partition])
    finally:
        await consumer.stop()


async def restore(stage: StatefulStage, given: Surroundings, partition: TopicPartition, committed: int) -> Any:
    """The state as it was when `committed` was committed."""
    given.health.hindered(RESTORING, f"rebuilding the state of {partition.topic} {partition.partition}")
    state, start = await from_snapshot(stage, given, partition, committed)
    parked = await parked_offsets(stage, given, partition) if start < committed else frozenset()
    applied = 0
    async for records in read(given, partition, start, committed):
        wanted = [record for record in records if record.offset not in parked]
        await asyncio.to_thread(_replay_all, stage, state, given, wanted)
        applied += len(wanted)
    stage.restored(state)
    given.health.cleared(RESTORING)
    logger().info("state restored", partition=partition.partition, snapshot_at=start, replayed=applied)
    return state


def _replay_all(stage: StatefulStage, state: Any, given: Surroundings, records: list[Record]) -> None:
    for record in records:
        replay(stage, state, record)
        given.health.excused()


async def from_snapshot(
    stage: StatefulStage, given: Surroundings, partition: TopicPartition, committed: int
) -> tuple[Any, int]:
    """The state of the newest snapshot up to `committed`, and the first offset it does not know; else a fresh one."""
    if stage.thaw is None or committed == 0:
        return stage.fresh(), 0
    place = TopicPartition(SNAPSHOTS.name, 0)
    found = snapshots.Gatherer(stage.name, partition.partition, committed)
    async for records in read(given, place, 0, await ends(given, place)):
        for record in records:
            found.take(record)
    frozen = found.newest()
    if frozen is None:
        return stage.fresh(), 0
    try:
        return await asyncio.to_thread(stage.thaw, frozen.value), frozen.offset
    except Exception as error:
        logger().warning("a snapshot cannot be read, the log is read instead", error=repr(error))
        return stage.fresh(), 0


async def parked_offsets(stage: StatefulStage, given: Surroundings, partition: TopicPartition) -> frozenset[int]:
    """Offsets this room put aside: applying them again would stop it again."""
    assert stage.reads.dead_letter is not None
    place = TopicPartition(stage.reads.dead_letter, 0)
    offsets = set()
    async for records in read(given, place, 0, await ends(given, place)):
        for record in records:
            offsets |= _offset_of(record, partition)
    return frozenset(offsets)


def _offset_of(record: Record, partition: TopicPartition) -> set[int]:
    try:
        told = codec.read_dead_letter_headers(record.headers)
    except ValueError:
        return set()
    ours = told.topic == partition.topic and told.partition == partition.partition
    return {told.offset} if ours else set()
