"""Figures side by side: each value with the sentence it stands in, and whether the sources agree."""

from dataclasses import dataclass

from contracts.messages.story import FactV1, StoryV1, SupportV1
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
    heard = _one_of_each([support for support in fact.supports if support.value == value])
    shown = tuple(sources.said(support) for support in heard[:MOST_SENTENCES])
    return Value(figure(value, words), shown, len(heard) - len(shown))


def _one_of_each(supports: list[SupportV1]) -> list[SupportV1]:
    """One support of each article, a first one of every dispatch before a second of any, background last."""
    by_article = {support.article_id: support for support in sorted(supports, key=lambda s: s.background)[::-1]}
    own = sorted(by_article.values(), key=supports.index)
    first_of = {support.dispatch_id: support.article_id for support in own[::-1]}
    return sorted(own, key=lambda s: (first_of[s.dispatch_id] != s.article_id, s.background))
