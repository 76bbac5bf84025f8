"""The whole pipeline on a real Apache Kafka of this machine, held against replay: python -m tests.benchmarks.pipeline.

One worker of every room, one broker, the articles of tests/helpers/newsroom.py. Prints articles a second when all are
there at once, processor time an article by process and its ratio to the same articles replayed without Kafka, the time
from publishing to the story in a subscriber's hands at a steady pace, and memory by worker.

--embedded runs on librdkafka's broker instead, with fewer articles and no pace: what the frame costs, without Java.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contracts.topics import EXTRACTED, RAW, STORIES
from services.client.inputs import Line
from services.shared.runtime.brokers import java, local_kafka, topics
from services.shared.runtime.brokers.embedded import EmbeddedBroker
from services.shared.runtime.settings import RuntimeSettings
from tests.benchmarks import replay
from tests.helpers.newsroom import articles
from tests.helpers.pipelines import KafkaPipeline

A_SECOND = 20
PATIENCE, DRAIN = 240.0, 30.0
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Sizes:
    """How many articles warm the workers up, come all at once, and come at a steady pace."""

    warm: int
    at_once: int
    paced: int


FULL, SMALL = Sizes(100, 400, 300), Sizes(50, 150, 0)
Broker = tuple[str, int | None]  # its address, and its process where it has one of its own


def main() -> int:
    """Replay, then the same articles on a broker, then some more at a steady pace, then replay again."""
    small = "--embedded" in sys.argv[1:]
    if not small and (reason := java.missing()):
        print(f"no real Apache Kafka here: {reason}")
        return 0
    sizes, broker = (SMALL, _embedded) if small else (FULL, _kafka)
    lines = list(articles(sizes.warm + sizes.at_once + sizes.paced))
    before = _replayed(lines, sizes)
    with tempfile.TemporaryDirectory(prefix="storybraid-bench-") as home, broker(Path(home)) as (address, pid):
        pipeline = KafkaPipeline(address, Path(home)).start()
        try:
            workers = _measure(pipeline, pid, lines, sizes)
        finally:
            pipeline.stop()
    limits = before, _replayed(lines, sizes)  # the machine may be busier at one time than at another
    print(f"pipeline / replay: {workers / max(limits):.2f} to {workers / min(limits):.2f}")
    return 0


def _replayed(lines: Sequence[Line], sizes: Sizes) -> float:
    """Seconds an article without a broker."""
    spent = replay.replay(lines[: sizes.warm + sizes.at_once], sizes.warm)
    replay.show(spent, sizes.at_once)
    return sum(spent) / sizes.at_once


@contextmanager
def _kafka(home: Path) -> Iterator[Broker]:
    with local_kafka.at(home / "kafka", 1) as cluster:
        topics.create(cluster.address)
        yield cluster.address, cluster.nodes[0].pid()


@contextmanager
def _embedded(home: Path) -> Iterator[Broker]:
    with EmbeddedBroker() as broker:
        yield broker.address, None


def _measure(pipeline: KafkaPipeline, broker: int | None, lines: Sequence[Line], sizes: Sizes) -> float:
    """Print everything; seconds of processor time an article that all workers take together."""
    processes = {room: worker.process.pid for room, worker in pipeline.workers.items() if worker.process}
    if broker is not None:
        processes["broker"] = broker
    total = sizes.warm + sizes.at_once
    at_once(pipeline, lines[: sizes.warm], sizes.warm)
    before, begun = {name: cpu_seconds(pid) for name, pid in processes.items()}, time.monotonic()
    at_once(pipeline, lines[sizes.warm : total], total)
    wall = time.monotonic() - begun
    spent = {name: (cpu_seconds(pid) - before[name]) / sizes.at_once for name, pid in processes.items()}
    workers = _show_cost(spent, sizes.at_once, wall)
    if sizes.paced:
        _show_latency(paced(pipeline, lines[total:]), sizes.paced)
    for name, pid in processes.items():
        print(f"  {name:20}{memory(pid, 'VmRSS'):8.0f} MB in memory, at most {memory(pid, 'VmHWM'):.0f}")
    return workers


def _show_cost(spent: Mapping[str, float], number: int, wall: float) -> float:
    workers = sum(seconds for name, seconds in spent.items() if name != "broker")
    busy = sum(spent.values()) * number / wall
    print(f"pipeline, {number} articles at once: {number / wall:.0f} a second, {busy:.2f} cores busy with it")
    for name, seconds in spent.items():
        print(f"  {name:20}{seconds * 1000:8.2f} ms of processor an article")
    print(f"  {'workers together':20}{workers * 1000:8.2f} ms of processor an article")
    return workers


def _show_latency(found: Sequence[float], number: int) -> None:
    if not found:
        raise SystemExit("no story arrived")
    ordered = sorted(found)
    middle, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    print(f"publish to story at {A_SECOND} articles a second: p50 {middle * 1000:.0f} ms, p99 {late * 1000:.0f} ms,"
          f" {len(ordered)} of {number} articles")  # fmt: skip


def at_once(pipeline: KafkaPipeline, lines: Sequence[Line], total: int) -> None:
    """Publish, and wait until as many articles as `total` have become stories since the workers began."""
    producer = _producer(pipeline.brokers)
    for line in lines:
        producer.produce(RAW.name, line.value, line.origin.encode())
        producer.poll(0)
    producer.flush(30)
    with _committed(pipeline.brokers) as done:
        _wait(lambda: done() >= total)


@contextmanager
def _committed(brokers: str) -> Iterator[Callable[[], int]]:
    """How many articles have become stories: the broker is asked, for a worker that tells its metrics five times a
    second spends a twentieth of its time on it.
    """
    from confluent_kafka import Consumer, TopicPartition

    group = RuntimeSettings().group_of("deduplication")
    consumer: Any = Consumer({"bootstrap.servers": brokers, "group.id": group, "log_level": 2})
    try:
        yield lambda: int(consumer.committed([TopicPartition(EXTRACTED.name, 0)], timeout=10)[0].offset)
    finally:
        consumer.close()


def _wait(over: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not over():
        if time.monotonic() > until:
            raise SystemExit(f"the pipeline did not come to an end within {PATIENCE:.0f} s")
        time.sleep(0.05)


def _producer(brokers: str) -> Any:
    from confluent_kafka import Producer

    return Producer({"bootstrap.servers": brokers, "linger.ms": 0, "log_level": 2})


def paced(pipeline: KafkaPipeline, lines: Sequence[Line]) -> list[float]:
    """Publish one article after the other; for each the seconds until a read_committed subscriber has its story."""
    seen: dict[str, float] = {}
    over = threading.Event()
    ready = threading.Event()
    reading = threading.Thread(target=_subscribe, args=(pipeline.brokers, seen, ready, over))
    reading.start()
    ready.wait(30)
    sent = _publish_paced(pipeline.brokers, lines)
    until = time.monotonic() + DRAIN
    while len(seen) < len(sent) and time.monotonic() < until:
        time.sleep(0.2)
    over.set()
    reading.join()
    return [seen[moment] - at for moment, at in sent.items() if moment in seen]


def _publish_paced(brokers: str, lines: Sequence[Line]) -> dict[str, float]:
    """When each was sent, by the moment of receipt that its story will carry."""
    producer, sent = _producer(brokers), {}
    begun = time.time()
    for number, line in enumerate(lines):
        time.sleep(max(0.0, begun + number / A_SECOND - time.time()))
        moment = int(time.time() * 1000)
        producer.produce(RAW.name, line.value, line.origin.encode(), timestamp=moment)
        producer.poll(0)
        sent[datetime.fromtimestamp(moment / 1000, UTC).isoformat()] = moment / 1000
    producer.flush(30)
    return sent


def _subscribe(brokers: str, seen: dict[str, float], ready: threading.Event, over: threading.Event) -> None:
    """Note when the first story of every article arrives: its ce_time is when the article was received."""
    from confluent_kafka import OFFSET_END, Consumer, TopicPartition

    consumer: Any = Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": "bench",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "log_level": 2,
        }
    )
    partitions = consumer.list_topics(STORIES.name, timeout=10).topics[STORIES.name].partitions
    consumer.assign([TopicPartition(STORIES.name, number, OFFSET_END) for number in partitions])
    while not over.is_set():
        message = consumer.poll(0.1)
        ready.set()
        if message is not None and not message.error():
            seen.setdefault(dict(message.headers())["ce_time"].decode(), time.time())
    consumer.close()


def cpu_seconds(pid: int) -> float:
    """Processor time a process has had, user and system, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(pid: int, what: str) -> float:
    """Megabytes: VmRSS is now, VmHWM the most so far."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
