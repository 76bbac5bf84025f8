"""Ends a process that has work and does not get on: a stuck consumer is cured by nothing else."""

import time
from threading import Thread

from services.shared.runtime.failures import STALLED, leave_with_stacks
from services.shared.runtime.health import Health

LOOK_SECONDS = 1.0


def verdict(health: Health, patience: float) -> str | None:
    """Why the process must end, or None."""
    if health.stalled_for() > patience:
        return f"records wait and nothing was committed for {patience:.0f} s"
    if health.silent_for() > patience:
        return f"the event loop did not turn for {patience:.0f} s"
    return None


def watch(health: Health, patience: float) -> Thread:
    """Look every second from a thread that no event loop can hold up."""

    def look() -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            if why := verdict(health, patience):
                leave_with_stacks(STALLED, why)

    thread = Thread(target=look, name="watchdog", daemon=True)
    thread.start()
    return thread
