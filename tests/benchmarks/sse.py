"""Many SSE clients on one gateway: `python -m tests.benchmarks.sse`.

The real gateway process on an embedded broker; changes at a steady rate; some clients are cut off again and again and
come back with their last event id, and some never read. No client may see a gap or a repeat, and memory must not grow
with the backlog. Prints what was seen; exits 1 where something is wrong.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contracts import codec
from contracts.topics import CHANGES, STORIES
from services.shared.runtime.brokers.embedded import EmbeddedBroker
from tests.helpers.gateways import change, story
from tests.helpers.workers import Worker, free_port

STORIES_TOLD = 50
MOST_GROWTH_MB = 60.0


@dataclass
class Client:
    """One client: what it heard, and how late."""

    port: int
    heard: list[str] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    last: str = ""
    connections: int = 0
    resets: int = 0
    _writer: asyncio.StreamWriter | None = None

    async def follow(self) -> None:
        """Come back whatever happens."""
        while True:
            with contextlib.suppress(OSError):
                await self._connection()
            await asyncio.sleep(0.05)

    async def _connection(self) -> None:
        reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.connections += 1
        place = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        self._writer.write(f"GET /api/v1/changes?after=-1 HTTP/1.1\r\nHost: 127.0.0.1\r\n{place}\r\n".encode())
        try:
            await self._read(reader)
        finally:
            self._writer.transport.abort()

    async def _read(self, reader: asyncio.StreamReader) -> None:
        identity = ""
        while line := await reader.readline():
            if line.startswith(b"id: "):
                identity = line[4:].decode().strip()
            elif line.startswith(b"data: "):
                self._take(line[6:])
            elif line == b"\n":
                self.last = identity or self.last

    def _take(self, data: bytes) -> None:
        told = json.loads(data)
        if "change_id" not in told:
            self.resets += 1
            return
        self.heard.append(told["change_id"])
        sent = datetime.fromisoformat(told["at"].replace("Z", "+00:00")).timestamp()
        self.delays.append(time.time() - sent)

    def cut(self) -> None:
        """Drop the connection without a word, in the middle of whatever is being sent."""
        if self._writer is not None:
            self._writer.transport.abort()


@dataclass
class Result:
    """What was seen."""

    told: int
    wrong: int
    resets: int
    reconnections: int
    p50: float
    p99: float
    memory_begin: float
    memory_most: float
    cpu_seconds: float

    @property
    def good(self) -> bool:
        """No gap, no repeat, and memory that does not grow with what was sent."""
        return not self.wrong and not self.resets and self.memory_most - self.memory_begin < MOST_GROWTH_MB


async def measure(clients: int, rate: float, seconds: float, cut: int, deaf: int, home: Path) -> Result:
    """Run it."""
    with EmbeddedBroker() as broker:
        port = free_port()
        settings = {"gateway_port": str(port), "gateway_write_seconds": "5", "gateway_requests_burst": "100000"}
        gateway = Worker("gateway", broker.address, home, **settings).start()
        try:
            await asyncio.to_thread(gateway.wait_until, ready=True)
            return await _measured(broker.address, port, gateway, clients, rate, seconds, cut, deaf)
        finally:
            await asyncio.to_thread(gateway.stop)


async def _measured(
    address: str, port: int, gateway: Worker, clients: int, rate: float, seconds: float, cut: int, deaf: int
) -> Result:
    following = [Client(port) for _ in range(clients)]
    tasks = [asyncio.create_task(client.follow()) for client in following]
    tasks += [asyncio.create_task(_deaf(port)) for _ in range(deaf)]
    await _until(lambda: all(client.connections for client in following), 30)
    assert gateway.process is not None
    memory = [_memory(gateway.process.pid)]
    tasks.append(asyncio.create_task(_watch(gateway.process.pid, memory)))
    tasks.append(asyncio.create_task(_cut(following[:cut])))
    cpu = _cpu(gateway.process.pid)
    told = await _tell(address, rate, seconds)
    await _until(lambda: all(len(client.heard) >= len(told) for client in following), 20)
    await asyncio.sleep(0.5)  # a repeat would come now
    cpu = _cpu(gateway.process.pid) - cpu
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    delays = sorted(delay for client in following[cut:] for delay in client.delays)
    return Result(
        len(told), sum(client.heard != told for client in following), sum(client.resets for client in following),
        sum(client.connections - 1 for client in following), statistics.median(delays), delays[int(len(delays) * 0.99)],
        memory[0], max(memory), cpu,
    )  # fmt: skip


async def _until(true: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not true():  # noqa: ASYNC110  (clients have nothing to signal with)
        await asyncio.sleep(0.05)


async def _tell(address: str, rate: float, seconds: float) -> list[str]:
    """Publish changes at a steady rate, each stamped with the moment it was sent; their ids in order."""
    from confluent_kafka import Producer

    producer: Any = Producer({"bootstrap.servers": address, "linger.ms": 0, "log_level": 2})
    began, told = time.monotonic(), []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        version = number // STORIES_TOLD + 1
        now = datetime.now(UTC)
        each = story(number % STORIES_TOLD, "A bridge opens over the river Kell", version, updated_at=now)
        for topic, message in ((STORIES, each), (CHANGES, change(each))):
            wire = codec.encode(topic, message, time=now, source="deduplication")
            producer.produce(topic.name, wire.value, wire.key, partition=0, headers=wire.headers)
        producer.poll(0)
        told.append(f"{each.story_id}:{version}")
    await asyncio.to_thread(producer.flush, 10)
    return told


async def _cut(clients: list[Client]) -> None:
    chance = random.Random(5)
    while clients:
        await asyncio.sleep(chance.uniform(0.5, 3) / len(clients))
        chance.choice(clients).cut()


async def _deaf(port: int) -> None:
    """Asks, and never reads."""
    while True:
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        writer.write(b"GET /api/v1/changes?after=-1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        try:
            await asyncio.sleep(30)
        finally:
            writer.transport.abort()


async def _watch(pid: int, memory: list[float]) -> None:
    while True:
        await asyncio.sleep(0.5)
        memory.append(_memory(pid))


def _memory(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Run with the figures of the command line, print, exit 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--cut", type=int, default=20)
    parser.add_argument("--deaf", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        found = asyncio.run(
            measure(asked.clients, asked.rate, asked.seconds, asked.cut, asked.deaf, Path(home))
        )  # fmt: skip
    print(f"{asked.clients} clients, {asked.cut} of them cut off, {asked.deaf} more that never read")
    print(f"{found.told} changes at {asked.rate:g} a second, {found.told * asked.clients} deliveries")
    print(
        f"clients with a gap or a repeat: {found.wrong}; resets: {found.resets}; reconnections: {found.reconnections}"
    )
    print(f"from publishing to a client: p50 {found.p50 * 1000:.0f} ms, p99 {found.p99 * 1000:.0f} ms")
    print(f"memory of the gateway: {found.memory_begin:.0f} MB with all connected, {found.memory_most:.0f} MB at most")
    print(f"processor of the gateway: {found.cpu_seconds:.1f} s")
    sys.exit(0 if found.good else 1)


if __name__ == "__main__":
    main()
