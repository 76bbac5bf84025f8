"""Labelled articles through the project's own rooms: what the quality of stories is measured on."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.raw_article import RawArticleV1
from contracts.rejection import Rejection
from services.client.pipeline import Rooms
from services.ingest.handler import accept_message

RECEIVED = datetime(2026, 2, 1, 12, tzinfo=UTC)
"""One day of receipt for all: days of publication have to come from the articles."""
ROOMS = Rooms()


def labelled(path: Path) -> list[dict[str, Any]]:
    """The articles of a labelled set, without those nobody could label."""
    lines = path.read_text("utf-8").splitlines()
    return [row for row in map(json.loads, filter(None, lines)) if not row.get("ambiguous")]


def titles(path: Path) -> list[dict[str, Any]]:
    """Headlines alone, as labelled rows."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        {"id": r["uri"], "lang": r["lang"], "event": r["cluster_id"], "headline": r["title"],
         "published_at": r["published_at"][:10]}
        for r in rows
    ]  # fmt: skip


def extracted(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, ExtractedArticleV1]]:
    """(label id, extracted article) of every row; a refused row is an error in the set."""
    for row in rows:
        raw = RawArticleV1(
            id=row["id"], outlet=row.get("outlet"), headline=row.get("headline") or None, body=row.get("body") or None,
            published_at=row.get("published_at") or None,
        )  # fmt: skip
        yield row["id"], through(raw, RECEIVED)


def through(raw: RawArticleV1, received: datetime) -> ExtractedArticleV1:
    """One article through ingest, language detection and extraction."""
    accepted = accept_message(raw, received)
    if isinstance(accepted, Rejection):
        raise ValueError(f"{raw.id} was refused: {accepted.reason}")
    return ROOMS.extract(ROOMS.identify(accepted))


@cache
def seeds(folder: Path, received: datetime) -> tuple[tuple[str, ExtractedArticleV1], ...]:
    """The seed articles, received at one time and told nothing else; by the first three characters of their names."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as text:
            raw = RawArticleV1(id=path.name[:3], body=text.read())
        found.append((path.name[:3], through(raw, received)))
    return tuple(found)
