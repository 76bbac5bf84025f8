"""Changes as they happen (server-sent events): each client reads the log at its own pace, nothing is kept for it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from starlette.types import Receive, Scope, Send

from services.gateway import metrics
from services.gateway.answers import Problem
from services.gateway.settings import Settings
from services.gateway.web.follow import Follower, start_of
from services.gateway.web.queries import Wanted
from services.gateway.web.stream import ChangeLog

RETRY_MS = 1000
_PLACE = r"^([0-9a-f-]{0,40}\.)?(-1|[0-9]{1,15})$"
After = Annotated[
    str | None,
    Query(pattern=_PLACE, description="Go on after this event; -1 is the beginning. Default: from now."),
]
EventId = Annotated[str | None, Header(description="As EventSource sends it; wins over `after`.")]
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"description": "An event per change.", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
}
router = APIRouter(prefix="/api/v1", tags=["following"])


@dataclass
class Streams:
    """Who streams now, and the most there may be."""

    log: ChangeLog
    settings: Settings
    _clients: Counter[str] = field(default_factory=Counter)

    def enter(self, client: str) -> None:
        """One more; raises Problem where there are too many."""
        if self._clients.total() >= self.settings.gateway_streams:
            raise Problem(503, "too many streams", {"Retry-After": "10"})
        if self._clients[client] >= self.settings.gateway_streams_per_client:
            raise Problem(429, "too many streams from this address", {"Retry-After": "10"})
        self._clients[client] += 1
        metrics.STREAMS.set(self._clients.total())

    def leave(self, client: str, why: str) -> None:
        """One less."""
        self._clients[client] -= 1
        if not self._clients[client]:
            del self._clients[client]
        metrics.STREAMS.set(self._clients.total())
        metrics.STREAMS_ENDED.labels(why).inc()


@router.get("/changes", response_class=Response, responses=_STREAM)
async def changes(request: Request, wanted: Wanted, after: After = None, last_event_id: EventId = None) -> Response:
    """Every change as an event `change`; `reset` says that some were missed: read the stories anew."""
    streams: Streams = request.app.state.streams
    follower = Follower(streams.log, wanted, start_of(last_event_id) or start_of(after))
    client = request.client.host if request.client else ""
    streams.enter(client)
    return EventStream(streams, follower, client)


class EventStream(Response):
    """Writes until the client goes or is too slow, or the gateway ends."""

    def __init__(self, streams: Streams, follower: Follower, client: str) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(None, 200, headers, "text/event-stream")
        del self.headers["content-length"]
        self._streams, self._follower, self._client = streams, follower, client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream, and notice when the client goes."""
        writing = asyncio.create_task(self._write(send))
        leaving = asyncio.create_task(_gone(receive))
        why = "gone"
        try:
            await asyncio.wait({writing, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if writing.done():
                why = writing.result()
        finally:
            writing.cancel()
            leaving.cancel()
            self._streams.leave(self._client, why)

    async def _write(self, send: Send) -> str:
        patience = self._streams.settings.gateway_write_seconds
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async for chunk in self._chunks():
            try:
                async with asyncio.timeout(patience):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            except TimeoutError:
                return "slow"
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return "ending"

    async def _chunks(self) -> AsyncIterator[bytes]:
        notifier, heartbeat = self._streams.log.notifier, self._streams.settings.gateway_heartbeat_seconds
        yield f"retry: {RETRY_MS}\n\n".encode()
        marked = b""
        while not notifier.closed.is_set():
            gate = notifier.gate()
            async for chunk in self._follower.news():
                yield chunk
                marked = self._follower.mark()
            if not marked:
                yield (marked := self._follower.mark())
            try:
                async with asyncio.timeout(heartbeat):
                    await gate.wait()
            except TimeoutError:
                yield b": still here\n" + self._follower.mark()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
