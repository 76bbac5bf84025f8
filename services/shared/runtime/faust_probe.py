"""Asks the broker every two seconds how far the records go, for lag, readiness and the watchdog."""

import asyncio
from typing import Any

from services.shared.runtime.health import expired, waiting
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.surroundings import BROKER

LOOK_SECONDS = 2.0


async def probe(app: Any, given: Surroundings) -> None:
    """Look for ever; a broker that does not answer is a hindrance, not a stall."""
    while True:
        try:
            await asyncio.wait_for(_look(app, given), 5)
            given.health.cleared(BROKER)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            given.health.hindered(BROKER, repr(error)[:300])
            given.health.excused()
        await asyncio.sleep(LOOK_SECONDS)


async def _look(app: Any, given: Surroundings) -> None:
    partitions = list(app.consumer.assignment())
    if not partitions:
        given.health.lags({}, None)
        return
    ends = await app.consumer.highwaters(*partitions)
    begins = await app.consumer.earliest_offsets(*partitions)
    committed = {tp: _committed(app, tp) for tp in partitions}
    lag = {(tp.topic, tp.partition): waiting(committed[tp], begins.get(tp), ends.get(tp)) for tp in partitions}
    for tp in partitions:
        given.health.mourn(tp.topic, tp.partition, expired(committed[tp], begins.get(tp)))
    reached = tuple(sorted((tp.topic, tp.partition, committed[tp]) for tp in partitions))
    given.health.lags(lag, reached, {(tp.topic, tp.partition): ends.get(tp) or 0 for tp in partitions})


def _committed(app: Any, partition: Any) -> int:
    done = app.monitor.tp_committed_offsets.get(partition)
    return int(done) if done is not None else int(app.consumer._committed_offset[partition] or 0)
