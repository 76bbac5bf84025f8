"""The consolidated story as a value; field for field what goes out, without version and time."""

from dataclasses import dataclass
from typing import Literal

from services.deduplication.domain.consolidation.account import Span, Stage
from services.deduplication.domain.copies.dispatch import Dispatch
from services.deduplication.domain.copies.lineage import Lineage

FactState = Literal["agreed", "differs", "unit_differs", "superseded", "retracted", "single_source"]


@dataclass(frozen=True, slots=True)
class SourcedText:
    """A text chosen from one article."""

    language: str
    text: str
    article_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """One article of the story."""

    article_id: str
    source_id: str
    url: str | None
    outlet: str | None
    headline: str | None
    language: str
    published: str
    published_source: str
    dispatch_id: str
    lineage: Lineage
    match: dict[str, float]
    stage: Stage


@dataclass(frozen=True, slots=True)
class Support:
    """One article's word on a fact."""

    article_id: str
    dispatch_id: str
    span: Span
    sentence: Span | None
    value: str
    modality: str | None
    background: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure, commitment, position, quotation or event, with everybody who says it."""

    fact_id: str
    kind: str
    about: str
    actor: str | None
    state: FactState
    values: tuple[str, ...]
    supports: tuple[Support, ...]
    independent_sources: int


@dataclass(frozen=True, slots=True)
class StoryEntity:
    """Somebody or something the story is about."""

    id: str
    type: str
    name: str
    articles: int
    mentions: int
    surfaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A day the articles speak of, or on which one was published."""

    date: str
    kind: Literal["event", "published", "mentioned"]
    article_ids: tuple[str, ...]
    sentence: Span | None = None


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Another story of the same saga."""

    story_id: str
    relation: str
    score: float


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """The day, the place, who."""

    date: str | None
    place: str | None
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One real event as all its articles tell it."""

    story_id: str
    first_published: str
    last_published: str
    titles: tuple[SourcedText, ...]
    leads: tuple[SourcedText, ...]
    event: StoryEvent
    articles: tuple[StoryArticle, ...]
    dispatches: tuple[Dispatch, ...]
    languages: tuple[str, ...]
    outlets: tuple[str, ...]
    independent_sources: int
    outcome_sources: int
    facts: tuple[Fact, ...]
    entities: tuple[StoryEntity, ...]
    timeline: tuple[TimelineEntry, ...]
    related: tuple[StoryLink, ...] = ()
