"""Where one client stands in the stream of changes, and what it is to be sent next."""

import json
from collections.abc import AsyncIterator

from services.gateway import metrics
from services.gateway.domain.filters import ChangeFilter
from services.gateway.web.stream import ChangeLog, Framed, MissedError

Start = tuple[str | None, int]
OTHER = "this is another stream than the one you followed"
GONE = "changes after that one are not kept any more"
AHEAD = "this stream has not come that far"


def start_of(event_id: str | None) -> Start | None:
    """Lineage and position of an event id; None where there is none. A strange one is that of another stream."""
    if not event_id:
        return None
    lineage, _, position = event_id.rpartition(".")
    try:
        return lineage or None, int(position)
    except ValueError:
        return "?", -1


class Follower:
    """One client's place. Everything else is the log's."""

    def __init__(self, log: ChangeLog, wanted: ChangeFilter, start: Start | None) -> None:
        self._log, self._wanted, self._start = log, wanted, start
        self._place: Start | None = None
        """None until it is clear that the client can go on from where it was."""

    def mark(self) -> bytes:
        """An empty event with the place reached: a client whose filter lets little through comes back to here."""
        return f"id: {self._place[0]}.{self._place[1]}\n\n".encode() if self._place else b":\n\n"

    async def news(self) -> AsyncIterator[bytes]:
        """What has come since the last time, in bounded pieces; a `reset` first where some of it is lost."""
        await self._log.refresh()
        if not self._log.lineage:
            return
        if why := await self._settle():
            yield self._reset(why)
        while self._place:
            try:
                found = await self._log.after(self._place[1])
            except MissedError:
                yield self._reset(GONE)
                return
            if not found:
                return
            self._place = (self._place[0], found[-1].stored.position)
            if wanted := [each.frame for each in found if self._wants(each)]:
                metrics.STREAMED.inc(len(wanted))
                yield b"".join(wanted)

    async def _settle(self) -> str | None:
        """Find out where to go on; why this is not where the client was."""
        log = self._log
        if self._place:
            return None if self._place[0] == log.lineage else OTHER
        if self._start is None:
            self._place = (log.lineage, log.newest)
            return None
        lineage, position = self._start
        if lineage not in (None, log.lineage):
            return OTHER
        if await log.missed(position):
            return GONE
        if position > log.newest:
            # A projection that is being built may still come to where the client was.
            return AHEAD if log.notifier.caught_up else None
        self._place = (log.lineage, position)
        return None

    def _reset(self, why: str) -> bytes:
        self._place = (self._log.lineage, self._log.newest)
        return self.mark()[:-1] + f"event: reset\ndata: {json.dumps({'why': why})}\n\n".encode()

    def _wants(self, each: Framed) -> bool:
        return self._wanted.accepts(each.stored.told)
