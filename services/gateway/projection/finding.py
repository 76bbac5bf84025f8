"""A query of stories as SQL. Every word must be met: in the story's words, or by the name of somebody in it."""

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import Levenshtein

from services.gateway.domain import cursors
from services.gateway.domain.words import Term, terms_of
from services.gateway.projection.documents import milliseconds
from services.gateway.projection.values import StoryQuery

MOST_ENTITIES = 200
# One script's spellings of a name differ by vowels; names that only share consonants (Merkel, Murcielago) differ more.
LIKE_ENOUGH = 0.6
COLUMNS = "story_id, version, state, titles, languages, independent_sources, articles, last_change, changed"


@dataclass
class _Conditions:
    clauses: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, clause: str, *values: Any) -> None:
        self.clauses.append(clause)
        self.values += values


def statement(connection: sqlite3.Connection, query: StoryQuery) -> tuple[str, list[Any]]:
    """The statement that finds one story more than the page holds, and its values."""
    wanted = _Conditions()
    wanted.add(f"state IN ({_marks(query.states)})", *query.states)
    if query.story_id:
        wanted.add("story_id = ?", query.story_id)
    if query.language:
        wanted.add(
            "id IN (SELECT story FROM story_languages WHERE language = ? OR (language >= ? AND language < ?))",
            query.language, query.language + "-", query.language + ".",
        )  # fmt: skip
    if query.entity:
        wanted.add("id IN (SELECT story FROM story_entities WHERE entity_id = ?)", query.entity)
    for term in terms_of(query.text) if query.text else ():
        _add_term(connection, wanted, term)
    if query.text and not terms_of(query.text):
        wanted.add("0")
    _add_time(wanted, query)
    where = " AND ".join(wanted.clauses)
    order = "ORDER BY changed DESC, story_id DESC LIMIT ?"
    sql = f"SELECT {COLUMNS} FROM stories WHERE {where} {order}"  # noqa: S608  (values are bound)
    return sql, [*wanted.values, query.limit + 1]


def _add_time(wanted: _Conditions, query: StoryQuery) -> None:
    if query.since:
        wanted.add("changed >= ?", milliseconds(query.since))
    if query.until:
        wanted.add("changed < ?", milliseconds(query.until))
    if query.cursor:
        place = cursors.read(query.cursor)
        wanted.add("(changed, story_id) < (?, ?)", place.changed, place.story_id)


def _add_term(connection: sqlite3.Connection, wanted: _Conditions, term: Term) -> None:
    entities = _entities(connection, term)
    by_name = f"SELECT story FROM story_entities WHERE entity_id IN ({_marks(entities)})"  # noqa: S608  (marks only)
    by_word = "SELECT rowid FROM story_words WHERE story_words MATCH ?"
    spelt = f'"{term.word}"*' if len(term.word) > 2 else f'"{term.word}"'
    wanted.add(f"(id IN ({by_word}) OR id IN ({by_name}))", spelt, *entities)


def _entities(connection: sqlite3.Connection, term: Term) -> list[str]:
    exact = connection.execute("SELECT entity_id FROM entity_words WHERE word = ? LIMIT ?", (term.word, MOST_ENTITIES))
    found = {row[0] for row in exact}
    if not found and term.skeleton:
        sounding = connection.execute(
            "SELECT word, entity_id FROM entity_words WHERE skeleton = ? LIMIT ?", (term.skeleton, MOST_ENTITIES)
        )
        found = {entity for word, entity in sounding if _like(term.word, word)}
    return sorted(found)


def _like(word: str, other: str) -> bool:
    """Across scripts the skeleton is all there is; within one, the letters must be much alike, too."""
    same_script = bool(set(word) & set(other))
    return not same_script or Levenshtein.normalized_similarity(word, other) >= LIKE_ENOUGH


def _marks(values: object) -> str:
    assert isinstance(values, list | tuple)
    return ", ".join("?" * len(values))
