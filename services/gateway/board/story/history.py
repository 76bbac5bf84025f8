"""What changed in a version, and what changed before."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.messages.story import FactV1, StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.gateway.board.catalogue import Words
from services.gateway.board.dates import Moment, moment
from services.gateway.board.quantities import figure
from services.gateway.board.story.figures import CONTESTED
from services.gateway.board.story.names import Names
from services.gateway.board.story.sources import Source, Sources
from services.gateway.board.texts import Text

_SHOWN_KINDS = ("article added", "article removed", "fact added", "fact changed", "fact removed")
MOST_NEWS = 12


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new in a version: an article, or a statement with its place on the page."""

    what: str
    source: Source | None = None
    headline: Text | None = None
    fact_id: str | None = None
    kind: str | None = None
    about: Text | None = None
    values: tuple[str, ...] = ()
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What is new in the version on the page: the weightiest in full, the rest in number."""

    news: tuple[News, ...]
    more: int


def changed(story: StoryV1, words: Words, names: Names) -> Changed:
    """The story's `changed` in words: articles first, then statements on which sources differ."""
    facts = {fact.fact_id: fact for fact in story.facts}
    sources = Sources(story)
    told = []
    for entry in story.changed:
        what, _, name = entry.partition(": ")
        if what in _SHOWN_KINDS and (name in sources or name in facts):
            fact = facts.get(name)
            news = _fact_news(what, fact, sources, words, names) if fact else _article_news(what, sources[name], words)
            told.append((_weight(fact), news))
    ranked = [news for _, news in sorted(told, key=lambda each: each[0])]
    return Changed(tuple(ranked[:MOST_NEWS]), max(0, len(ranked) - MOST_NEWS))


def _weight(fact: FactV1 | None) -> tuple[bool, bool, int]:
    if fact is None:
        return (False, False, 0)
    return (True, fact.state not in CONTESTED, -fact.independent_sources)


def _article_news(what: str, source: Source, words: Words) -> News:
    headline = Text(source.headline, source.language) if source.headline else None
    return News(words(f"changed.{what}"), source=source, headline=headline)


def _fact_news(what: str, fact: FactV1, sources: Sources, words: Words, names: Names) -> News:
    return News(
        words(f"changed.{what}"),
        fact_id=fact.fact_id,
        kind=words(f"fact_kind.{fact.kind}"),
        about=_about(fact, sources, words, names),
        values=tuple(figure(value, words).amount for value in fact.values) if fact.kind == "figure" else (),
        state=words(f"fact_state.{fact.state}"),
    )


def _about(fact: FactV1, sources: Sources, words: Words, names: Names) -> Text | None:
    if fact.kind == "figure":
        return words.term("units", fact.about)
    if fact.kind in ("commitment", "position"):
        return words.term("items" if fact.kind == "commitment" else "positions", fact.about)
    if fact.actor:
        return names.of(fact.actor)
    if fact.kind == "event":
        return None
    return Text(fact.about, sources[fact.supports[0].article_id].language if fact.supports else "")


@dataclass(frozen=True, slots=True)
class Step:
    """An earlier change of the story, in a line."""

    version: int
    kind: str
    at: Moment
    articles: int
    sources: int


def steps(changes: Iterable[StoryChangeV1], words: Words) -> list[Step]:
    """The changes of a story, newest first."""
    told = [
        Step(
            each.version, words(f"change.{each.kind}"), moment(each.at, words), each.articles, each.independent_sources
        )
        for each in changes
    ]
    return sorted(told, key=lambda step: -step.version)
