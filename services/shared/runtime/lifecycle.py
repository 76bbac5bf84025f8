"""How every worker begins and ends: settings, logs, metrics and health, signals, and an end within bounds."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from services.shared.runtime import logs, serving, tracing, watchdog
from services.shared.runtime.attempts import AttemptJournal
from services.shared.runtime.clock import Clock, SystemClock
from services.shared.runtime.failures import DONE, SURPRISE, SURROUNDINGS, DeadLetterLimit, leave, surroundings
from services.shared.runtime.garbage import return_large_blocks
from services.shared.runtime.health import Health
from services.shared.runtime.settings import RuntimeSettings


@dataclass(frozen=True)
class Surroundings:
    """What a worker is given besides its trade."""

    settings: RuntimeSettings
    group: str
    clock: Clock
    health: Health
    journal: AttemptJournal
    limit: DeadLetterLimit


def prepare(room: str, settings: RuntimeSettings, clock: Clock | None = None) -> Surroundings:
    """Everything a worker stands on; nothing is started yet."""
    clock = clock or SystemClock()
    group = settings.group_of(room)
    journal = AttemptJournal(settings.state_dir, group)
    limit = DeadLetterLimit(settings.dead_letters_in_a_row)
    return Surroundings(settings, group, clock, Health(room, clock), journal, limit)


Work = Callable[[Surroundings, asyncio.Event], Awaitable[None]]


def run(room: str, settings: RuntimeSettings, work: Work) -> None:
    """Run a worker until a signal asks it to end; the exit code tells how it ended."""
    return_large_blocks()
    logs.configure(room, settings.log_level)
    tracing.configure(room)
    given = prepare(room, settings)
    server = serving.serve(given.health, settings.metrics_host, settings.metrics_port)
    host, port = server.server_address[:2]
    logs.logger().info("serving metrics and health", url=f"http://{host!s}:{port}/metrics")
    watchdog.watch(given.health, settings.stall_seconds, settings.brokers)
    try:
        asyncio.run(_until_asked(given, work))
    except surroundings() as error:
        leave(SURROUNDINGS, "the surroundings failed in a way that only a new start repairs", error=repr(error))
    except asyncio.CancelledError as error:
        # Nobody here cancels the work: a client library that gave up inside does.
        leave(SURROUNDINGS, "a client library gave up; only a new start repairs that", error=repr(error))
    except Exception as error:
        logs.logger().exception("surprise")
        leave(SURPRISE, "surprise", error=repr(error))
    tracing.flush()
    # Client libraries keep threads that may hang after a broker went away; everything is committed, so just go.
    leave(DONE, "done")


async def _until_asked(given: Surroundings, work: Work) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _asked, given, stop, loop)
    pulse = asyncio.create_task(_pulse(given.health))
    try:
        await work(given, stop)
    finally:
        pulse.cancel()


def _asked(given: Surroundings, stop: asyncio.Event, loop: asyncio.AbstractEventLoop) -> None:
    if stop.is_set():
        return
    logs.logger().info("asked to end, draining")
    given.health.hindered("ending", "the worker was asked to end")
    stop.set()
    loop.call_later(
        given.settings.shutdown_seconds, leave, DONE, "draining took too long; what was not committed is repeated"
    )


async def _pulse(health: Health) -> None:
    while True:
        health.beat()
        await asyncio.sleep(1)
