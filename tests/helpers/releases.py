"""The rooms as another release of them would be: its messages have a field more, its packs and snapshots are others.

python -m tests.helpers.releases tiny|real <room>

What both releases read of each other's messages is the same, so that a stream in which the versions are mixed must end
in the same stories. The snapshots of this release can be read by itself only: the other one has to go back to the log.
"""

import importlib
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import create_model

from contracts.messages.base import Message, Ready
from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.rejection import Rejection
from contracts.topics import Topic
from services.shared.runtime import faust_worker, transactional_worker
from services.shared.runtime.settings import RuntimeSettings
from services.shared.runtime.stage import Stage
from services.shared.runtime.stateful_stage import StatefulStage
from tests.helpers import tiny_rooms

NEXT = "next"
MARK = b"NEXT"


@cache
def _grown(model: type[Message]) -> type[Message]:
    return create_model(model.__name__, __base__=model, release=(str, NEXT))


def grown(message: Message) -> Message:
    """The message as the next minor version of its schema has it: one optional field more."""
    told = dict(message)
    if isinstance(message, ExtractedArticleV1):
        told["extracted"] = message.extracted.model_copy(update={"packs": {**message.extracted.packs, "release": NEXT}})
    return _grown(type(message)).model_construct(**told)


def longer(message: Message | Ready) -> Message | Ready:
    """The same of a message that may stand written already."""
    if not isinstance(message, Ready):
        return grown(message)
    return replace(message, value=message.value[:-1] + f',"release":"{NEXT}"}}'.encode())


def next_stage(stage: Stage) -> Stage:
    """A stateless room of the next release."""

    def handle(message: Any, received_at: Any) -> Message | Rejection:
        result = stage.handle(message, received_at)
        return result if isinstance(result, Rejection) else grown(result)

    return replace(stage, handle=handle)


def next_room(room: StatefulStage) -> StatefulStage:
    """The room with state of the next release; it reads the snapshots of both."""
    assert room.freeze is not None
    assert room.thaw is not None
    freeze, thaw = room.freeze, room.thaw

    def apply(state: Any, message: Any) -> list[tuple[Topic, Message | Ready]]:
        return [(topic, longer(each)) for topic, each in room.apply(state, message)]

    return replace(
        room,
        apply=apply,
        freeze=lambda state: MARK + freeze(state),
        thaw=lambda value: thaw(value.removeprefix(MARK)),
    )


def _builder(rooms: str, room: str) -> Callable[[], Any]:
    if rooms == "real":
        build: Callable[[], Any] = importlib.import_module(f"services.{room}.worker").build
        return build
    if room == "deduplication":
        return tiny_rooms.deduplication
    return lambda: next(stage for stage in tiny_rooms.stages() if stage.name == room)


def main(rooms: str, room: str) -> None:
    """Run one room of the next release as a worker."""
    build = _builder(rooms, room)
    if room == "deduplication":
        transactional_worker.run(lambda: next_room(build()), room, RuntimeSettings())
    else:
        faust_worker.run(lambda: next_stage(build()), room, RuntimeSettings())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
