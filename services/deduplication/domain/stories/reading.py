"""What one article gives the grouping: its own sentences, and the language-independent marks found in them."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Part = Literal["headline", "body"]


class Mark(NamedTuple):
    """A feature at a place: `P:` person, `L:` place, `O:` organisation, `C:` concept, `N:` number, `D:` ordinal day."""

    feature: str
    part: Part
    start: int
    sure: bool = True
    """False for a day that depends on an assumed day of publication (a bare weekday, "today")."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence that may decide: neither boilerplate nor background nor a repeat."""

    part: Part
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as the grouping reads it."""

    article_id: str
    language: str
    """ISO 639-3."""
    published: str
    """ISO 8601; with the article id the order that does not know about arrival."""
    published_day: int
    published_known: bool
    """False where the day of publication is only the day of receipt."""
    passages: tuple[Passage, ...]
    marks: tuple[Mark, ...]
    event_day: int | None = None
    event_sure: bool = True
    event_confidence: float = 1.0
    event_place: str | None = None
    skeletons: tuple[str, ...] = ()
    """Keys of names that no gazetteer knows, shared by their spellings in all scripts."""

    @property
    def order(self) -> tuple[str, str]:
        """Day of publication, then the id: never the arrival."""
        return (self.published[:10], self.article_id)
