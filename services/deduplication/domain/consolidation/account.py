"""What one article contributes to a story: statements with their places, names, days, and where it comes from."""

from dataclasses import dataclass
from typing import Literal

Part = Literal["headline", "body"]
Stage = Literal["preview", "outcome", "unknown"]
StatementKind = Literal["figure", "commitment", "position", "quotation", "event"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one article, in raw offsets."""

    part: Part
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the article says. `marks` are the language-independent features of its sentence or words."""

    kind: StatementKind
    about: str
    value: str
    span: Span
    sentence: Span | None = None
    actor: str | None = None
    modality: str | None = None
    background: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something the article names outside boilerplate."""

    id: str
    type: str
    name: str
    mentions: int
    surfaces: tuple[str, ...]
    first: Span | None = None
    sentence: Span | None = None
    """Where it is first named in a sentence that is not background."""


@dataclass(frozen=True, slots=True)
class DayNamed:
    """A day, month or year the article speaks of."""

    date: str
    sentence: Span | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One version of one article, as consolidation keeps it."""

    article_id: str
    version_id: str
    source_id: str
    url: str | None
    outlet: str | None
    language: str
    iso639_3: str
    published: str
    published_source: str
    received: str
    headline: Span | None
    lead: Span | None
    agencies: tuple[str, ...]
    stage: Stage
    event_date: str | None
    event_place: str | None
    event_confidence: float
    statements: tuple[Statement, ...]
    named: tuple[Named, ...]
    days: tuple[DayNamed, ...]
    withdrawn: tuple[Statement, ...] = ()
    """What an earlier version said and this one no longer says."""

    @property
    def order(self) -> tuple[str, str]:
        """Day of publication, then the id: never the arrival."""
        return (self.published[:10], self.article_id)
