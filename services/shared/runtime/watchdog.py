"""Ends a process that has work and does not get on: a stuck consumer is cured by nothing else."""

import socket
import time
from threading import Thread

from services.shared.runtime.failures import STALLED, leave_with_stacks
from services.shared.runtime.health import Health

LOOK_SECONDS = 1.0
BROKER = "broker"


def verdict(health: Health, patience: float) -> str | None:
    """Why the process must end, or None."""
    if health.stalled_for() > patience:
        return f"records wait and nothing was committed for {patience:.0f} s"
    if health.silent_for() > patience:
        return f"the event loop did not turn for {patience:.0f} s"
    return None


def deaf(health: Health, patience: float, brokers: str) -> str | None:
    """A client that hears nothing although a broker answers others is stuck, too."""
    if health.hindered_for(BROKER) > 2 * patience and any(answers(each) for each in brokers.split(",")):
        return f"the broker answers, but not this client, for {2 * patience:.0f} s"
    return None


def answers(address: str) -> bool:
    """Whether somebody accepts connections at host:port."""
    host, _, port = address.strip().rpartition(":")
    try:
        socket.create_connection((host, int(port)), 2).close()
    except (OSError, ValueError):
        return False
    return True


def watch(health: Health, patience: float, brokers: str) -> Thread:
    """Look every second from a thread that no event loop can hold up."""

    def look() -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            if why := verdict(health, patience) or deaf(health, patience, brokers):
                leave_with_stacks(STALLED, why)

    thread = Thread(target=look, name="watchdog", daemon=True)
    thread.start()
    return thread
