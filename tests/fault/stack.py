"""Three brokers and two workers of every room, started again when they end; and what is done to them."""

import signal
import threading
import time
from collections import Counter
from pathlib import Path

from services.shared.runtime.brokers.local_kafka import LocalKafka
from tests.fault.schedule import ROOMS, Fault
from tests.helpers.workers import TINY, Worker


class Stack:
    """Everything that faults can hit."""

    def __init__(self, cluster: LocalKafka, home: Path, program: tuple[str, ...] = TINY) -> None:
        self.cluster = cluster
        settings = {"session_seconds": "3", "attempts_before_parking": "50", "stall_seconds": "20"}
        self.workers = {
            f"{room}-{number}": Worker(room, cluster.address, home, program, **settings)
            for room in ROOMS
            for number in (1, 2)
        }
        self.ends: Counter[tuple[str, int]] = Counter()
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
        while not self._watching.wait(0.3):
            for name, worker in self.workers.items():
                if worker.process is not None and (code := worker.process.poll()) is not None:
                    self.ends[name.rpartition("-")[0], code] += 1
                    worker.start()

    def do(self, fault: Fault) -> None:
        """Do one fault; brokers come back in a thread of their own."""
        if fault.target.startswith("broker"):
            threading.Thread(target=self._hit_broker, args=(fault,), daemon=True).start()
        elif fault.action == "pause":
            threading.Thread(target=self._pause_worker, args=(fault,), daemon=True).start()
        elif fault.action == "roll":
            room = fault.target.rpartition("-")[0]
            threading.Thread(target=self._roll, args=(room,), daemon=True).start()
        else:
            self.workers[fault.target].signal(signal.SIGKILL if fault.action == "kill" else signal.SIGTERM)

    def _pause_worker(self, fault: Fault) -> None:
        worker = self.workers[fault.target]
        worker.signal(signal.SIGSTOP)
        time.sleep(fault.lasts)
        worker.signal(signal.SIGCONT)

    def _roll(self, room: str) -> None:
        for number in (1, 2):
            self.workers[f"{room}-{number}"].signal(signal.SIGTERM)
            time.sleep(3)

    def _hit_broker(self, fault: Fault) -> None:
        node = self.cluster.nodes[int(fault.target.rpartition("-")[2]) - 1]
        if fault.action == "pause":
            node.signal(signal.SIGSTOP)
            time.sleep(fault.lasts)
            node.signal(signal.SIGCONT)
            return
        if fault.action == "kill":
            node.kill()
        else:
            node.signal(signal.SIGTERM)
            node.join(time.monotonic() + 20)
        time.sleep(fault.lasts)
        node.start()
