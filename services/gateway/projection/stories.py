"""One story's rows: the card, the document, its languages, entities and words."""

import json
import sqlite3
from collections.abc import Iterator

from contracts.messages.story import StoryEntityV1, StoryV1
from services.gateway.domain.words import skeleton_of, words_of
from services.gateway.projection.documents import milliseconds, pack
from services.shared.text.fold import fold_text

_UPSERT = """
INSERT INTO stories (story_id, version, state, merged_into, changed, titles, languages, independent_sources, articles,
                     document)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (story_id) DO UPDATE SET
    version = excluded.version, state = excluded.state, merged_into = excluded.merged_into, changed = excluded.changed,
    titles = excluded.titles, languages = excluded.languages, independent_sources = excluded.independent_sources,
    articles = excluded.articles, document = excluded.document
RETURNING id
"""


def put(connection: sqlite3.Connection, story: StoryV1, versions: int) -> None:
    """Write the newest state of a story; a repeat, or one older than what is there, changes nothing."""
    held = connection.execute(
        "SELECT id, version, changed, document FROM stories WHERE story_id = ?", (story.story_id,)
    ).fetchone()
    changed = milliseconds(story.updated_at)
    if held and story.version <= held[1] and changed <= held[2]:
        return
    if held:
        _keep_version(connection, held, versions)
    titles = {title.language: title.text for title in story.titles}
    (row,) = connection.execute(
        _UPSERT,
        (story.story_id, story.version, story.state, story.merged_into, changed, json.dumps(titles),
         json.dumps(story.languages), story.independent_sources, len(story.articles), pack(story)),
    ).fetchone()  # fmt: skip
    _put_languages(connection, row, story)
    _put_entities(connection, row, story)
    connection.execute("DELETE FROM story_words WHERE rowid = ?", (row,))
    connection.execute("INSERT INTO story_words (rowid, words) VALUES (?, ?)", (row, " ".join(_words(story))))


def _keep_version(connection: sqlite3.Connection, held: tuple[int, int, int, bytes], most: int) -> None:
    row, version, _, document = held
    connection.execute("INSERT OR REPLACE INTO story_versions VALUES (?, ?, ?)", (row, version, document))
    connection.execute("DELETE FROM story_versions WHERE story = ? AND version <= ?", (row, version - most))


def _put_languages(connection: sqlite3.Connection, row: int, story: StoryV1) -> None:
    connection.execute("DELETE FROM story_languages WHERE story = ?", (row,))
    connection.executemany(
        "INSERT OR IGNORE INTO story_languages (story, language) VALUES (?, ?)",
        [(row, language) for language in story.languages],
    )


def _put_entities(connection: sqlite3.Connection, row: int, story: StoryV1) -> None:
    connection.execute("DELETE FROM story_entities WHERE story = ?", (row,))
    for entity in story.entities:
        connection.execute(
            "INSERT INTO entities VALUES (?, ?, ?, ?) ON CONFLICT (entity_id) DO UPDATE SET name = excluded.name",
            (entity.id, entity.type, entity.name, fold_text(entity.name)),
        )
        connection.execute("INSERT OR IGNORE INTO story_entities (story, entity_id) VALUES (?, ?)", (row, entity.id))
        connection.executemany(
            "INSERT OR IGNORE INTO entity_words (word, entity_id, skeleton) VALUES (?, ?, ?)",
            [(word, entity.id, skeleton_of(word)) for word in _names(entity)],
        )


def _names(entity: StoryEntityV1) -> set[str]:
    return {word for surface in (entity.name, *entity.surfaces) for word in words_of(surface) if len(word) > 1}


def _words(story: StoryV1) -> Iterator[str]:
    for text in (*story.titles, *story.leads):
        yield from words_of(text.text)
    for article in story.articles:
        yield from words_of(f"{article.headline or ''} {article.outlet or ''}")
    for entity in story.entities:
        yield from sorted(_names(entity))


def about(connection: sqlite3.Connection, story_id: str) -> tuple[list[str], list[str]]:
    """A story's languages and entities."""
    of = "FROM stories JOIN {0} ON {0}.story = stories.id WHERE story_id = ?"
    languages = connection.execute("SELECT language " + of.format("story_languages"), (story_id,))
    entities = connection.execute("SELECT entity_id " + of.format("story_entities"), (story_id,))
    return [row[0] for row in languages], [row[0] for row in entities]


def prune(connection: sqlite3.Connection, most: int) -> None:
    """Keep this many stories, dropping those longest unchanged, and the entities of none."""
    oldest = "SELECT id FROM stories ORDER BY changed DESC, story_id DESC LIMIT -1 OFFSET ?"
    connection.execute(f"DELETE FROM story_words WHERE rowid IN ({oldest})", (most,))  # noqa: S608  (our own words)
    dropped = connection.execute(f"DELETE FROM stories WHERE id IN ({oldest})", (most,)).rowcount  # noqa: S608
    if dropped:
        connection.execute("DELETE FROM entities WHERE entity_id NOT IN (SELECT entity_id FROM story_entities)")
