"""Figures side by side: each value with the sentence it stands in, and whether the sources agree."""

from dataclasses import dataclass

from contracts.messages.story import FactV1, StoryV1
from services.gateway.board.catalogue import Words
from services.gateway.board.quantities import Figure, figure
from services.gateway.board.story.sources import Said, Sources
from services.gateway.board.texts import Text

CONTESTED = ("differs", "unit_differs", "superseded", "retracted")
MOST_SENTENCES = 4


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values of a figure and the sentences it stands in, one for each dispatch first."""

    figure: Figure
    said: tuple[Said, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FigureFact:
    """What was counted, whether the sources agree, and each value with its sentences."""

    fact_id: str
    about: Text
    state: str
    state_words: str
    sources: int
    values: tuple[Value, ...]


def figures(story: StoryV1, words: Words) -> tuple[list[FigureFact], list[FigureFact]]:
    """The figures on which sources differ (or that no longer stand), and all others."""
    sources = Sources(story)
    facts = [_figure(fact, sources, words) for fact in story.facts if fact.kind == "figure"]
    contested = sorted((f for f in facts if f.state in CONTESTED), key=lambda f: CONTESTED.index(f.state))
    return contested, [fact for fact in facts if fact.state not in CONTESTED]


def _figure(fact: FactV1, sources: Sources, words: Words) -> FigureFact:
    return FigureFact(
        fact_id=fact.fact_id,
        about=words.term("units", fact.about),
        state=fact.state,
        state_words=words(f"fact_state.{fact.state}"),
        sources=fact.independent_sources,
        values=tuple(_value(value, fact, sources, words) for value in fact.values),
    )


def _value(value: str, fact: FactV1, sources: Sources, words: Words) -> Value:
    standing = [support for support in fact.supports if support.value == value]
    seen: set[str] = set()
    ranked = sorted(standing, key=lambda s: (s.dispatch_id in seen or bool(seen.add(s.dispatch_id)), s.background))
    by_article = list({support.article_id: support for support in reversed(ranked)}.values())[::-1]
    shown = tuple(sources.said(support) for support in by_article[:MOST_SENTENCES])
    return Value(figure(value, words), shown, len(by_article) - len(shown))
