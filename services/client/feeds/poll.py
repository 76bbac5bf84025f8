"""Asks every feed in its turn and publishes what is new. A host is asked one thing at a time, with pauses."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from contracts.messages.raw_article import RawArticleV1
from services.client.feeds.decoding import decode
from services.client.feeds.entries import NotAFeedError, Parsed, parse
from services.client.feeds.fetch import FetchError, fetch
from services.client.feeds.settings import Feed, FeedList
from services.client.feeds.state import FeedState, Memory
from services.shared.runtime.clock import Clock

LONGEST_PAUSE = 24 * 3600.0
AT_ONCE = 8
Publish = Callable[[RawArticleV1], Awaitable[object]]
Tell = Callable[["Report"], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What one look at a feed led to."""

    feed: Feed
    new: int = 0
    entries: int = 0
    unchanged: bool = False
    trouble: str | None = None


@dataclass
class Poller:
    """All feeds of a list."""

    wanted: FeedList
    memory: Memory
    path: Path
    publish: Publish
    tell: Tell
    clock: Clock
    http: httpx.AsyncClient
    _hosts: dict[str, asyncio.Lock] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)
    _few: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def once(self) -> None:
        """Ask every feed that is due, and come back."""
        now = self.clock.now().timestamp()
        due = [feed for feed in self.wanted.feed if self._due(feed) <= now]
        await asyncio.gather(*(self._look(feed) for feed in due))

    async def for_ever(self) -> None:
        """Ask every feed whenever it is due."""
        await asyncio.gather(*(self._again(feed) for feed in self.wanted.feed))

    async def _again(self, feed: Feed) -> None:
        while not self.memory.of(feed.url).gone:
            await asyncio.sleep(max(0.0, self._due(feed) - self.clock.now().timestamp()))
            await self._look(feed)

    def _due(self, feed: Feed) -> float:
        known = self.memory.of(feed.url)
        return float("inf") if known.gone else known.next_at

    async def _look(self, feed: Feed) -> None:
        known = self.memory.of(feed.url)
        try:
            report = await self._taken(feed, known)
            known.failures, pause = 0, self.wanted.every(feed)
        except (FetchError, NotAFeedError) as error:
            known.failures += 1
            known.gone = getattr(error, "gone", False)
            grown = self.wanted.every(feed) * 2.0 ** min(known.failures - 1, 20)
            pause = max(min(grown, LONGEST_PAUSE), getattr(error, "retry_after", 0.0))
            report = Report(feed, trouble=str(error))
        finally:
            self.memory.write(self.path)
        known.next_at = self.clock.now().timestamp() + pause
        self.memory.write(self.path)
        self.tell(report)

    async def _taken(self, feed: Feed, known: FeedState) -> Report:
        fetched = await self._fetched(feed, known)
        if fetched is None:
            return Report(feed, unchanged=True)
        parsed: Parsed = await asyncio.to_thread(lambda: parse(decode(fetched.data, fetched.content_type), feed))
        fresh = [entry for entry in parsed.entries if known.seen.get(entry.key) != entry.digest]
        # Feeds are written newest first; remembered one by one, so that trouble repeats no more than one.
        for entry in reversed(fresh):
            await self.publish(entry.article)
            known.remember(entry.key, entry.digest)
        known.etag, known.last_modified = fetched.etag, fetched.last_modified
        return Report(feed, len(fresh), len(parsed.entries), trouble=parsed.trouble)

    async def _fetched(self, feed: Feed, known: FeedState):  # type: ignore[no-untyped-def]  # as `fetch`
        host = urlsplit(feed.url).netloc.lower()
        async with self._hosts.setdefault(host, asyncio.Lock()), self._few:
            earliest = self._asked.get(host, float("-inf")) + self.wanted.host_pause_seconds
            await asyncio.sleep(max(0.0, earliest - self.clock.monotonic()))
            try:
                return await fetch(self.http, feed.url, known)
            finally:
                self._asked[host] = self.clock.monotonic()
