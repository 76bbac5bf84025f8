"""The projection's tables. Another version of them, or a file that is no database, is thrown away and built anew."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = 1
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE offsets (
    topic TEXT, partition INTEGER, next INTEGER NOT NULL, PRIMARY KEY (topic, partition)
) WITHOUT ROWID;

CREATE TABLE stories (
    id INTEGER PRIMARY KEY, story_id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, state TEXT NOT NULL,
    merged_into TEXT, changed INTEGER NOT NULL, last_change TEXT, titles TEXT NOT NULL, languages TEXT NOT NULL,
    independent_sources INTEGER NOT NULL, articles INTEGER NOT NULL, document BLOB NOT NULL
);
CREATE INDEX stories_by_change ON stories (changed DESC, story_id DESC);
CREATE TABLE story_versions (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, version INTEGER NOT NULL, document BLOB NOT NULL,
    PRIMARY KEY (story, version)
);
CREATE TABLE story_languages (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE, language TEXT NOT NULL, PRIMARY KEY (language, story)
) WITHOUT ROWID;
CREATE INDEX story_languages_of ON story_languages (story);

CREATE TABLE entities (entity_id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL);
CREATE INDEX entities_by_name ON entities (folded);
CREATE TABLE entity_words (
    word TEXT NOT NULL, entity_id TEXT NOT NULL REFERENCES entities ON DELETE CASCADE, skeleton TEXT,
    PRIMARY KEY (word, entity_id)
) WITHOUT ROWID;
CREATE INDEX entity_words_by_skeleton ON entity_words (skeleton) WHERE skeleton IS NOT NULL;
CREATE INDEX entity_words_of ON entity_words (entity_id);
CREATE TABLE story_entities (
    story INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    entity_id TEXT NOT NULL REFERENCES entities ON DELETE CASCADE, PRIMARY KEY (entity_id, story)
) WITHOUT ROWID;
CREATE INDEX story_entities_of ON story_entities (story);

CREATE TABLE articles (article_id TEXT PRIMARY KEY, arrived INTEGER NOT NULL, document BLOB NOT NULL);
CREATE INDEX articles_by_arrival ON articles (arrived);
CREATE TABLE changes (
    position INTEGER PRIMARY KEY, story_id TEXT NOT NULL, change_id TEXT NOT NULL, at INTEGER NOT NULL,
    languages TEXT NOT NULL, entities TEXT NOT NULL, document TEXT NOT NULL, UNIQUE (change_id, at)
);
CREATE INDEX changes_by_story ON changes (story_id, position);
CREATE VIRTUAL TABLE story_words USING fts5 (words, tokenize = "unicode61 remove_diacritics 0");
"""
CONTENT = ("story_words", "changes", "articles", "story_entities", "entity_words", "entities", "story_languages",
           "story_versions", "stories", "offsets", "meta")  # fmt: skip


def open_for_writing(path: Path) -> sqlite3.Connection:
    """The projection's only writer; makes the file where it is missing, unreadable or of another version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not _usable(path):
        remove(path)
    connection = _connect(path)
    if _version(connection) != VERSION:
        connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot change anything."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    # Transactions are begun and ended in words; the writer may move from thread to thread, one at a time.
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    # A kill loses nothing; a power cut may lose the last transactions, offsets included, which are then read again.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _usable(path: Path) -> bool:
    try:
        connection = sqlite3.connect(path, timeout=10)
        try:
            return _version(connection) in (0, VERSION) and not _half_made(connection)
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return False


def _half_made(connection: sqlite3.Connection) -> bool:
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return bool(tables) and _version(connection) == 0


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def remove(path: Path) -> None:
    """Throw the file away, and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing of what is done inside."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
