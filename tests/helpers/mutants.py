"""The tiny rooms with one rule of delivery broken, to see that the fault runs notice it.

`python -m tests.helpers.mutants <mutation> <room>`, or `python -m tests.fault.run SCHEDULE --mutant <mutation>`.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from typing import Any

from services.shared.runtime import stage_runner, transactional_worker
from services.shared.runtime.stage import Outgoing, Record
from tests.helpers import tiny_rooms

_tasks: set[Any] = set()


def _unawaited() -> None:
    """Rule 2: the send is not awaited before the record counts as done."""

    async def deliver(self: Any, record: Record, outgoing: Outgoing) -> None:
        async def late() -> None:
            await asyncio.sleep(0.5)
            await self._send(outgoing)

        task = asyncio.ensure_future(late())
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)

    stage_runner.StageRunner._deliver = deliver  # type: ignore[method-assign]


def _escaping() -> None:
    """Rule 1: a failed delivery leaves the agent as an exception, which acks the record."""

    async def handle(self: Any, record: Record) -> None:
        outgoing = await self._decide(record)
        if record.offset % 97 == 5:
            raise RuntimeError("a delivery failed")
        await self._send(outgoing)

    stage_runner.StageRunner.handle = handle  # type: ignore[method-assign]


def _not_transactional() -> None:
    """The worker with state writes first and commits afterwards, without a transaction."""
    os.environ["STORYBRAID_DELIVERY"] = "at-least-once"


def _forgetful() -> None:
    """The state is not rebuilt after a start."""

    async def restore(stage: Any, *_: Any) -> Any:
        return stage.fresh()

    transactional_worker.restore = restore  # type: ignore[attr-defined, assignment]


MUTATIONS: dict[str, Callable[[], None]] = {
    "unawaited": _unawaited,
    "escaping": _escaping,
    "not-transactional": _not_transactional,
    "forgetful": _forgetful,
}


if __name__ == "__main__":
    MUTATIONS[sys.argv[1]]()
    tiny_rooms.main(sys.argv[2])
