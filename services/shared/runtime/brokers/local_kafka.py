"""A real Apache Kafka (KRaft) on this machine, without Docker: one command up, one command down, nothing left behind.

python -m services.shared.runtime.brokers.local_kafka up [--brokers 3] [--at DIRECTORY]
python -m services.shared.runtime.brokers.local_kafka status | down
"""

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from services.shared.runtime.brokers import java, kafka_node
from services.shared.runtime.brokers.kafka_node import Layout, Node, alive

START_SECONDS = 90.0
STOP_SECONDS = 20.0
DEFAULT_PORT = 19092


class LocalKafka:
    """A cluster in a directory: its settings, data, logs and process ids live there."""

    def __init__(self, home: Path, layout: Layout) -> None:
        self.home = home
        self.layout = layout
        self.nodes = [Node(home, layout, number) for number in range(1, layout.brokers + 1)]

    @property
    def address(self) -> str:
        """What clients connect to."""
        return ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    def up(self) -> None:
        """Format what is new, start every node, wait until each answers; take everything down where one does not."""
        self.home.mkdir(parents=True, exist_ok=True)
        try:
            for node in self.nodes:
                node.format()
            for node in self.nodes:
                node.start()
            for node in self.nodes:
                node.wait(START_SECONDS)
            kafka_node.wait_for_cluster(self.address, self.layout, START_SECONDS)
        except BaseException:
            self.down()
            raise

    def down(self, *, wipe: bool = False) -> None:
        """Stop every node, kindly and then not; `wipe` removes data and logs too."""
        for node in self.nodes:
            node.signal(signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for node in self.nodes:
            node.join(until)
        if wipe:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> "LocalKafka":
        self.up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def at(
    home: Path,
    brokers: int = 1,
    *,
    first_port: int | None = None,
    scram: tuple[str, str] | None = None,
    tls: Path | None = None,
) -> LocalKafka:
    """A cluster at `home`: the one laid out there before, else a new one on free ports (or from `first_port`)."""
    kept = kafka_node.load_layout(home)
    if kept is not None:
        return LocalKafka(home, kept)
    ports = list(range(first_port, first_port + 3 * brokers)) if first_port else free_ports(3 * brokers)
    return LocalKafka(home, Layout(tuple(ports), brokers, scram, str(tls) if tls else None))


def _usual_home() -> Path:
    return java.cache_home() / "cluster"


def _up(home: Path, brokers: int, port: int) -> int:
    cluster = at(home, brokers, first_port=port or None)
    if cluster.layout.brokers != brokers:
        print(f"{home} holds a cluster of {cluster.layout.brokers}; `down --wipe` it first", file=sys.stderr)  # noqa: T201
        return 1
    cluster.up()
    print(cluster.address)  # noqa: T201
    return 0


def _status(home: Path) -> int:
    layout = kafka_node.load_layout(home)
    nodes = LocalKafka(home, layout).nodes if layout else []
    for node in nodes:
        print(f"node {node.number}: {'up' if alive(node.pid()) else 'down'}, 127.0.0.1:{node.port}, log {node.log}")  # noqa: T201
    return 0 if nodes and all(alive(node.pid()) for node in nodes) else 3


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="local_kafka", description="A real Apache Kafka on this machine, on loopback."
    )
    parser.add_argument("command", choices=("up", "down", "status"))
    parser.add_argument("--brokers", type=int, default=1, choices=(1, 3))
    parser.add_argument("--at", type=Path, default=None, help="directory of the cluster; default: the user's cache")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="the first of three a broker; 0: any free ones")
    parser.add_argument("--wipe", action="store_true", help="with down: remove data and logs too")
    chosen = parser.parse_args(arguments)
    home = chosen.at or _usual_home()
    try:
        if chosen.command == "up":
            return _up(home, chosen.brokers, chosen.port)
        if chosen.command == "status":
            return _status(home)
        layout = kafka_node.load_layout(home)
        if layout:
            LocalKafka(home, layout).down(wipe=chosen.wipe)
    except (java.MissingError, kafka_node.BrokerError, subprocess.SubprocessError, OSError) as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
