"""The read side: what the web asks of the projection. Any thread may ask; nothing can be changed through it."""

import json
import sqlite3
from pathlib import Path
from threading import local
from typing import Any

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.gateway.domain import cursors
from services.gateway.domain.filters import ChangeFilter
from services.gateway.projection import finding, schema
from services.gateway.projection.documents import milliseconds, moment, unpack
from services.gateway.projection.values import (
    Card,
    NamedEntity,
    Redirected,
    StoredChange,
    StoryPage,
    StoryQuery,
)
from services.shared.text.fold import fold_text

MOST_REDIRECTS = 50
EVERYTHING = ChangeFilter()


class Reader:
    """Reads the file a `Writer` has made. Calls block for a moment: many of them belong into threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._own = local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = schema.open_for_reading(self._path)
        return connection

    def stories(self, query: StoryQuery) -> StoryPage:
        """The stories a query finds, newest change first. Raises ValueError where the cursor is none."""
        connection = self._connection()
        sql, values = finding.statement(connection, query)
        cards = [_card(row) for row in connection.execute(sql, values)]
        if len(cards) <= query.limit:
            return StoryPage(tuple(cards))
        last = cards[query.limit - 1]
        after = cursors.write(cursors.Place(milliseconds(last.updated_at), last.story_id))
        return StoryPage(tuple(cards[: query.limit]), after)

    def story(self, story_id: str) -> StoryV1 | Redirected | None:
        """One story; where it was merged, the id under which it is told now."""
        row = self._row(story_id)
        if row is None:
            return None
        if row[0] is None:
            return unpack(StoryV1, row[1])
        return Redirected(self._followed(row[0], story_id))

    def card(self, story_id: str) -> Card | None:
        """One story as it stands in a list; redirects are not followed."""
        sql = f"SELECT {finding.COLUMNS} FROM stories WHERE story_id = ?"  # noqa: S608  (our own words)
        row = self._connection().execute(sql, (story_id,)).fetchone()
        return _card(row) if row else None

    def _row(self, story_id: str) -> tuple[str | None, bytes] | None:
        found = self._connection().execute("SELECT merged_into, document FROM stories WHERE story_id = ?", (story_id,))
        row: tuple[str | None, bytes] | None = found.fetchone()
        return row

    def _followed(self, to: str, start: str) -> str:
        """The end of a chain of redirects; of a ring, the first step."""
        first, seen = to, {start}
        while to not in seen and len(seen) < MOST_REDIRECTS:
            seen.add(to)
            row = self._row(to)
            if row is None or row[0] is None:
                return to
            to = row[0]
        return first

    def versions(self, story_id: str) -> list[StoryV1]:
        """Older versions of a story as far as they are kept, newest first; the present one is not among them."""
        rows = self._connection().execute(
            "SELECT v.document FROM story_versions AS v JOIN stories ON stories.id = v.story"
            " WHERE story_id = ? ORDER BY v.version DESC",
            (story_id,),
        )
        return [unpack(StoryV1, row[0]) for row in rows]

    def version(self, story_id: str, version: int) -> StoryV1 | None:
        """One version of a story, the present one included."""
        rows = self._connection().execute(
            "SELECT document FROM stories WHERE story_id = :id AND version = :version UNION ALL"
            " SELECT v.document FROM story_versions AS v JOIN stories ON stories.id = v.story"
            " WHERE story_id = :id AND v.version = :version LIMIT 1",
            {"id": story_id, "version": version},
        )
        row = rows.fetchone()
        return unpack(StoryV1, row[0]) if row else None

    def article(self, article_id: str) -> ExtractedArticleV1 | None:
        """One article with everything read from it."""
        rows = self._connection().execute("SELECT document FROM articles WHERE article_id = ?", (article_id,))
        row = rows.fetchone()
        return unpack(ExtractedArticleV1, row[0]) if row else None

    def entities(self, prefix: str, limit: int = 20) -> list[NamedEntity]:
        """Entities one of whose names begins so, those in most stories first."""
        folded = fold_text(prefix)
        rows = self._connection().execute(
            "SELECT e.entity_id, e.type, e.name, count(*) AS stories"
            " FROM entities AS e JOIN story_entities USING (entity_id)"
            " WHERE substr(folded, 1, :length) = :prefix OR entity_id IN"
            "   (SELECT entity_id FROM entity_words WHERE word >= :prefix AND substr(word, 1, :length) = :prefix)"
            " GROUP BY e.entity_id ORDER BY stories DESC, e.name LIMIT :limit",
            {"prefix": folded, "length": len(folded), "limit": limit},
        )
        return [NamedEntity(*row) for row in rows]

    def languages(self) -> list[str]:
        """The languages stories are told in, those of most stories first."""
        rows = self._connection().execute(
            "SELECT language FROM story_languages GROUP BY language ORDER BY count(*) DESC, language"
        )
        return [row[0] for row in rows]

    def changes_of(self, story_id: str) -> list[StoryChangeV1]:
        """Every kept change of a story, in order."""
        rows = self._connection().execute(
            "SELECT document FROM changes WHERE story_id = ? ORDER BY position", (story_id,)
        )
        return [StoryChangeV1.model_validate_json(row[0]) for row in rows]

    def changes_after(
        self, position: int, limit: int, wanted: ChangeFilter = EVERYTHING
    ) -> list[tuple[int, StoryChangeV1]]:
        """The wanted ones among the next `limit` changes after a position of the stream."""
        return [
            (each.position, each.change) for each in self.stored_after(position, limit) if wanted.accepts(each.told)
        ]

    def stored_after(self, position: int, limit: int) -> list[StoredChange]:
        """The next `limit` changes after a position, each with what its story was about."""
        rows = self._connection().execute(
            "SELECT position, document, languages, entities FROM changes WHERE position > ? ORDER BY position LIMIT ?",
            (position, limit),
        )
        return [
            StoredChange(
                at, StoryChangeV1.model_validate_json(document), frozenset(json.loads(languages)),
                frozenset(json.loads(entities)),
            )
            for at, document, languages, entities in rows
        ]  # fmt: skip

    def newest_position(self) -> int:
        """The position of the newest change; -1 where there is none."""
        row = self._connection().execute("SELECT coalesce(max(position), -1) FROM changes").fetchone()
        return int(row[0])

    def first_position(self) -> int:
        """From this position on every change is held; a client that stopped before it has missed some."""
        return int(self._meta("first_change") or 0)

    def lineage(self) -> str:
        """Which stream the positions belong to; another cluster has another one."""
        return self._meta("lineage") or ""

    def _meta(self, name: str) -> str | None:
        row = self._connection().execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None


def _card(row: tuple[Any, ...]) -> Card:
    story_id, version, state, titles, languages, sources, articles, last_change, changed = row
    return Card(
        story_id, version, state, json.loads(titles), tuple(json.loads(languages)), sources, articles, last_change,
        moment(changed),
    )  # fmt: skip
