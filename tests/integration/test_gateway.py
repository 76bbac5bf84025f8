"""The real gateway on a real Apache Kafka: killed while changes flow, built anew, and never a gap or a repeat."""

import asyncio
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from contracts import codec
from contracts.topics import CHANGES, STORIES
from tests.helpers.bus import START
from tests.helpers.gateways import change, story
from tests.helpers.streams import Listener, client
from tests.helpers.workers import Worker, free_port

pytestmark = pytest.mark.kafka
STORIES_AT_ONCE = 7
SECONDS = 9.0
RATE = 50


class _Teller(Thread):
    """Publishes stories and their changes as deduplication does: each pair in one transaction."""

    def __init__(self, brokers: str) -> None:
        super().__init__(daemon=True)
        from confluent_kafka import Producer

        settings = {"bootstrap.servers": brokers, "transactional.id": f"teller-{free_port()}", "log_level": 2}
        self._producer: Any = Producer(settings)
        self.stop = Event()
        self.told: dict[str, int] = {}

    def run(self) -> None:
        self._producer.init_transactions()
        number = 0
        while not self.stop.is_set():
            self.tell(number % STORIES_AT_ONCE)
            number += 1
            time.sleep(1 / RATE)

    def tell(self, number: int) -> None:
        """One more version of one story."""
        told = story(f"told-{number}", version=self.told.get(f"story-told-{number}", 0) + 1)
        self._producer.begin_transaction()
        for topic, message in ((CHANGES, change(told)), (STORIES, told)):
            wire = codec.encode(topic, message, time=START, source="deduplication")
            self._producer.produce(topic.name, wire.value, wire.key, partition=0, headers=wire.headers)
        self._producer.commit_transaction()
        self.told[told.story_id] = told.version


@pytest.fixture
def gateway(kafka_broker: str, tmp_path: Path) -> Iterator[Worker]:
    """The gateway as a process of its own, on a port that stays."""
    port = str(free_port())
    worker = Worker("gateway", kafka_broker, tmp_path, gateway_port=port, gateway_heartbeat_seconds="1")
    worker.web = f"http://127.0.0.1:{port}"  # type: ignore[attr-defined]
    yield worker
    worker.stop()


async def _listen(listener: Listener, heard: list[dict[str, Any]], resets: list[str]) -> None:
    """A client that comes back whatever happens, as EventSource does."""
    while True:
        try:
            async with client() as http:
                async for event in listener.events(http):
                    told = json.loads(event.data)
                    heard.append(told) if event.name == "change" else resets.append(told["why"])
        except (httpx.HTTPError, AssertionError):
            pass
        await asyncio.sleep(0.05)


async def _killed(worker: Worker, chance: random.Random, until: float) -> int:
    kills = 0
    while time.monotonic() < until:
        await asyncio.sleep(chance.uniform(0.3, 2.5))
        worker.signal(9)
        await asyncio.to_thread(worker.wait_for_end, 10)
        worker.start()
        kills += 1
    return kills


async def _until_all(heard: list[dict[str, Any]], told: dict[str, int], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        newest = {each["story_id"]: each["version"] for each in heard}
        if all(newest.get(story_id) == version for story_id, version in told.items()):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"not everything was heard: {len(heard)} changes of {sum(told.values())}")


def _versions(heard: list[dict[str, Any]], of: dict[str, list[int]]) -> dict[str, list[int]]:
    """The versions heard of these stories; other tests tell of others on the same broker."""
    versions: dict[str, list[int]] = {}
    for each in heard:
        if each["story_id"] in of:
            versions.setdefault(each["story_id"], []).append(each["version"])
    return versions


async def test_killed_at_random_it_loses_nothing_and_repeats_nothing(kafka_broker: str, gateway: Worker) -> None:
    """Clients that reconnect while the gateway is killed over and over hear every change once, in order; a projection
    that is deleted is built anew from the topics, and the clients go on where they were.
    """
    web = gateway.web  # type: ignore[attr-defined]
    teller, chance = _Teller(kafka_broker), random.Random(7)
    gateway.start()
    await asyncio.to_thread(gateway.wait_until, ready=True)
    async with client() as http:
        assert (await http.get(f"{web}/api/v1/stories")).status_code == 200
    heard: list[list[dict[str, Any]]] = [[] for _ in range(3)]
    resets: list[str] = []
    listening = [
        asyncio.create_task(_listen(Listener(f"{web}/api/v1/changes?after=-1"), each, resets)) for each in heard
    ]
    teller.start()
    kills = await _killed(gateway, chance, time.monotonic() + SECONDS)
    gateway.signal(9)
    await asyncio.to_thread(gateway.wait_for_end, 10)
    for path in (Path(gateway.log).parent / "state").glob("gateway.sqlite*"):
        path.unlink()
    gateway.start()
    await asyncio.sleep(2)
    teller.stop.set()
    await asyncio.to_thread(teller.join)
    for each in heard:
        await _until_all(each, teller.told)
    for task in listening:
        task.cancel()
    print(f"{kills} kills, {sum(teller.told.values())} changes")
    assert resets == []
    wanted = {story_id: list(range(1, version + 1)) for story_id, version in teller.told.items()}
    assert [_versions(each, wanted) for each in heard] == [wanted] * 3
    await asyncio.to_thread(gateway.wait_until, ready=True)
    async with client() as http:
        for story_id, version in teller.told.items():
            assert (await http.get(f"{web}/api/v1/stories/{story_id}")).json()["version"] == version


async def test_what_is_read_is_not_counted_as_waiting(kafka_broker: str, gateway: Worker) -> None:
    """The marks that end transactions are no records: with everything read nothing waits, and nothing is stalled."""
    teller = _Teller(kafka_broker)
    teller._producer.init_transactions()
    gateway.start()
    await asyncio.to_thread(gateway.wait_until, ready=True)
    for number in range(5):
        teller.tell(1000 + number)
    for _ in range(60):
        await asyncio.sleep(0.25)
        read = gateway.metric("storybraid_gateway_projected_total", topic="stories.v1") >= 5
        if read and gateway.metric("storybraid_consumer_lag_messages") == 0:
            break
    assert gateway.metric("storybraid_consumer_lag_messages") == 0
    assert gateway.metric("storybraid_ready") == 1
