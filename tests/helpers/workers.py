"""Worker processes under test: started, asked, killed, and never left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("ingest", "language_detection", "extraction", "deduplication")
REAL = ("-m", "services.{room}")
TINY = ("-m", "tests.helpers.tiny_rooms", "{room}")
# 127.0.0.1, the same as an IPv6 address, and ::1, in the byte order of /proc/net/tcp.
LOOPBACK = ("0100007F:", "0000000000000000FFFF00000100007F:", "00000000000000000000000001000000:")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def beyond_loopback(pid: int) -> list[str]:
    """Where a process listens besides loopback, as the kernel writes addresses; empty where nowhere."""
    own = {os.readlink(handle) for handle in Path(f"/proc/{pid}/fd").iterdir() if handle.is_symlink()}
    lines = [line for name in ("tcp", "tcp6") for line in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]]
    listening = [each.split()[1] for each in lines if each.split()[3] == "0A" and f"socket:[{each.split()[9]}]" in own]
    assert listening, f"process {pid} listens nowhere at all"
    return [address for address in listening if not address.startswith(LOOPBACK)]


class Worker:
    """One room as a process of its own."""

    def __init__(self, room: str, brokers: str, home: Path, program: Sequence[str] = REAL, **settings: str) -> None:
        self.room, self.port = room, free_port()
        self.log = home / f"{room}-{self.port}.log"
        self._command = self._line(program)
        self._environment = os.environ | {
            "STORYBRAID_BROKERS": brokers,
            "STORYBRAID_METRICS_PORT": str(self.port),
            "STORYBRAID_STATE_DIR": str(home / "state"),
            **{f"STORYBRAID_{name.upper()}": value for name, value in settings.items()},
        }
        self.process: subprocess.Popen[bytes] | None = None

    def _line(self, program: Sequence[str]) -> list[str]:
        return [sys.executable, *(part.format(room=self.room) for part in program)]

    def becomes(self, program: Sequence[str]) -> None:
        """From its next start on it runs another program: another release of its room."""
        self._command = self._line(program)

    def start(self) -> "Worker":
        """Start, or start again."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, stdout=log, stderr=log, env=self._environment, cwd=REPOSITORY, start_new_session=True
            )
        return self

    def ask(self, path: str) -> tuple[int, str]:
        """GET a path of the metrics server; status 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=3) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()
        except OSError:
            return 0, ""

    def metric(self, name: str, **labels: str) -> float:
        """The sum of a metric's samples that carry these labels."""
        total = 0.0
        for line in self.ask("/metrics")[1].splitlines():
            head, _, value = line.rpartition(" ")
            if head.partition("{")[0] == name and all(f'{key}="{text}"' in head for key, text in labels.items()):
                total += float(value)
        return total

    def wait_until(self, ready: bool, seconds: float = 40) -> None:
        """Wait until /readyz says so."""
        until = time.monotonic() + seconds
        wanted = 200 if ready else 503
        while time.monotonic() < until:
            if self.ask("/readyz")[0] == wanted:
                return
            time.sleep(0.1)
        raise AssertionError(
            f"{self.room} is not {'ready' if ready else 'unready'}: {self.ask('/readyz')}\n{self.tail()}"
        )

    def wait_for_end(self, seconds: float) -> int:
        """Wait for the process to end; its exit code."""
        assert self.process is not None
        return self.process.wait(seconds)

    def signal(self, number: int) -> None:
        """Send a signal, where it still lives."""
        if self.process is not None and self.process.poll() is None:
            os.kill(self.process.pid, number)

    def stop(self) -> None:
        """End it for good, whatever state it is in."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        if self.process is None:
            return
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def tail(self, characters: int = 3000) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-characters:] if self.log.exists() else ""

    def events(self) -> list[dict[str, object]]:
        """Its log, line by line, as far as it is JSON."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return [json.loads(line) for line in lines if line.startswith("{")]
