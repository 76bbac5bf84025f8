"""A story as a card of the board."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.messages.story import SourcedTextV1, StoryV1
from contracts.messages.story_change import ChangeKind
from services.gateway.board.catalogue import Words
from services.gateway.board.dates import Moment, moment
from services.gateway.board.scripts import distance, language_name
from services.gateway.board.story.dispatches import strands
from services.gateway.board.story.figures import CONTESTED
from services.gateway.board.texts import Text

MOST_STRANDS = 8
MOST_DOTS = 12
LONGEST_LEAD = 280


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language of a story: its name, and its tag."""

    tag: str
    name: str


@dataclass(frozen=True, slots=True)
class StoryCard:
    """What the template draws."""

    story_id: str
    version: int
    state: str
    state_words: str
    title: Text | None
    lead: Text | None
    languages: tuple[LanguageName, ...]
    articles: int
    sources: int
    outlets: tuple[Text, ...]
    differences: int
    strands: tuple[int, ...]
    change: str | None
    updated: Moment


def story_card(story: StoryV1, change: ChangeKind | None, words: Words) -> StoryCard:
    """The card of a story; `change` is what happened to it last."""
    lead = in_language(story.leads, words.interface)
    return StoryCard(
        story_id=story.story_id,
        version=story.version,
        state=story.state,
        state_words=words(f"state.{story.state}"),
        title=title_of(story, words.interface),
        lead=Text(_shortened(lead.text), lead.language) if lead else None,
        languages=tuple(LanguageName(each, language_name(each, words.interface)) for each in story.languages),
        articles=len(story.articles),
        sources=story.independent_sources,
        outlets=_outlets(story),
        differences=sum(fact.state in CONTESTED[:2] for fact in story.facts),
        strands=tuple(min(count, MOST_DOTS) for count in strands(story)[:MOST_STRANDS]),
        change=words(f"change.{change}") if change else None,
        updated=moment(story.updated_at, words),
    )


def title_of(story: StoryV1, interface: str) -> Text | None:
    """The story's title, in the reader's language where a source has one."""
    return in_language(story.titles, interface)


def in_language(texts: Sequence[SourcedTextV1], interface: str) -> Text | None:
    """The text in exactly the reader's language, else in a variety of it, else in English, else the first."""
    chosen = min(texts, key=lambda text: distance(text.language, interface), default=None)
    return Text(chosen.text, chosen.language) if chosen else None


def _outlets(story: StoryV1) -> tuple[Text, ...]:
    """The outlets, each named once, in the language it writes in."""
    named = {article.outlet: Text(article.outlet, article.language) for article in story.articles if article.outlet}
    return tuple(named.values())


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_LEAD:
        return text
    return text[:LONGEST_LEAD].rsplit(" ", 1)[0] + " …"
