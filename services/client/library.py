"""storybraid for your own programs: publish articles, subscribe to stories and to their changes.

async with Publisher("127.0.0.1:9092") as publisher:
    await publisher.publish(RawArticleV1(body="...", outlet="The Courier"))

async for change in subscribe(CHANGES, "127.0.0.1:9092"):
    print(change.kind, change.title)
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import UnknownTopicOrPartitionError
from aiokafka.structs import ConsumerRecord

from contracts import codec
from contracts.messages.base import Message
from contracts.messages.raw_article import RawArticleV1
from contracts.topics import CHANGES, RAW, STORIES, Topic
from services.shared.runtime import tracing
from services.shared.runtime.clock import SystemClock
from services.shared.runtime.security import for_aiokafka
from services.shared.runtime.settings import SecuritySettings

__all__ = ["CHANGES", "STORIES", "Publisher", "RawArticleV1", "Receipt", "subscribe"]
POLL_MS = 250


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an article landed, once the broker has confirmed it."""

    partition: int
    offset: int


class Publisher:
    """Sends raw articles and waits until the broker has them. Raises aiokafka.errors.KafkaError where it cannot."""

    def __init__(self, brokers: str, security: SecuritySettings | None = None) -> None:
        self._producer = AIOKafkaProducer(
            bootstrap_servers=brokers,
            acks="all",
            enable_idempotence=True,
            max_request_size=RAW.max_message_bytes,
            **for_aiokafka(security or SecuritySettings()),
        )

    async def __aenter__(self) -> Self:
        tracing.configure("client")
        try:
            await self._producer.start()
        except BaseException:
            await self._producer.stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._producer.stop()
        await asyncio.to_thread(tracing.flush)

    async def publish(self, article: RawArticleV1) -> Receipt:
        """Publish one article under the contract."""
        record = codec.encode(RAW, article, time=SystemClock().now(), source="client")
        return await self._send(record.value, record.key, record.headers)

    async def publish_bytes(self, value: bytes) -> Receipt:
        """Publish a value as it is; ingest says whether it is an article, with a dead letter where it is not."""
        try:
            article = codec.decode(RAW, value)
        except codec.Undecodable:
            return await self._send(value, None, [])
        assert isinstance(article, RawArticleV1)
        return await self.publish(article)

    async def forward(self, topic: str, key: bytes | None, value: bytes | None, headers: codec.Headers) -> Receipt:
        """Send a record as it is to any topic; for giving dead letters another try."""
        sent = await self._producer.send_and_wait(topic, value, key=key, headers=headers)
        return Receipt(sent.partition, sent.offset)

    async def _send(self, value: bytes, key: bytes | None, headers: codec.Headers) -> Receipt:
        with tracing.publishing(RAW.name, headers) as traced:
            return await self.forward(RAW.name, key, value, traced)


async def subscribe(
    topic: Topic,
    brokers: str,
    *,
    from_beginning: bool = False,
    follow: bool = True,
    security: SecuritySettings | None = None,
) -> AsyncIterator[Message]:
    """The messages of a topic in order, read committed; with `follow=False` only those already there."""
    async for record in records(topic.name, brokers, from_beginning=from_beginning, follow=follow, security=security):
        if record.value is not None:
            yield codec.decode(topic, record.value, record.headers)


async def records(
    name: str, brokers: str, *, from_beginning: bool, follow: bool, security: SecuritySettings | None = None
) -> AsyncIterator[ConsumerRecord]:
    """The records of a topic as they are; for dead letters, whose values may be anything."""
    consumer = AIOKafkaConsumer(
        name,
        bootstrap_servers=brokers,
        isolation_level="read_committed",
        auto_offset_reset="earliest" if from_beginning else "latest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=RAW.max_message_bytes,
        fetch_max_bytes=2 * RAW.max_message_bytes,
        **for_aiokafka(security or SecuritySettings()),
    )
    await _start(consumer, name)
    try:
        partitions = consumer.assignment()
        # Positions are settled here, so that "from now" means from the moment of the call.
        [await consumer.position(partition) for partition in partitions]
        ends = None if follow else await consumer.end_offsets(partitions)
        async for record in _read(consumer, ends):
            yield record
    finally:
        await consumer.stop()


async def _start(consumer: AIOKafkaConsumer, name: str) -> None:
    try:
        await consumer.start()
    except BaseException as error:
        await consumer.stop()
        if isinstance(error, UnknownTopicOrPartitionError):
            raise LookupError(f"the broker has no topic {name}: `storybraid topics create` makes it") from error
        raise


async def _read(consumer: AIOKafkaConsumer, ends: dict[TopicPartition, int] | None) -> AsyncIterator[ConsumerRecord]:
    while ends is None or not await _reached(consumer, ends):
        for batch in (await consumer.getmany(timeout_ms=POLL_MS, max_records=500)).values():
            for record in batch:
                yield record


async def _reached(consumer: AIOKafkaConsumer, ends: dict[TopicPartition, int]) -> bool:
    return all([await consumer.position(partition) >= end for partition, end in ends.items()])
