"""Quotations by speaker."""

from dataclasses import dataclass

from contracts.messages.story import FactV1, StoryV1
from services.gateway.board.catalogue import Words
from services.gateway.board.story.names import Names
from services.gateway.board.story.sources import Said, Sources
from services.gateway.board.texts import Text

MOST_WORDINGS = 4


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said: the words in each language in which they were reported."""

    fact_id: str
    versions: tuple[Said, ...]
    sources: int
    state_words: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody with everything they are quoted with."""

    name: Text
    utterances: tuple[Utterance, ...]


def quotations(story: StoryV1, words: Words, names: Names) -> list[Speaker]:
    """The quotations by speaker, those whom most sources quote first."""
    sources = Sources(story)
    found: dict[str, tuple[Text, list[Utterance]]] = {}
    for fact in story.facts:
        if fact.kind == "quotation":
            name = names.of(fact.actor) if fact.actor else _as_written(fact, sources)
            found.setdefault(fact.actor or fact.about, (name, []))[1].append(_utterance(fact, sources, words))
    speakers = [Speaker(name, tuple(said)) for name, said in found.values()]
    return sorted(speakers, key=lambda speaker: -len(speaker.utterances))


def _as_written(fact: FactV1, sources: Sources) -> Text:
    """A speaker whom only the text names is named as there, in its language."""
    language = sources[fact.supports[0].article_id].language if fact.supports else ""
    return Text(fact.about.replace("_", " "), language)


def _utterance(fact: FactV1, sources: Sources, words: Words) -> Utterance:
    """One version a wording: copies of the same words are one."""
    versions = {support.span.text: sources.said(support) for support in reversed(fact.supports)}
    shown = tuple(reversed(versions.values()))[:MOST_WORDINGS]
    return Utterance(fact.fact_id, shown, fact.independent_sources, words(f"fact_state.{fact.state}"))
