"""A broker, the four workers and the gateway on this machine, as `storybraid up` and `storybraid demo` run them."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from services.shared.runtime.failures import WRONG_DEPLOYMENT
from services.shared.runtime.settings import LOOPBACK, state_home

ROOMS = ("ingest", "language_detection", "extraction", "deduplication")
GATEWAY = "gateway"
GATEWAY_PORT = 8080
FIRST_METRICS_PORT = 9101
READY_SECONDS = 90.0
STOP_SECONDS = 12.0
MOST_RESTARTS = 10


class StackError(RuntimeError):
    """The stack could not be started; the message says which part and where its log is."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where everything that runs can be reached."""

    brokers: str
    metrics: dict[str, str]
    logs: str
    gateway: str | None = None


@dataclass(slots=True)
class Stack:
    """Worker processes on a broker that runs already; the gateway where it is wanted."""

    brokers: str
    logs: Path
    settings: dict[str, str] = field(default_factory=dict)
    gateway: bool = False
    _gateway_port: int = 0
    _workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _ports: dict[str, int] = field(default_factory=dict)

    def start(self) -> None:
        """Start every worker and wait until each says it is ready; raises StackError where one does not."""
        self.logs.mkdir(parents=True, exist_ok=True)
        rooms = (*ROOMS, GATEWAY) if self.gateway else ROOMS
        self._gateway_port = _free_port(GATEWAY_PORT) if self.gateway else 0
        for number, room in enumerate(rooms):
            self._ports[room] = _free_port(FIRST_METRICS_PORT + number)
            self._workers[room] = self._launch(room)
        for room in rooms:
            self._wait(room, time.monotonic() + READY_SECONDS)

    def _launch(self, room: str) -> subprocess.Popen[bytes]:
        environment = (
            os.environ
            | self.settings
            | {
                "STORYBRAID_BROKERS": self.brokers,
                "STORYBRAID_METRICS_PORT": str(self._ports[room]),
                "STORYBRAID_GATEWAY_PORT": str(self._gateway_port),
            }
        )
        with (self.logs / f"{room}.log").open("ab") as log:
            command = [sys.executable, "-m", f"services.{room}"]
            # A session of its own: Ctrl-C reaches this process, which then ends the workers in order.
            return subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)  # noqa: S603

    def _wait(self, room: str, until: float) -> None:
        while time.monotonic() < until:
            if self._workers[room].poll() is not None:
                raise StackError(f"{room} ended with code {self._workers[room].returncode}; see {self._log(room)}")
            if _ready(self._ports[room]):
                return
            time.sleep(0.1)
        raise StackError(f"{room} was not ready within {READY_SECONDS:.0f} s; see {self._log(room)}")

    def _log(self, room: str) -> Path:
        return self.logs / f"{room}.log"

    def addresses(self) -> Addresses:
        """Where broker, metrics and logs are."""
        metrics = {room: f"http://{LOOPBACK}:{port}/metrics" for room, port in self._ports.items()}
        gateway = f"http://{LOOPBACK}:{self._gateway_port}" if self.gateway else None
        return Addresses(self.brokers, metrics, str(self.logs), gateway)

    def watch(self) -> None:
        """Start workers anew that end, as an orchestrator would; raises StackError where that does not help."""
        restarts = dict.fromkeys(self._workers, 0)
        while True:
            for room in self._ended():
                # A wrong deployment says so itself; whoever ends again and again needs a person.
                if self._workers[room].returncode == WRONG_DEPLOYMENT or restarts[room] == MOST_RESTARTS:
                    self.check()
                restarts[room] += 1
                self._workers[room] = self._launch(room)
            time.sleep(0.5)

    def _ended(self) -> list[str]:
        return [room for room, worker in self._workers.items() if worker.poll() is not None]

    def check(self) -> None:
        """Raise StackError where a worker has ended."""
        for room in self._ended():
            raise StackError(f"{room} ended with code {self._workers[room].returncode}; see {self._log(room)}")

    def memory(self) -> dict[str, float]:
        """Resident memory of every worker in MB, where the system tells."""
        return {room: _resident(worker.pid) for room, worker in self._workers.items()}

    def stop(self) -> None:
        """End every worker, kindly first; leaves no process behind."""
        for worker in self._workers.values():
            if worker.poll() is None:
                worker.send_signal(signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for worker in self._workers.values():
            try:
                worker.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, wanted))
        except OSError:
            probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def addresses_file() -> Path:
    """Where a running stack writes its addresses, so that other terminals find it."""
    return state_home() / "up.json"


@contextlib.contextmanager
def announced(addresses: Addresses) -> Iterator[None]:
    """Tell other terminals where the stack is, as long as it runs."""
    path = addresses_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(addresses)), encoding="utf-8")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def announced_brokers() -> str | None:
    """The broker of a running stack on this machine, if there is one."""
    try:
        brokers: str = json.loads(addresses_file().read_text(encoding="utf-8"))["brokers"]
    except (OSError, ValueError, KeyError):
        return None
    return brokers
