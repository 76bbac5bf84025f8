"""One input partition of the transactional worker: its fenced producer, its state, its place in the log."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.structs import OffsetAndMetadata

from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.security import for_aiokafka
from services.shared.runtime.stage import Outgoing

MAX_REQUEST_BYTES = 10 * 1024 * 1024
TRANSACTION_MS = 30_000


@dataclass
class Lane:
    """What belongs to one input partition while this worker owns it."""

    partition: TopicPartition
    producer: Any
    state: Any
    next_offset: int
    transactional: bool
    since_snapshot: int = 0
    mark: str = field(default_factory=lambda: uuid4().hex)
    """Stands beside every offset this lane commits, so that it can tell whether the last commit was its own."""


def transactional_id(group: str, partition: TopicPartition) -> str:
    """One id an input partition: whoever starts a producer with it fences the one before."""
    return f"{group}-{partition.topic}-{partition.partition}"


async def start_producer(
    given: Surroundings, partition: TopicPartition, *, transactional: bool, transaction_ms: int = TRANSACTION_MS
) -> Any:
    """A producer of this partition; a transactional one fences its predecessor and aborts what that left open."""
    name: dict[str, Any] = {}
    if transactional:
        name = {"transactional_id": transactional_id(given.group, partition), "transaction_timeout_ms": transaction_ms}
    producer = AIOKafkaProducer(
        bootstrap_servers=given.settings.brokers.split(","),
        enable_idempotence=True,
        acks="all",
        max_request_size=MAX_REQUEST_BYTES,
        request_timeout_ms=20_000,
        **name,
        **for_aiokafka(given.settings),
    )
    await producer.start()
    return producer


async def publish(lane: Lane, consumer: Any, group: str, outgoing: list[Outgoing], next_offset: int) -> None:
    """Write the outputs and the place in the input: together where there are transactions, else outputs first."""
    place = {lane.partition: OffsetAndMetadata(next_offset, lane.mark)}
    if lane.transactional:
        await lane.producer.begin_transaction()
        await _send_all(lane.producer, outgoing)
        await lane.producer.send_offsets_to_transaction(place, group)
        await lane.producer.commit_transaction()
    else:
        await _send_all(lane.producer, outgoing)
        await consumer.commit(place)
    lane.next_offset = next_offset


async def committed_last(given: Surroundings, lane: Lane) -> bool:
    """Whether nobody else has committed for this partition since: its state is still the one that was published."""
    admin = AIOKafkaAdminClient(bootstrap_servers=given.settings.brokers.split(","), **for_aiokafka(given.settings))
    await admin.start()
    try:
        found = (await admin.list_consumer_group_offsets(given.group)).get(lane.partition)
    finally:
        await admin.close()
    return found is not None and (found.offset, found.metadata) == (lane.next_offset, lane.mark)


async def _send_all(producer: Any, outgoing: list[Outgoing]) -> None:
    sent = [
        await producer.send(each.topic, each.value, key=each.key, partition=each.partition, headers=each.headers)
        for each in outgoing
    ]
    if sent:
        await asyncio.gather(*sent)


async def retire(lane: Lane) -> None:
    """Let a producer go; one that hangs after a broker went away is left behind."""
    with contextlib.suppress(Exception):
        await asyncio.wait_for(lane.producer.stop(), 5)
