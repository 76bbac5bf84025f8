"""One polite request: conditional, bounded in size and time."""

import asyncio
from dataclasses import dataclass

import httpx

from services.client.feeds.state import FeedState

MOST_BYTES = 8 * 1024 * 1024
TIMEOUT = httpx.Timeout(20.0, connect=10.0)
TOTAL_SECONDS = 60.0
AGENT = "storybraid-feeds (+RSS and Atom reader)"
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"


class FetchError(OSError):
    """The feed could not be had; `retry_after` is what the server asked for, `gone` that it is not coming back."""

    def __init__(self, why: str, retry_after: float = 0.0, gone: bool = False) -> None:
        super().__init__(why)
        self.retry_after, self.gone = retry_after, gone


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came."""

    data: bytes
    content_type: str
    etag: str | None
    last_modified: str | None


def client() -> httpx.AsyncClient:
    """The client for all feeds."""
    return httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=True, max_redirects=5, headers={"User-Agent": AGENT})


async def fetch(http: httpx.AsyncClient, url: str, known: FeedState) -> Fetched | None:
    """The feed; None where it has not changed. Raises FetchError."""
    headers = {"Accept": _ACCEPT}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    try:
        async with asyncio.timeout(TOTAL_SECONDS), http.stream("GET", url, headers=headers) as answer:
            return None if answer.status_code == 304 else await _read(answer)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise FetchError(f"{type(error).__name__}: {error}"[:300]) from error


async def _read(answer: httpx.Response) -> Fetched:
    if answer.status_code != 200:
        told = answer.headers.get("retry-after", "")
        pause = float(told) if told.isascii() and told.isdigit() and len(told) < 7 else 0.0
        raise FetchError(f"answered {answer.status_code}", pause, answer.status_code == 410)
    data = bytearray()
    async for piece in answer.aiter_bytes():
        data += piece
        if len(data) > MOST_BYTES:
            raise FetchError(f"larger than {MOST_BYTES} bytes")
    headers = answer.headers
    return Fetched(bytes(data), headers.get("content-type", ""), headers.get("etag"), headers.get("last-modified"))
