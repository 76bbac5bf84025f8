"""One date expression as found: what it is made of, where it stands, which day it means."""

import datetime
from dataclasses import dataclass
from typing import Literal

from services.extraction.domain.quantities.lexicon import Mark
from services.extraction.domain.quantities.tokens import Region
from services.extraction.domain.quantities.values import Precision
from services.shared.text.calendars import Calendar

Shape = Literal["numeric", "day", "month", "year", "weekday", "relative", "holiday"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One expression in the tokens `[first, end)`, already resolved to its first day."""

    shape: Shape
    first: int
    end: int
    day: datetime.date
    precision: Precision = "day"
    calendar: Calendar = "gregorian"
    lead: int = 0
    explicit_year: bool = False
    loose: bool = False  # a weekday that nothing in its sentence places before or after the publication
    ago: bool = False


def ending_before(region: Region, at: int, kind: str) -> Mark | None:
    """The mark of a kind whose last token stands right before `at`."""
    for back in (1, 2, 3):
        mark = region.get(at - back, kind) if at >= back else None
        if mark and mark.size == back:
            return mark
    return None
