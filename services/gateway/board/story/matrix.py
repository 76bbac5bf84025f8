"""Commitments and positions as a matrix of actors and items, with who reports what."""

from collections.abc import Callable
from dataclasses import dataclass

from contracts.messages.story import FactV1, StoryV1
from services.gateway.board.catalogue import Words
from services.gateway.board.story.names import Names
from services.gateway.board.story.sources import Said, Sources
from services.gateway.board.texts import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """In a cell of the matrix: one modality (or just that it is held) and who reports it."""

    key: str
    words: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows are actors, columns are items; a cell tells how firmly, by outlet."""

    items: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[tuple[Entry, ...], ...]], ...]
    fact_ids: tuple[str, ...]


def commitments(story: StoryV1, words: Words, names: Names) -> Matrix:
    """Who binds whom to what: the modality by outlet."""
    facts = [fact for fact in story.facts if fact.kind == "commitment"]
    sources = Sources(story)

    def entries(fact: FactV1) -> tuple[Entry, ...]:
        by_modality = _grouped(fact, sources, lambda said: said.modality or said.value)
        return tuple(Entry(key, _modality(key, words), tuple(said)) for key, said in by_modality.items())

    return _matrix(facts, entries, lambda about: words.term("items", about), names, words)


def positions(story: StoryV1, words: Words, names: Names) -> Matrix:
    """Who holds what, by outlet."""
    facts = [fact for fact in story.facts if fact.kind == "position"]
    sources = Sources(story)

    def entries(fact: FactV1) -> tuple[Entry, ...]:
        held = _grouped(fact, sources, lambda _: fact.state)
        return tuple(Entry(key, words(f"fact_state.{fact.state}"), tuple(said)) for key, said in held.items())

    return _matrix(facts, entries, lambda about: words.term("positions", about), names, words)


def _modality(key: str, words: Words) -> str:
    return words(f"modality.{key}") if f"modality.{key}" in words.table else key


def _grouped(fact: FactV1, sources: Sources, key: Callable[[Said], str]) -> dict[str, list[Said]]:
    """The supports by what they say, each outlet once in each."""
    found: dict[str, dict[str, Said]] = {}
    for support in fact.supports:
        said = sources.said(support)
        found.setdefault(key(said), {}).setdefault(said.source.article_id, said)
    return {each: list(said.values()) for each, said in found.items()}


def _matrix(
    facts: list[FactV1],
    entries: Callable[[FactV1], tuple[Entry, ...]],
    item: Callable[[str], Text],
    names: Names,
    words: Words,
) -> Matrix:
    items = list(dict.fromkeys(fact.about for fact in facts))
    actors = list(dict.fromkeys(fact.actor or "" for fact in facts))
    cells: dict[tuple[str, str], tuple[Entry, ...]] = {}
    for fact in facts:
        place = (fact.actor or "", fact.about)
        cells[place] = (*cells.get(place, ()), *entries(fact))
    nobody = Text(words("story.nobody_named"), words.interface)
    rows = tuple(
        (names.of(actor) if actor else nobody, tuple(cells.get((actor, about), ()) for about in items))
        for actor in actors
    )
    return Matrix(tuple(item(about) for about in items), rows, tuple(fact.fact_id for fact in facts))
