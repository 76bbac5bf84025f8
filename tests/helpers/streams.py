"""An SSE client that remembers where it was, as EventSource does."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx


@dataclass(frozen=True, slots=True)
class Event:
    """One dispatched event."""

    name: str
    data: str
    id: str


class Listener:
    """Parses a stream as the HTML standard says; `last` is what goes into Last-Event-ID."""

    def __init__(self, url: str, last: str | None = None) -> None:
        self.url, self.last, self.beats = url, last, 0

    async def events(self, client: httpx.AsyncClient) -> AsyncIterator[Event]:
        """The events of one connection, until it ends."""
        headers = {"Last-Event-ID": self.last} if self.last else {}
        async with client.stream("GET", self.url, headers=headers) as answer:
            answer.raise_for_status()
            assert answer.headers["content-type"].startswith("text/event-stream")
            name, identity = "message", self.last or ""
            data: list[str] = []
            async for line in answer.aiter_lines():
                if not line:
                    self.last = identity or self.last
                    if data:
                        yield Event(name, "\n".join(data), identity)
                    name, data = "message", []
                elif line.startswith(":"):
                    self.beats += 1
                else:
                    field, _, value = line.partition(":")
                    value = value.removeprefix(" ")
                    if field == "event":
                        name = value
                    elif field == "data":
                        data.append(value)
                    elif field == "id":
                        identity = value


def client() -> httpx.AsyncClient:
    """A client that waits for a stream as long as it takes to hear something."""
    return httpx.AsyncClient(timeout=httpx.Timeout(10), limits=httpx.Limits(max_connections=None))
