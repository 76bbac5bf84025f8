"""«Two months ago», «قبل نحو 4 سنوات», «سه سال پیش»: a number of days, months or years before the publication."""

import datetime

from services.extraction.domain.quantities.numerals import numeral
from services.extraction.domain.quantities.pieces import Piece
from services.extraction.domain.quantities.tokens import Region
from services.extraction.domain.quantities.values import PublishedDay

_MOST = {"day": 60, "month": 60, "year": 300}


def ago(region: Region, at: int, published: PublishedDay) -> list[Piece]:
    """The day, month or year that lies a counted time back; weeks and hours stay vague."""
    opening = region.get(at, "ago")
    start = at + opening.size if opening else at
    if opening and (about := region.get(start, "qualifier")):
        start += about.size
    counted = _counted(region, start)
    if not counted:
        return []
    value, unit, end = counted
    if not opening:
        closing = region.get(end, "ago")
        if not closing or region.lexicon.language in ("arb", "fra"):
            return []
        end += closing.size
    elif region.lexicon.language not in ("arb", "fra"):
        return []
    return _back(at, end, value, unit, published.value)


def _counted(region: Region, start: int) -> tuple[int, str, int] | None:
    if start >= len(region.words):
        return None
    dual = region.get(start, "dual")
    if dual:
        value, end, name = 2.0, start + dual.size, dual.value.partition(":")[2]
    else:
        found = numeral(region, start)
        half = region.get(found.end, "half") if found else None
        start = (found.end if found else start) + (half.size if half else 0)
        unit = region.get(start, "unit")
        if not found or not unit:
            return None
        value, end, name = found.value, start + unit.size, unit.value.partition(":")[2]
        end += half.size if (half := region.get(end, "half")) else 0
    return (int(value), name, end) if name in _MOST and 1 <= value <= _MOST[name] else None


def _back(at: int, end: int, value: int, unit: str, published: datetime.date) -> list[Piece]:
    if unit == "day":
        return [Piece("relative", at, end, published - datetime.timedelta(days=value), ago=True)]
    if unit == "month":
        count = published.year * 12 + published.month - 1 - value
        return [Piece("month", at, end, datetime.date(count // 12, count % 12 + 1, 1), "month")]
    return [Piece("year", at, end, datetime.date(published.year - value, 1, 1), "year")]
