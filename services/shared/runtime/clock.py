"""The only place that asks what time it is; everything else is told."""

import ctypes
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Wall time for messages, monotonic time for durations."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()


def from_milliseconds(timestamp: int) -> datetime:
    """A Kafka record's timestamp as a moment in UTC; one from outside the calendar becomes the nearest legal one."""
    bounded = min(max(timestamp, 0), 253_402_300_799_000)
    return datetime.fromtimestamp(bounded / 1000, UTC)


def synchronised() -> bool | None:
    """Whether the kernel calls this machine's clock synchronised; None where it does not say."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))
    except (AttributeError, OSError):
        return None
    return None if state < 0 else bool(state != _TIME_ERROR)


_TIME_ERROR = 5
