"""More than a worker can do at once: its memory stays bounded, and SIGTERM in the middle leaves nothing half done."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.topics import ACCEPTED, CHANGES, EXTRACTED, RAW
from services.shared.runtime.stage import Outgoing, Record, decide
from tests.helpers.brokers import real_kafka
from tests.helpers.builders import raw, raw_bytes
from tests.helpers.bus import START
from tests.helpers.pipelines import publish, read
from tests.helpers.tiny_rooms import stages
from tests.helpers.workers import TINY, Worker

pytestmark = pytest.mark.kafka
BURST = 4000
LETTERS = 64_000
"""A burst of 256 MB; a worker that took all of it in would weigh that much more."""
MOST_GROWTH_MB = 192.0
"""One fetch may hold a message of the largest size from each of six partitions, and the next one waits behind it."""
SHUTDOWN_SECONDS = 10.0


@pytest.fixture(scope="module")
def brokers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Apache Kafka of this module's own: the others need not read its bursts."""
    with real_kafka(tmp_path_factory.mktemp("bounds")) as cluster:
        yield cluster.address


def _burst(topic: str) -> Iterator[Outgoing]:
    """Large articles as they stand on the topic, whose stories have some hundred members each."""
    for number in range(BURST):
        article = raw(f"burst-{number}", f"{number % 20} happened. " + "x" * LETTERS)
        yield article if topic == RAW.name else _extracted(article)


def _extracted(article: Outgoing) -> Outgoing:
    for stage in stages():
        record = Record(article.topic, 0, 0, article.key, article.value, tuple(article.headers), START)
        article = decide(stage, record, START)
    return article


def _peak_mb(worker: Worker) -> float:
    assert worker.process is not None
    told = Path(f"/proc/{worker.process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")) / 1000


def _committed(brokers: str, group: str, topic: str) -> int:
    from confluent_kafka import Consumer, TopicPartition

    consumer: Any = Consumer({"bootstrap.servers": brokers, "group.id": group, "log_level": 2})
    try:
        partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
        found = consumer.committed([TopicPartition(topic, number) for number in partitions], timeout=10)
        return sum(max(0, each.offset) for each in found)
    finally:
        consumer.close()


def _wait_for(worker: Worker, messages: int) -> None:
    until = time.monotonic() + 120
    while worker.metric("storybraid_articles_in_total") < messages and time.monotonic() < until:
        time.sleep(0.05)
    assert worker.metric("storybraid_articles_in_total") >= messages, worker.tail()


@pytest.mark.parametrize("room", ["ingest", "deduplication"])
def test_a_burst_neither_fills_the_memory_nor_is_half_done(brokers: str, tmp_path: Path, room: str) -> None:
    """Under a burst memory is bounded; SIGTERM ends within 10 s; what was committed is exactly what was written."""
    reads, writes = (RAW, ACCEPTED) if room == "ingest" else (EXTRACTED, CHANGES)
    worker = Worker(room, brokers, tmp_path, TINY, session_seconds="5").start()
    try:
        worker.wait_until(ready=True)
        before = _peak_mb(worker)
        publish(brokers, _burst(reads.name))
        _wait_for(worker, BURST // 4)
        assert _peak_mb(worker) - before < MOST_GROWTH_MB
        begun = time.monotonic()
        worker.signal(signal.SIGTERM)
        assert worker.wait_for_end(SHUTDOWN_SECONDS) == 0
        assert time.monotonic() - begun < SHUTDOWN_SECONDS
        done = {record.key if room == "ingest" else record.value for record in read(brokers, writes.name)}
        committed = _committed(brokers, f"storybraid-{room}", reads.name)
        assert 0 < committed <= len(done)
        assert room == "ingest" or committed == len(done)
        worker.start()
        worker.wait_until(ready=True)
        _wait_for(worker, BURST - len(done))
        assert _peak_mb(worker) - before < MOST_GROWTH_MB
        assert len({r.value for r in read(brokers, writes.name, lambda seen: len(seen) >= BURST)}) >= BURST
    finally:
        worker.stop()


def test_the_largest_message_reaches_its_dead_letter_topic(brokers: str, tmp_path: Path) -> None:
    """What is as large as the topic takes is put aside whole; the worker goes on."""
    assert RAW.dead_letter is not None
    worker = Worker("ingest", brokers, tmp_path, TINY, session_seconds="5").start()
    try:
        worker.wait_until(ready=True)
        largest = b"x" * (RAW.max_message_bytes - 1024)
        publish(brokers, [raw_bytes(largest, "largest"), raw("after", "1 after the largest")])
        letters = read(brokers, RAW.dead_letter, lambda seen: any(record.key == b"largest" for record in seen))
        assert next(record.value for record in letters if record.key == b"largest") == largest
        assert read(brokers, ACCEPTED.name, lambda seen: any(record.key == b"after" for record in seen))
    finally:
        worker.stop()


def test_a_clock_ahead_is_refused_by_the_broker(brokers: str) -> None:
    """A record that claims to come from more than an hour ahead does not get in: it would close stories for all."""
    from confluent_kafka import Producer

    errors: list[str] = []
    producer = Producer({"bootstrap.servers": brokers, "log_level": 2})
    ahead = int((time.time() + 3 * 3600) * 1000)
    producer.produce(RAW.name, b"{}", b"k", timestamp=ahead, on_delivery=lambda error, _: errors.append(str(error)))
    assert producer.flush(20) == 0
    assert "INVALID_TIMESTAMP" in errors[0]
