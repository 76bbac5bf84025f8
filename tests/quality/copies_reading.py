"""The labelled articles and the seeds, read by the rooms before this one, as copies see them."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from contracts.messages.raw_article import RawArticleV1
from contracts.rejection import Rejection
from services.deduplication.domain.article import Article
from services.deduplication.wire import article_of
from services.extraction import packs as extraction_packs
from services.extraction.handler import Knowledge, extract
from services.ingest.handler import accept_message
from services.language_detection import packs as language_packs
from services.language_detection.domain.article import Models
from services.language_detection.handler import identify

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
Labelled = tuple[Article, str | None, str | None]


def labelled_articles(*, agencies: bool) -> list[Labelled]:
    """Each article with its sibling and the kind of that; without `agencies` the publisher says none."""
    lines = (SHARED / "eval" / "stories" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [(_labelled(row, agencies), row["sibling_of"], row["sibling_kind"]) for row in map(json.loads, lines)]


def seed_articles() -> list[Article]:
    """The seeds, each under its number, received the day after the last was published."""
    received = datetime(2026, 1, 8, 9, tzinfo=UTC)
    paths = sorted((SHARED / "seeds").glob("*.txt"))
    return [_read(RawArticleV1(body=path.read_text(encoding="utf-8"), id=path.name[:3]), received) for path in paths]


def _labelled(row: dict[str, Any], agencies: bool) -> Article:
    raw = RawArticleV1(
        body=row["body"],
        headline=row["headline"],
        outlet=row["outlet"],
        published_at=row["published_at"],
        agency=row["agency"] if agencies else None,
        id=row["id"],
    )
    return _read(raw, datetime.fromisoformat(f"{row['published_at']}T20:00:00+00:00"))


def _read(raw: RawArticleV1, received: datetime) -> Article:
    accepted = accept_message(raw, received)
    assert not isinstance(accepted, Rejection)
    models, knowledge = _packs()
    article = article_of(extract(identify(accepted, models), knowledge))
    return replace(article, article_id=raw.id or article.article_id)


@cache
def _packs() -> tuple[Models, Knowledge]:
    return language_packs.load(), extraction_packs.load()
