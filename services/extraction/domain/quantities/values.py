"""What is found: dates, numbers, the day of publication and the day of the event."""

import datetime
from dataclasses import dataclass
from typing import Literal

from services.extraction.domain.values import Span
from services.shared.text.calendars import Calendar

Precision = Literal["day", "month", "year"]
Qualifier = Literal["exact", "more_than", "less_than", "about", "at_least", "up_to"]
NumberKind = Literal["count", "percent", "money", "measure", "ordinal"]


@dataclass(frozen=True, slots=True)
class PublishedDay:
    """The day of publication, where it was read, and how sure that is."""

    value: datetime.date
    precision: Precision
    source: Literal["header", "meta", "url", "text", "assumed"]
    confidence: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year the text names; `day` is its first day, `value` its ISO form."""

    value: str
    precision: Precision
    kind: Literal["explicit", "weekday", "relative", "holiday"]
    calendar: Calendar
    span: Span
    background: bool = False
    in_boilerplate: bool = False
    compared: bool = False  # only a point to count or compare from: «since Monday», «seven days ago»

    @property
    def day(self) -> datetime.date:
        """The first day of what the expression covers."""
        year, month, day = (*map(int, self.value.split("-")), 1, 1)[:3]
        return datetime.date(year, month, day)


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a range from `value` to `high`, and what it counts or measures."""

    value: float
    high: float | None
    unit: str | None
    counted: Span | None
    qualifier: Qualifier
    kind: NumberKind
    span: Span
    background: bool = False


@dataclass(frozen=True, slots=True)
class EventDay:
    """When the thing reported happened or is to happen; `reason` names the rule that decided."""

    date: datetime.date | None
    confidence: float
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quantities:
    """Everything this reading yields for one article."""

    published: PublishedDay
    dates: tuple[Date, ...]
    numbers: tuple[Number, ...]
    event: EventDay
