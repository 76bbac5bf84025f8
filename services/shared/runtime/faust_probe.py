"""Asks the broker every two seconds how far the records go, for lag, readiness and the watchdog."""

from typing import Any

from services.shared.runtime.health import expired, waiting
from services.shared.runtime.lifecycle import Surroundings
from services.shared.runtime.surroundings import keep_looking


async def probe(app: Any, given: Surroundings) -> None:
    """Look for ever."""
    await keep_looking(lambda: _look(app, given), given.health)


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
