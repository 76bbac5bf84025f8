"""Writes what the topics say into SQLite, with the place reached in each topic in the same transaction."""

import fcntl
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from contracts.topics import CHANGES
from services.gateway.projection import schema, stories
from services.gateway.projection.documents import milliseconds, pack

Partition = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is kept."""

    articles: int = 50_000
    stories: int = 100_000
    changes: int = 500_000
    versions: int = 20


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read: articles, stories and changes in order, and where to go on reading."""

    articles: tuple[ExtractedArticleV1, ...] = ()
    stories: tuple[StoryV1, ...] = ()
    changes: tuple[tuple[int, StoryChangeV1], ...] = ()
    offsets: Mapping[Partition, int] = field(default_factory=dict)


class InUseError(RuntimeError):
    """Two gateways were given one projection."""


class Writer:
    """The only one who changes the projection. One thread at a time."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = _locked(path)
        self._connection = schema.open_for_writing(path)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()
        self._lock.close()

    def offsets(self) -> dict[Partition, int]:
        """Where to go on reading."""
        rows = self._connection.execute("SELECT topic, partition, next FROM offsets")
        return {(topic, partition): following for topic, partition, following in rows}

    def lineage(self) -> str | None:
        """Which cluster this was read from."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = 'lineage'").fetchone()
        return row[0] if row else None

    def begin(self, lineage: str, first_change: int) -> None:
        """Forget everything and start anew, with the changes from this position on."""
        with schema.transaction(self._connection) as connection:
            for table in schema.CONTENT:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  (our own names)
            connection.executemany(
                "INSERT INTO meta VALUES (?, ?)", [("lineage", lineage), ("first_change", str(first_change))]
            )

    def missed_before(self, first: int) -> None:
        """The topic begins here now: what was never read before it will not come."""
        following = self.offsets().get((CHANGES.name, 0), 0)
        if following < first:
            with schema.transaction(self._connection) as connection:
                connection.execute("UPDATE meta SET value = ? WHERE name = 'first_change'", (str(first),))

    def newest_change(self) -> tuple[int, str] | None:
        """Position and id of the newest change held."""
        found = self._connection.execute("SELECT position, change_id FROM changes ORDER BY position DESC LIMIT 1")
        row: tuple[int, str] | None = found.fetchone()
        return row

    def version_of(self, story_id: str) -> int:
        """The version held of a story; 0 where it is unknown."""
        row = self._connection.execute("SELECT version FROM stories WHERE story_id = ?", (story_id,)).fetchone()
        return row[0] if row else 0

    def apply(self, batch: Batch) -> int:
        """Write a batch and the places reached, all or nothing; returns how many changes were new."""
        with schema.transaction(self._connection) as connection:
            for article in batch.articles:
                _put_article(connection, article)
            for story in batch.stories:
                stories.put(connection, story, self._limits.versions)
            new = sum(_put_change(connection, position, change) for position, change in batch.changes)
            connection.executemany(
                "INSERT OR REPLACE INTO offsets VALUES (?, ?, ?)",
                [(topic, partition, following) for (topic, partition), following in batch.offsets.items()],
            )
        return new

    def prune(self) -> None:
        """Drop what is more than is to be kept."""
        with schema.transaction(self._connection) as connection:
            _prune_changes(connection, self._limits.changes)
            connection.execute(
                "DELETE FROM articles WHERE arrived <= (SELECT max(arrived) FROM articles) - ?",
                (self._limits.articles,),
            )
            stories.prune(connection, self._limits.stories)


def _locked(path: Path) -> IO[bytes]:
    """The lock beside the file; the system lets go of it when the process ends, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = Path(f"{path}.lock").open("ab")  # noqa: SIM115  (held as long as the writer is)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        held.close()
        raise InUseError(f"another gateway writes {path}; give this one its own STORYBRAID_GATEWAY_DATABASE") from error
    return held


def _put_article(connection: sqlite3.Connection, article: ExtractedArticleV1) -> None:
    arrived = "(SELECT coalesce(max(arrived), 0) + 1 FROM articles)"
    connection.execute(
        f"INSERT OR REPLACE INTO articles VALUES (?, {arrived}, ?)",  # noqa: S608  (our own words)
        (article.article_id, pack(article)),
    )


def _put_change(connection: sqlite3.Connection, position: int, change: StoryChangeV1) -> int:
    """A repeat, which an at-least-once publisher may send, is the same change at the same moment: it is left out."""
    about = stories.about(connection, change.story_id)
    done = connection.execute(
        "INSERT OR IGNORE INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)",
        (position, change.story_id, change.change_id, milliseconds(change.at), json.dumps(about[0]),
         json.dumps(about[1]), change.model_dump_json(exclude_none=True)),
    )  # fmt: skip
    connection.execute(
        "UPDATE stories SET last_change = ? WHERE story_id = ? AND version <= ?",
        (change.kind, change.story_id, change.version),
    )
    return done.rowcount


def _prune_changes(connection: sqlite3.Connection, most: int) -> None:
    kept = "SELECT position FROM changes ORDER BY position DESC LIMIT 1 OFFSET ?"
    last = f"SELECT max(position) FROM changes WHERE position < ({kept})"  # noqa: S608  (our own words)
    row = connection.execute(last, (most - 1,)).fetchone()
    if row[0] is not None:
        connection.execute("DELETE FROM changes WHERE position <= ?", row)
        connection.execute("UPDATE meta SET value = ? WHERE name = 'first_change'", (str(row[0] + 1),))
