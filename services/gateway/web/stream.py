"""The stream of changes as subscribers read it: the newest from memory, once for all; older ones from SQLite."""

import asyncio
from bisect import bisect_right
from dataclasses import dataclass

from services.gateway.projection.notifier import Notifier
from services.gateway.projection.reader import Reader
from services.gateway.projection.values import StoredChange

KEPT = 2000
CHUNK = 200
_BREAKS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


class MissedError(LookupError):
    """Changes after this position are not kept any more."""


@dataclass(frozen=True, slots=True)
class Framed:
    """A change, and the bytes every SSE client gets for it."""

    stored: StoredChange
    frame: bytes


class ChangeLog:
    """However many clients follow it, a change is read and written out once."""

    def __init__(self, reader: Reader, notifier: Notifier) -> None:
        self._reader, self.notifier = reader, notifier
        self.lineage = ""
        self._tail: list[Framed] = []
        self._positions: list[int] = []
        self._before = -1
        """Everything after this position is in the tail."""
        self._turn = -1
        self._busy = asyncio.Lock()

    async def refresh(self) -> None:
        """Take in what has come since the last look; whoever comes first looks for all."""
        if self._turn == self.notifier.turn:
            return
        async with self._busy:
            turn = self.notifier.turn
            if self._turn != turn:
                await self._look()
                self._turn = turn

    async def _look(self) -> None:
        lineage = await asyncio.to_thread(self._reader.lineage)
        if lineage != self.lineage:
            self.lineage, self._tail, self._positions = lineage, [], []
            self._before = max(-1, await asyncio.to_thread(self._reader.newest_position) - KEPT)
        while new := await asyncio.to_thread(self._reader.stored_after, self.newest, 1000):
            self._tail += [Framed(each, frame(lineage, each)) for each in new]
            self._positions += [each.position for each in new]
            if len(self._tail) > 2 * KEPT:
                self._before = self._positions[-KEPT - 1]
                del self._tail[:-KEPT], self._positions[:-KEPT]

    @property
    def newest(self) -> int:
        """The position of the newest change."""
        return self._positions[-1] if self._positions else self._before

    async def after(self, position: int) -> list[Framed]:
        """The next changes after a position, a bounded number; raises MissedError where some are gone."""
        await self.refresh()
        if position >= self._before:
            at = bisect_right(self._positions, position)
            return self._tail[at : at + CHUNK]
        return await asyncio.to_thread(self._old, position)

    def _old(self, position: int) -> list[Framed]:
        old = self._reader.stored_after(position, CHUNK)
        # Asked after reading: what was dropped before the read is known by then. -1 is the beginning, wherever that is.
        if position >= 0 and position + 1 < self._reader.first_position():
            raise MissedError
        return [Framed(each, frame(self.lineage, each)) for each in old]

    async def missed(self, position: int) -> bool:
        """Whether changes after this position are not kept any more."""
        return position >= 0 and position + 1 < await asyncio.to_thread(self._reader.first_position)


def frame(lineage: str, stored: StoredChange) -> bytes:
    """A change as an event. Its JSON holds no line breaks, not even those that only Unicode and some clients know."""
    data = stored.change.model_dump_json(exclude_none=True).translate(_BREAKS)
    return f"id: {lineage}.{stored.position}\nevent: change\ndata: {data}\n\n".encode()
