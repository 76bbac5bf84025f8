"""One way to publish and read for every bus: in memory, on the embedded broker, on a real Apache Kafka."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from contracts.topics import RAW
from services.shared.runtime.clock import from_milliseconds
from services.shared.runtime.stage import Outgoing, Record, Stage
from services.shared.runtime.stateful_stage import StatefulStage
from tests.helpers.bus import MemoryBus
from tests.helpers.workers import REAL, ROOMS, Worker

Wanted = Callable[[list[Record]], bool]
PARTITION_EOF = -191  # librdkafka: the end of a partition is reached


class Pipeline(Protocol):
    """What the flow suite needs of a bus."""

    largest: int

    def publish(self, outgoing: Iterable[Outgoing], timestamp: datetime | None = None) -> None:
        """Put records on the bus, in order."""

    def read(self, topic: str, wanted: Wanted = bool) -> list[Record]:
        """Everything on a topic, once `wanted` is content with it."""


class MemoryPipeline:
    """All rooms in this process."""

    largest = RAW.max_message_bytes

    def __init__(self, stages: list[Stage], stateful: StatefulStage) -> None:
        self.bus = MemoryBus(stages, [stateful])

    def publish(self, outgoing: Iterable[Outgoing], timestamp: datetime | None = None) -> None:
        """Publishing runs everything at once."""
        for each in outgoing:
            self.bus.publish(each, timestamp)

    def read(self, topic: str, wanted: Wanted = bool) -> list[Record]:
        """Everything on a topic; there is nothing to wait for."""
        records = self.bus.read(topic)
        assert wanted(records), f"{topic} holds {len(records)} records, and not what was expected"
        return records


class KafkaPipeline:
    """Every room as a process of its own, on a broker that runs already. Publishes and reads with plain clients."""

    def __init__(self, brokers: str, home: Path, program: tuple[str, ...] = REAL, **settings: str) -> None:
        self.brokers = brokers
        self.largest = RAW.max_message_bytes
        self.workers = {room: Worker(room, brokers, home, program, **settings) for room in ROOMS}

    def start(self) -> "KafkaPipeline":
        """Start every room and wait until each is ready."""
        try:
            for worker in self.workers.values():
                worker.start()
            for worker in self.workers.values():
                worker.wait_until(ready=True)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """End every room."""
        for worker in self.workers.values():
            worker.signal(15)
        for worker in self.workers.values():
            worker.stop()

    def publish(self, outgoing: Iterable[Outgoing], timestamp: datetime | None = None) -> None:
        """Produce, and wait for every acknowledgement."""
        publish(self.brokers, outgoing, timestamp)

    def read(self, topic: str, wanted: Wanted = bool) -> list[Record]:
        """Read from the beginning until content, or fail with the logs' ends."""
        records = read(self.brokers, topic, wanted)
        if not wanted(records):
            tails = "\n".join(f"--- {room}\n{worker.tail(1500)}" for room, worker in self.workers.items())
            raise AssertionError(f"{topic} holds {len(records)} records, and not what was expected\n{tails}")
        return records


def publish(brokers: str, outgoing: Iterable[Outgoing], timestamp: datetime | None = None) -> None:
    """Produce with confluent-kafka and wait until everything is acknowledged."""
    from confluent_kafka import Producer

    failures: list[Any] = []
    settings = {
        "bootstrap.servers": brokers,
        "message.max.bytes": 9_500_000,
        "enable.idempotence": True,
        "log_level": 2,
    }
    producer = Producer(settings)
    at = int((timestamp or datetime.now(UTC)).timestamp() * 1000)
    for each in outgoing:
        producer.produce(
            each.topic,
            each.value,
            each.key,
            headers=list(each.headers),
            timestamp=at,
            on_delivery=lambda error, _: failures.append(error) if error else None,
        )
        producer.poll(0)
    assert producer.flush(30) == 0
    assert failures == []


def read(brokers: str, topic: str, wanted: Wanted = bool, seconds: float = 40) -> list[Record]:
    """A plain read_committed consumer: everything to the topic's end, as soon as `wanted` is content with it."""
    consumer = _reader(brokers)
    try:
        from confluent_kafka import OFFSET_BEGINNING, TopicPartition

        partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
        consumer.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in partitions])
        records: list[Record] = []
        ended: set[int] = set()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            message = consumer.poll(0.2)
            if message is not None and not message.error():
                records.append(_record(message))
                ended.discard(message.partition())
            elif message is not None and message.error().code() == PARTITION_EOF:
                ended.add(message.partition())
            if len(ended) == len(partitions) and wanted(records):
                break
        return records
    finally:
        consumer.close()


def _reader(brokers: str) -> Any:
    from confluent_kafka import Consumer

    return Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": f"test-{uuid4()}",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "fetch.message.max.bytes": 10_000_000,
            "log_level": 2,
        }
    )


def _record(message: Any) -> Record:
    return Record(
        message.topic(),
        message.partition(),
        message.offset(),
        message.key(),
        message.value(),
        tuple(message.headers() or ()),
        from_milliseconds(message.timestamp()[1]),
    )
