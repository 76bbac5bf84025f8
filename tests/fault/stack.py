"""Three brokers and two workers of every room, started again when they end; what is done to them, what comes of it."""

import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen, TimeoutExpired

from services.shared.runtime.brokers.local_kafka import LocalKafka
from services.shared.runtime.failures import DONE, STALLED, SURROUNDINGS
from services.shared.runtime.watchdog import answers
from tests.fault.schedule import BROKERS, ROOMS, Fault
from tests.helpers.workers import TINY, Worker

Program = tuple[str, ...]
KEEPER_SECONDS = 0.3
END_SECONDS = 15.0
BACK_SECONDS = 90.0
# Asked to end, killed, asked before it could hear, stuck, uncertain: everything else is a bug, whatever it left behind.
FORESEEN = (DONE, -signal.SIGKILL, -signal.SIGTERM, STALLED, SURROUNDINGS)
NEXT_RELEASE: Program = ("-m", "tests.helpers.releases", "tiny", "{room}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one fault: the code its target ended with, and seconds until it could do its work again."""

    fault: Fault
    code: int | None
    back_after: float | None

    @property
    def told(self) -> str:
        """In words."""
        ended = "did not end" if self.code is None else f"ended with {self.code}"
        back = "not back" if self.back_after is None else f"at work again {self.back_after:.1f} s later"
        return f"{ended}, {back}"


class Stack:
    """Everything that faults can hit."""

    def __init__(
        self, cluster: LocalKafka, home: Path, program: Program = TINY, other_release: Program = NEXT_RELEASE
    ) -> None:
        self.cluster = cluster
        settings = {"session_seconds": "3", "attempts_before_parking": "50", "stall_seconds": "20"}
        self.workers = {
            f"{room}-{number}": Worker(room, cluster.address, home, program, **settings)
            for room in ROOMS
            for number in (1, 2)
        }
        self.ends: Counter[tuple[str, int]] = Counter()
        self.outcomes: list[Outcome] = []
        self.surprises: list[str] = []
        self._releases = dict.fromkeys(self.workers, (program, other_release))
        self._hits: list[threading.Thread] = []
        self._watching = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start everything; wait until one worker of every room is ready."""
        for worker in self.workers.values():
            worker.start()
        for room in ROOMS:
            self.workers[f"{room}-1"].wait_until(ready=True, seconds=90)
        self._keeper.start()

    def stop(self) -> None:
        """End everything."""
        self._watching.set()
        if self._keeper.ident is not None:
            self._keeper.join()
        for worker in self.workers.values():
            worker.signal(signal.SIGCONT)
            worker.signal(signal.SIGTERM)
        for worker in self.workers.values():
            worker.stop()

    def _keep(self) -> None:
        while not self._watching.wait(KEEPER_SECONDS):
            for name, worker in self.workers.items():
                if worker.process is not None and (code := worker.process.poll()) is not None:
                    self.ends[name.rpartition("-")[0], code] += 1
                    if code not in FORESEEN:
                        self.surprises.append(f"{name} ended with {code}; its log ends:\n{worker.tail()}")
                    worker.start()

    def do(self, fault: Fault) -> None:
        """Do one fault, in a thread of its own, which notes what comes of it."""
        thread = threading.Thread(target=self._hit, args=(fault,), daemon=True)
        self._hits.append(thread)
        thread.start()

    def settle(self) -> None:
        """Wait until everybody who was hit is at work again, or known not to be."""
        for thread in self._hits:
            thread.join(BACK_SECONDS + END_SECONDS)

    def _hit(self, fault: Fault) -> None:
        code, back = self._hit_broker(fault) if fault.target in BROKERS else self._hit_worker(fault)
        self.outcomes.append(Outcome(fault, code, back))

    def _hit_worker(self, fault: Fault) -> tuple[int | None, float | None]:
        worker = self.workers[fault.target]
        before = worker.process
        if fault.action == "pause":
            worker.signal(signal.SIGSTOP)
            time.sleep(fault.lasts)
            worker.signal(signal.SIGCONT)
            # A zombie finds out with its next word to the broker; give it the time to say one.
            time.sleep(2)
            return (before.poll() if before else None), self._back(worker, None)
        if fault.action == "upgrade":
            self._swap(fault.target)
        worker.signal(signal.SIGKILL if fault.action == "kill" else signal.SIGTERM)
        code = _end_of(before)
        if fault.action == "roll":
            self.workers[_fellow(fault.target)].signal(signal.SIGTERM)
        return code, self._back(worker, before)

    def _swap(self, name: str) -> None:
        """From its next start on, a worker is of the release it was not."""
        now, other = self._releases[name]
        self._releases[name] = other, now
        self.workers[name].becomes(other)

    def _back(self, worker: Worker, before: "Popen[bytes] | None") -> float | None:
        began = time.monotonic()
        while time.monotonic() - began < BACK_SECONDS and not self._watching.is_set():
            if worker.process is not before and worker.ask("/readyz")[0] == 200:
                return time.monotonic() - began
            time.sleep(0.25)
        return None

    def _hit_broker(self, fault: Fault) -> tuple[int | None, float | None]:
        node = self.cluster.nodes[int(fault.target.rpartition("-")[2]) - 1]
        if fault.action == "pause":
            node.signal(signal.SIGSTOP)
            time.sleep(fault.lasts)
            node.signal(signal.SIGCONT)
            return None, _answers_after(node.port)
        node.signal(signal.SIGTERM if fault.action == "term" else signal.SIGKILL)
        code = node.join(time.monotonic() + 20)
        time.sleep(fault.lasts)
        node.start()
        return code, _answers_after(node.port)


def _fellow(name: str) -> str:
    """The other worker of the same room."""
    room, _, number = name.rpartition("-")
    return f"{room}-{3 - int(number)}"


def _end_of(process: "Popen[bytes] | None") -> int | None:
    try:
        return process.wait(END_SECONDS) if process else None
    except TimeoutExpired:
        return None


def _answers_after(port: int) -> float | None:
    began = time.monotonic()
    while time.monotonic() - began < BACK_SECONDS:
        if answers(f"127.0.0.1:{port}"):
            return time.monotonic() - began
        time.sleep(0.1)
    return None
