"""The failure rules: bad data is put aside, the surroundings are waited for, a surprise ends the process loudly."""

import asyncio
import faulthandler
import os
import random
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import NoReturn, TypeVar

from services.shared.runtime.logs import logger

Result = TypeVar("Result")

DONE = 0
# sysexits(3), so that a supervisor can tell what restarting will help.
SURPRISE = 70
STALLED = 71
SURROUNDINGS = 75
WRONG_DEPLOYMENT = 78


def leave(code: int, why: str, **facts: object) -> NoReturn:
    """End the process at once: nothing is acked, committed or flushed after this line."""
    tell = logger().info if code == DONE else logger().critical
    tell("leaving", why=why, code=code, **facts)
    sys.stderr.flush()
    os._exit(code)


def leave_with_stacks(code: int, why: str) -> NoReturn:
    """End the process at once and show what every thread was doing."""
    faulthandler.dump_traceback(all_threads=True)
    leave(code, why)


def pauses(first: float = 0.2, longest: float = 15.0, chance: random.Random | None = None) -> Iterator[float]:
    """Growing pauses with jitter, so that many workers do not come back at the same moment."""
    uniform = (chance or random).uniform
    pause = first
    while True:
        yield pause * uniform(0.5, 1.0)
        pause = min(pause * 2, longest)


async def insist(
    attempt: Callable[[], Awaitable[Result]],
    on_trouble: Callable[[Exception, float], None],
    waits: Iterator[float] | None = None,
) -> Result:
    """Repeat an attempt until the surroundings allow it; only their troubles are waited out, surprises are raised."""
    for pause in waits or pauses():
        try:
            return await attempt()
        except hopeless():
            raise
        except surroundings() as error:
            on_trouble(error, pause)
        await asyncio.sleep(pause)
    raise AssertionError("pauses never end")


def surroundings() -> tuple[type[Exception], ...]:
    """The errors that say nothing about the message: the broker, the network, the disk, time."""
    from aiokafka.errors import KafkaError

    return (KafkaError, OSError, TimeoutError)


def hopeless() -> tuple[type[Exception], ...]:
    """Kafka's errors that no waiting cures: the message, the rights or the client are wrong."""
    from aiokafka import errors

    return (
        errors.MessageSizeTooLargeError,
        errors.RecordListTooLargeError,
        errors.InvalidTopicError,
        errors.TopicAuthorizationFailedError,
        errors.GroupAuthorizationFailedError,
        errors.ClusterAuthorizationFailedError,
        errors.TransactionalIdAuthorizationFailed,
        errors.IllegalStateError,
        errors.ProducerClosed,
    )


class DeadLetterLimit:
    """Counts dead letters in a row; a wrong deployment must not drain a topic into its .dlq."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._row = 0

    def good(self) -> None:
        """A good message: the row ends."""
        self._row = 0

    def bad(self) -> bool:
        """One more; True where it is one too many and must not be put aside."""
        self._row += 1
        return self._row > self._most
