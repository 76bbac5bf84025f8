"""What a worker knows of its own condition: why it is not ready, how far it is, when it last got on."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from services.shared.runtime import metrics
from services.shared.runtime.clock import Clock
from services.shared.runtime.logs import logger
from services.shared.runtime.waiting import Place, WaitingTimes

STARTING = "starting"


def waiting(committed: int | None, begin: int | None, end: int | None) -> int:
    """Records that wait: what retention has taken away since the last commit waits no more."""
    return max(0, (end or 0) - max(committed or 0, begin or 0))


def expired(committed: int | None, begin: int | None) -> int:
    """Records that retention took away before this reader had read them; a reader that never committed missed none."""
    return max(0, (begin or 0) - committed) if committed else 0


@dataclass
class Health:
    """Shared by the event loop, the metrics server and the watchdog, each in a thread of its own."""

    stage: str
    clock: Clock
    _hindrances: dict[str, str] = field(default_factory=lambda: {STARTING: "the worker has not joined its group yet"})
    _since: dict[str, float] = field(default_factory=dict)
    _lag: dict[tuple[str, int], int] = field(default_factory=dict)
    _waiting: WaitingTimes = field(default_factory=WaitingTimes)
    _progress: tuple[object, float] = (None, 0.0)
    _beat: float | None = None
    _lock: Lock = field(default_factory=Lock)

    def hindered(self, what: str, why: str) -> None:
        """Not ready until `cleared(what)`; `why` is shown to whoever asks."""
        with self._lock:
            self._hindrances[what] = why
            self._since.setdefault(what, self.clock.monotonic())
        metrics.READY.labels(self.stage).set(0)

    def cleared(self, what: str) -> None:
        """This hindrance is gone."""
        with self._lock:
            self._hindrances.pop(what, None)
            self._since.pop(what, None)
            free = not self._hindrances
        metrics.READY.labels(self.stage).set(int(free))

    def hindered_for(self, what: str) -> float:
        """Seconds this hindrance has lasted; 0 where there is none."""
        with self._lock:
            since = self._since.get(what)
        return self.clock.monotonic() - since if since is not None else 0.0

    def hindrances(self) -> dict[str, str]:
        """Why the worker is not ready; empty where it is."""
        with self._lock:
            return dict(self._hindrances)

    def lags(self, lag: dict[Place, int], committed: object, ends: Mapping[Place, int] | None = None) -> None:
        """What is left to do by partition, and how far the commits are; any change of the latter is progress.

        With the ends of the partitions it is told, too, for how long that has waited.
        """
        with self._lock:
            gone = self._lag.keys() - lag.keys()
            self._lag = dict(lag)
            if committed != self._progress[0] or not any(lag.values()):
                self._progress = (committed, self.clock.monotonic())
        for topic, partition in gone:
            metrics.LAG.remove(topic, str(partition))
        for (topic, partition), messages in lag.items():
            metrics.LAG.labels(topic, str(partition)).set(messages)
        self._age(lag, gone, ends or {})

    def _age(self, lag: dict[Place, int], gone: set[Place], ends: Mapping[Place, int]) -> None:
        now = self.clock.now().timestamp()
        with self._lock:
            self._waiting.keep(set(lag))
            ages = {place: self._waiting.seconds(place, end - lag[place], end, now) for place, end in ends.items()}
        for (topic, partition), seconds in ages.items():
            metrics.LAG_SECONDS.labels(topic, str(partition)).set(seconds)
        for topic, partition in gone:
            with contextlib.suppress(KeyError):
                metrics.LAG_SECONDS.remove(topic, str(partition))

    def handled(self, topic: str, partition: int, written: datetime) -> None:
        """A record was handled that was written then: what waits behind it is hardly older."""
        self._waiting.handled((topic, partition), written.timestamp())

    def mourn(self, topic: str, partition: int, records: int) -> None:
        """Tell loudly of records that were deleted unread: nothing else of this project ever loses any."""
        if records:
            logger().error("retention deleted records before they were read", topic=topic, partition=partition,
                           records=records)  # fmt: skip

    def excused(self) -> None:
        """No progress is expected now: the broker is away or the group is rebalancing."""
        with self._lock:
            self._progress = (self._progress[0], self.clock.monotonic())

    def beat(self) -> None:
        """The event loop is alive."""
        self._beat = self.clock.monotonic()

    def stalled_for(self) -> float:
        """Seconds with work to do and nothing committed; 0 where nothing waits."""
        with self._lock:
            waiting = any(self._lag.values())
            return self.clock.monotonic() - self._progress[1] if waiting and self._progress[1] else 0.0

    def silent_for(self) -> float:
        """Seconds since the event loop was last seen alive."""
        return self.clock.monotonic() - self._beat if self._beat is not None else 0.0
