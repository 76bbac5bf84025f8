"""Subscriptions as they are kept. Unlike the projection this file cannot be made anew: it is the subscribers' word."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from services.gateway.domain.filters import ChangeFilter
from services.gateway.projection.schema import transaction

MOST_FAILURES = 200
_TABLES = """
CREATE TABLE IF NOT EXISTS subscriptions (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, url TEXT NOT NULL, secret TEXT NOT NULL, wanted TEXT NOT NULL,
    created_at TEXT NOT NULL, lineage TEXT NOT NULL, position INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0,
    next_at REAL NOT NULL DEFAULT 0, disabled_at TEXT, disabled_because TEXT
);
CREATE TABLE IF NOT EXISTS failures (
    id INTEGER PRIMARY KEY, subscription TEXT NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
    change_id TEXT NOT NULL, at TEXT NOT NULL, status INTEGER, why TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS failures_of ON failures (subscription, id);
"""
_COLUMNS = (
    "id, owner, url, secret, wanted, created_at, lineage, position, failures, next_at, disabled_at, disabled_because"
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who is to be called about what, and how far that has come."""

    id: str
    owner: str
    url: str
    secret: str
    wanted: ChangeFilter
    created_at: str
    lineage: str
    position: int
    failures: int = 0
    next_at: float = 0.0
    disabled_at: str | None = None
    disabled_because: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """One call that did not arrive."""

    change_id: str
    at: str
    status: int | None
    why: str


@dataclass
class Subscriptions:
    """The file. Every call is short; any thread may make it."""

    path: Path
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)  # it holds the secrets calls are signed with
        self._connection = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.executescript(_TABLES)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def add(self, new: Subscription) -> None:
        """Keep a subscription."""
        wanted = new.wanted.to_plain()
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO subscriptions (id, owner, url, secret, wanted, created_at, lineage, position)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (new.id, new.owner, new.url, new.secret, json.dumps(wanted), new.created_at, new.lineage, new.position),
            )

    def all(self) -> list[Subscription]:
        """Every subscription, the oldest first."""
        with self._lock:
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM subscriptions ORDER BY rowid").fetchall()  # noqa: S608
        return [_subscription(row) for row in rows]

    def get(self, identity: str) -> Subscription | None:
        """One subscription."""
        return next((each for each in self.all() if each.id == identity), None)

    def remove(self, identity: str) -> None:
        """Forget a subscription and its failures."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM subscriptions WHERE id = ?", (identity,))

    def reached(self, identity: str, lineage: str, position: int) -> None:
        """Everything up to this position has arrived, or was not wanted."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE subscriptions SET lineage = ?, position = ?, failures = 0, next_at = 0 WHERE id = ?",
                (lineage, position, identity),
            )

    def failed(self, identity: str, failure: Failure, next_at: float) -> int:
        """A call did not arrive and will be tried again then; returns the failures in a row."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO failures (subscription, change_id, at, status, why) VALUES (?, ?, ?, ?, ?)",
                (identity, failure.change_id, failure.at, failure.status, failure.why[:500]),
            )
            connection.execute(
                "DELETE FROM failures WHERE subscription = ? AND id NOT IN"
                " (SELECT id FROM failures WHERE subscription = ? ORDER BY id DESC LIMIT ?)",
                (identity, identity, MOST_FAILURES),
            )
            row = connection.execute(
                "UPDATE subscriptions SET failures = failures + 1, next_at = ? WHERE id = ? RETURNING failures",
                (next_at, identity),
            ).fetchone()
        return int(row[0])

    def disable(self, identity: str, at: str, why: str) -> None:
        """No more calls until somebody enables it."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE subscriptions SET disabled_at = ?, disabled_because = ? WHERE id = ?", (at, why, identity)
            )

    def enable(self, identity: str) -> None:
        """Calls go on where they stopped."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE subscriptions SET disabled_at = NULL, disabled_because = NULL, failures = 0, next_at = 0"
                " WHERE id = ?",
                (identity,),
            )

    def failures(self, identity: str) -> list[Failure]:
        """What did not arrive, newest first; a bounded number is kept."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT change_id, at, status, why FROM failures WHERE subscription = ? ORDER BY id DESC", (identity,)
            ).fetchall()
        return [Failure(*row) for row in rows]

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, transaction(self._connection):
            yield self._connection


def _subscription(row: tuple[object, ...]) -> Subscription:
    values = list(row)
    values[4] = ChangeFilter.from_plain(json.loads(str(values[4])))
    return Subscription(*values)  # type: ignore[arg-type]  # as the columns are declared
