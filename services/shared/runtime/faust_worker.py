"""The Faust shell of the stateless rooms: parse, handle, await delivery, and only then is the record done.

At least once, with deterministic ids. The rules it keeps are those whose breach was measured to lose or stall:
no exception leaves the agent (it would ack the record), every send is awaited to its acknowledgement, neither
noack() nor take(), offsets are committed before partitions go, and trouble ends the process instead of skipping.
"""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import faust
from faust.exceptions import ProducerSendError

from services.shared.runtime import lifecycle, surroundings
from services.shared.runtime.clock import from_milliseconds
from services.shared.runtime.faust_app import build_app
from services.shared.runtime.faust_probe import probe
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.settings import RuntimeSettings
from services.shared.runtime.stage import Record, Stage
from services.shared.runtime.stage_runner import StageRunner

REBALANCING = "rebalancing"


def run(stage_of: Callable[[], Stage], room: str, settings: RuntimeSettings) -> None:
    """Run one room until it is asked to end. `stage_of` loads what the room needs and is called once."""

    async def work(given: Surroundings, stop: asyncio.Event) -> None:
        stage = await asyncio.to_thread(stage_of)
        lifecycle.settle()
        assert stage.reads.dead_letter is not None
        topics = (stage.reads.name, stage.writes.name, stage.reads.dead_letter)
        waiting = asyncio.ensure_future(surroundings.wait_for(settings, given.health, topics))
        await _either(waiting, stop)
        if not stop.is_set():
            await _serve(build(stage, given), given, stop)

    lifecycle.run(room, settings, work)


def build(stage: Stage, given: Surroundings) -> faust.App:
    """The Faust app of one stage: one agent around the stage's runner."""
    app = build_app(given)
    topic = app.topic(stage.reads.name, key_serializer="raw", value_serializer="raw", key_type=bytes, value_type=bytes)
    # One thread: a heavy article must not hold up heartbeats, and at most one is worked on at a time.
    runner = StageRunner(stage, given, _sender(app), ThreadPoolExecutor(1, thread_name_prefix="handler"))

    async def agent(stream: Any) -> None:
        async for event in stream.events():
            await runner.handle(record_of(event.message))

    app.agent(topic, name=f"storybraid.{stage.name}")(agent)
    app.on_partitions_revoked.connect(_revoked(given), weak=False)
    app.on_partitions_assigned.connect(_assigned(given), weak=False)
    return app


def record_of(message: Any) -> Record:
    """A Faust message as the stage knows it."""
    headers = message.headers
    pairs = list(headers.items()) if isinstance(headers, dict) else list(headers or ())
    timestamp = from_milliseconds(int((message.timestamp or 0) * 1000))
    return Record(message.topic, message.partition, message.offset, message.key, message.value, pairs, timestamp)


def _sender(app: faust.App) -> Callable[..., Any]:
    async def send(outgoing: Any) -> None:
        producer = await app.maybe_start_producer()
        try:
            await producer.send_and_wait(
                outgoing.topic, outgoing.key, outgoing.value, outgoing.partition, None, outgoing.headers
            )
        except ProducerSendError as error:
            # Faust hides what Kafka said; whether waiting helps depends on it.
            raise error.__cause__ or error from None

    return send


def _revoked(given: Surroundings) -> Callable[..., Any]:
    async def revoked(app: faust.App, partitions: Any, **_: object) -> None:
        given.health.hindered(REBALANCING, "the group is sharing out its partitions")
        given.health.excused()
        given.journal.forget()

    return revoked


def _assigned(given: Surroundings) -> Callable[..., Any]:
    async def assigned(app: faust.App, partitions: Any, **_: object) -> None:
        given.health.excused()
        given.health.cleared(REBALANCING)
        given.health.cleared("starting")

    return assigned


async def _serve(app: faust.App, given: Surroundings, stop: asyncio.Event) -> None:
    await app.start()
    looking = asyncio.create_task(probe(app, given))
    crashed = asyncio.ensure_future(app.wait_until_stopped())
    await _either(crashed, stop)
    looking.cancel()
    if not stop.is_set() or app.crash_reason is not None:
        raise app.crash_reason or RuntimeError("the Faust app stopped by itself")
    # Stopping may hang after a broker went away; lifecycle ends the process when its time is up.
    await app.stop()


async def _either(task: "asyncio.Future[Any]", stop: asyncio.Event) -> None:
    asked = asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, asked}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if task.done():
        task.result()
    else:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
