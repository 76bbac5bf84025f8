"""A gateway without Kafka: a projection written by the test, and the real application on it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from contracts.codec import Encoded
from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.spans import SpanV1
from contracts.messages.story import SourcedTextV1, StoryEntityV1, StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.gateway.projection.notifier import Notifier
from services.gateway.projection.reader import Reader
from services.gateway.projection.writer import Batch, Writer
from services.gateway.publishing import Landed, UnavailableError
from services.gateway.settings import Settings
from services.gateway.web import server
from services.gateway.web.app import create_app
from tests.helpers.bus import START, FixedClock

EXAMPLES = Path(__file__).resolve().parents[2] / "contracts" / "examples"
_DEFAULTS = {"gateway_requests_burst": 100_000, "gateway_heartbeat_seconds": 0.2, "gateway_port": 0}
HOST = "http://127.0.0.1:8080"


@dataclass
class Shelf:
    """A publisher that keeps what it is given."""

    records: list[Encoded] = field(default_factory=list)
    broken: bool = False

    async def publish(self, records: Sequence[Encoded]) -> list[Landed]:
        """Keep the records, or be away."""
        if self.broken:
            raise UnavailableError("nobody answers")
        self.records += records
        return [Landed(0, len(self.records) - len(records) + number) for number in range(len(records))]


class Gateway:
    """One projection and one application."""

    def __init__(self, home: Path, **settings: Any) -> None:
        self.settings = Settings(state_dir=home, **_DEFAULTS | settings)
        self.clock, self.notifier, self.publisher = FixedClock(), Notifier(), Shelf()
        self.writer = Writer(self.settings.database)
        self.writer.begin("aaaa", 0)
        self.notifier.caught_up = True
        self.reader = Reader(self.settings.database)
        self.app: FastAPI = create_app(self.reader, self.notifier, self.publisher, self.settings, self.clock)
        self._position = -1

    def client(self, address: str = "127.0.0.1") -> httpx.AsyncClient:
        """A client of the application, without a network."""
        transport = httpx.ASGITransport(self.app, client=(address, 50_000), raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=HOST)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """The application on a real socket, as long as the block runs; yields its address."""
        listening, serving = server.bound(self.settings), server.server_of(self.app, self.settings)
        self.serving = serving
        running = asyncio.create_task(serving.serve([listening]))
        try:
            yield server.url_of(listening)
        finally:
            self.notifier.close()
            serving.should_exit = True
            await running

    def tell(self, *stories: StoryV1, kind: str = "updated", links_only: bool = False) -> None:
        """Write stories, each with its change, and let everybody know."""
        changes = []
        for story in stories:
            self._position += 1
            changes.append((self._position, change(story, kind, links_only)))
        self.writer.apply(Batch(stories=stories, changes=tuple(changes)))
        self.notifier.notify()

    def examples(self) -> None:
        """Write the contract's example articles and stories."""
        articles = [ExtractedArticleV1.model_validate_json(each) for each in _examples("extracted_article")]
        self.writer.apply(Batch(articles=tuple(articles)))
        self.tell(*(StoryV1.model_validate_json(each) for each in _examples("story")))

    def close(self) -> None:
        """Let the file go."""
        self.app.state.subscriptions.close()
        self.writer.close()


def _examples(name: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((EXAMPLES / name / "v1").glob("*.json"))]


def story(number: int | str, title: str = "A bridge opens", version: int = 1, **more: Any) -> StoryV1:
    """A story of little content; `minute` says when it changed."""
    language = more.pop("language", "en")
    at = START + timedelta(minutes=more.pop("minute", version))
    told = SourcedTextV1(language=language, text=title, article_id=f"a{number}", span=span(title))
    fields: dict[str, Any] = {
        "story_id": f"story-{number}", "version": version, "state": "open", "titles": (told,), "leads": (told,),
        "languages": (language,), "independent_sources": 1, "updated_at": at,
    }  # fmt: skip
    return StoryV1(**fields | more)


def span(text: str) -> SpanV1:
    """A place in a headline."""
    return SpanV1(part="headline", start=0, end=len(text), text=text)


def entity(identity: str, name: str, *surfaces: str, kind: str = "person") -> StoryEntityV1:
    """Somebody a story is about."""
    return StoryEntityV1(id=identity, type=kind, name=name, articles=1, mentions=1, surfaces=surfaces)


def change(told: StoryV1, kind: str = "updated", links_only: bool = False) -> StoryChangeV1:
    """The change that a story's version is."""
    return StoryChangeV1.model_validate(
        {
            "change_id": f"{told.story_id}:{told.version}", "story_id": told.story_id, "version": told.version,
            "kind": kind, "caused_by": "a1", "links_only": links_only,
            "articles": len(told.articles), "independent_sources": 1,
            "title": told.titles[0].text if told.titles else None, "at": told.updated_at,
        }
    )  # fmt: skip


def at(minute: int) -> datetime:
    """A moment that `story(minute=...)` means."""
    return START + timedelta(minutes=minute)


def lines(*articles: dict[str, Any]) -> bytes:
    """Articles as JSON lines."""
    return b"".join(json.dumps(article, ensure_ascii=False).encode() + b"\n" for article in articles)
