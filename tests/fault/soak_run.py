"""Runs a soak: a broker, four workers, a publisher at an even rate, a subscriber that times stories, a sampler."""

import json
import os
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contracts.topics import EXTRACTED, RAW, STORIES
from tests.fault.soak_articles import articles
from tests.helpers.brokers import real_kafka
from tests.helpers.workers import REAL, ROOMS, Worker

SAMPLE_SECONDS = 5.0
DRAIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Soak:
    """What is run: how long, how fast, how long a day of news lasts, how many articles are held whatever their age."""

    seconds: float
    rate: float
    day_seconds: float
    keep: int
    seed: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One look: resident megabytes by room, stories open, and the latencies seen since the look before."""

    at: float
    published: int
    in_stories: int
    memory: dict[str, float]
    open_stories: int
    waiting: int
    latencies: list[float] = field(default_factory=list)


class Timings:
    """When each article was published and when a subscriber first saw it in a story."""

    def __init__(self) -> None:
        self._sent: dict[str, float] = {}
        self._seen: list[float] = []
        self.published = self.arrived = 0

    def sent(self, identity: str) -> None:
        """It is being published now."""
        self._sent[identity] = time.monotonic()
        self.published += 1

    def seen(self, identity: str) -> None:
        """It stands in a story; only the first time counts."""
        if (at := self._sent.pop(identity, None)) is not None:
            self._seen.append(time.monotonic() - at)
            self.arrived += 1

    def taken(self) -> list[float]:
        """The latencies since the last call."""
        taken, self._seen = self._seen, []
        return taken


def run(soak: Soak, home: Path) -> list[Sample]:
    """Run it all; the samples, one every few seconds."""
    with ExitStack() as stack:
        cluster = stack.enter_context(real_kafka(home))
        workers = {room: _worker(room, cluster.address, home, soak) for room in ROOMS}
        for worker in workers.values():
            stack.callback(worker.stop)
            worker.start()
        for worker in workers.values():
            worker.wait_until(ready=True, seconds=90)
        timings, done = Timings(), threading.Event()
        reader = threading.Thread(target=_subscribe, args=(cluster.address, timings, done))
        writer = threading.Thread(target=_publish, args=(cluster.address, soak, timings))
        stack.callback(reader.join)
        stack.callback(done.set)
        reader.start()
        writer.start()
        return _sample(workers, cluster.nodes[0].pid() or 0, timings, writer)


def _worker(room: str, address: str, home: Path, soak: Soak) -> Worker:
    small = ("-m", "tests.fault.soak_room", str(soak.keep))
    return Worker(room, address, home, small if room == "deduplication" else REAL)


def _publish(address: str, soak: Soak, timings: Timings) -> None:
    from confluent_kafka import Producer

    producer = Producer({"bootstrap.servers": address, "enable.idempotence": True, "linger.ms": 1, "log_level": 2})
    began, stream = time.monotonic(), articles(soak.seed, soak.rate, soak.day_seconds)
    for number in range(int(soak.seconds * soak.rate)):
        key, value, moment = next(stream)
        producer.poll(0)
        time.sleep(max(0.0, began + number / soak.rate - time.monotonic()))
        timings.sent(key.decode())
        producer.produce(RAW.name, value, key, timestamp=int(moment.timestamp() * 1000))
    producer.flush(60)


def _subscribe(address: str, timings: Timings, done: threading.Event) -> None:
    from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition

    settings: dict[str, Any] = {"bootstrap.servers": address, "group.id": "soak", "isolation.level": "read_committed",
                                "enable.auto.commit": False, "log_level": 2}  # fmt: skip
    consumer = Consumer(settings)
    consumer.assign([TopicPartition(STORIES.name, 0, OFFSET_BEGINNING)])
    while not done.is_set():
        message = consumer.poll(0.5)
        if message is not None and not message.error():
            for article in json.loads(message.value() or b"{}").get("articles", ()):
                timings.seen(article["source_id"])
    consumer.close()


def _sample(workers: dict[str, Worker], broker: int, timings: Timings, writer: threading.Thread) -> list[Sample]:
    began, samples = time.monotonic(), []
    until = None
    while until is None or (time.monotonic() < until and timings.arrived < timings.published):
        time.sleep(SAMPLE_SECONDS)
        if until is None and not writer.is_alive():
            until = time.monotonic() + DRAIN_SECONDS
        _check(workers)
        memory = {room: _resident(worker.process.pid) for room, worker in workers.items() if worker.process}
        room = workers["deduplication"]
        open_stories = int(room.metric("storybraid_stories_open"))
        waiting = int(room.metric("storybraid_consumer_lag_messages", topic=EXTRACTED.name))
        memory["broker"] = _resident(broker)
        samples.append(
            Sample(time.monotonic() - began, timings.published, timings.arrived, memory, open_stories, waiting,
                   timings.taken())
        )  # fmt: skip
    return samples


def _check(workers: dict[str, Worker]) -> None:
    for worker in workers.values():
        if worker.process is None or worker.process.poll() is not None:
            raise AssertionError(f"{worker.room} ended:\n{worker.tail()}")


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
