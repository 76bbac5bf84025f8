"""The consolidated story: `stories.v1`, compacted by story_id. Only what the articles say, each with its place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field

from contracts.messages.base import Message, Ready
from contracts.messages.extracted_article import Modality
from contracts.messages.spans import SpanV1

Relation = Literal["original", "copy_of", "version_of", "translation_of", "corrects", "same_dispatch"]
StoryRelation = Literal["announces", "reacts_to", "earlier_round", "later_round", "related"]
FactState = Literal["agreed", "differs", "unit_differs", "superseded", "retracted", "single_source"]


class SourcedTextV1(Message):
    """A text chosen from one article."""

    language: str
    text: str
    article_id: str
    span: SpanV1


class LineageV1(Message):
    """How an article relates to another one, and why we think so."""

    relation: Relation
    to: str | None = Field(None, description="article_id of the other article.")
    score: float | None = None
    evidence: dict[str, float | str] = Field(
        default_factory=dict, description="containment, cover, sentences, credit, ..."
    )


class StoryArticleV1(Message):
    """One article of the story."""

    article_id: str
    source_id: str
    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    language: str
    published: str
    published_source: str
    dispatch_id: str
    lineage: LineageV1
    match: dict[str, float] = Field(
        default_factory=dict, description="Why it is in this story: similarity and its parts."
    )
    stage: Literal["preview", "outcome", "unknown"] = "unknown"


class DispatchV1(Message):
    """Articles that carry one and the same text of one source, in whatever language."""

    dispatch_id: str
    agency: str | None = Field(None, description="Entity id of the agency, where credited.")
    articles: tuple[str, ...]
    languages: tuple[str, ...]


class SupportV1(Message):
    """One article's word on a fact."""

    article_id: str
    dispatch_id: str
    span: SpanV1
    sentence: SpanV1 | None = None
    value: str
    modality: Modality | None = None
    background: bool = False


class FactV1(Message):
    """A statement of the story: a figure, a commitment, a position or a quotation, with who says it."""

    fact_id: str
    kind: Literal["figure", "commitment", "position", "quotation", "event"]
    about: str = Field(description="What it is about: the unit, the item, the position, the speaker.")
    actor: str | None = None
    state: FactState
    values: tuple[str, ...] = Field(description="The different values, most supported first.")
    supports: tuple[SupportV1, ...]
    independent_sources: int


class StoryEntityV1(Message):
    """Somebody or something the story is about."""

    id: str
    type: str
    name: str
    articles: int
    mentions: int
    surfaces: tuple[str, ...] = ()


class TimelineEntryV1(Message):
    """A day the articles speak of, or on which one was published."""

    date: str
    kind: Literal["event", "published", "mentioned"]
    article_ids: tuple[str, ...]
    sentence: SpanV1 | None = None


class StoryLinkV1(Message):
    """Another story of the same saga."""

    story_id: str
    relation: StoryRelation
    score: float


class StoryEventV1(Message):
    """What the story is about: the day, the place, who."""

    date: str | None = None
    place: str | None = None
    who: tuple[str, ...] = ()


class StoryV1(Message):
    """One real event as all its articles tell it. A redirect has `state` "merged" and `merged_into`."""

    story_id: str
    version: int = Field(ge=1, description="Counts up by one with every published state of this story_id.")
    state: Literal["open", "closed", "merged", "retracted"]
    merged_into: str | None = None
    first_published: str | None = None
    last_published: str | None = None
    titles: tuple[SourcedTextV1, ...] = ()
    leads: tuple[SourcedTextV1, ...] = ()
    event: StoryEventV1 = StoryEventV1()
    articles: tuple[StoryArticleV1, ...] = ()
    dispatches: tuple[DispatchV1, ...] = ()
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    independent_sources: int = 0
    outcome_sources: int = Field(0, description="Independent sources that report the event as having happened.")
    facts: tuple[FactV1, ...] = ()
    entities: tuple[StoryEntityV1, ...] = ()
    timeline: tuple[TimelineEntryV1, ...] = ()
    related: tuple[StoryLinkV1, ...] = ()
    changed: tuple[str, ...] = Field((), description="What is new in this version, in field names and ids.")
    updated_at: datetime = Field(
        description="Receipt time of the article that caused this version (not the clock of the worker)."
    )
    packs: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoryRecord(Ready):
    """A `StoryV1` in bytes, with what keys, ids and metrics are made of."""

    story_id: str
    version: int
    state: str
    articles: int
    independent_sources: int

    def read(self) -> StoryV1:
        """The story as every subscriber reads it."""
        return StoryV1.model_validate_json(self.value)
