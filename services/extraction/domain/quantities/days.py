"""Single date expressions: a numeric date, a day of a month, a month, a weekday, today. Merging comes after."""

import datetime

from services.extraction.domain.quantities import resolve
from services.extraction.domain.quantities.day_numbers import day_number
from services.extraction.domain.quantities.lexicon import Mark
from services.extraction.domain.quantities.months import Month, before_month, month_at, month_near, year_after
from services.extraction.domain.quantities.pieces import Piece, ending_before
from services.extraction.domain.quantities.tense import announced, modifier
from services.extraction.domain.quantities.tokens import Region
from services.extraction.domain.quantities.values import PublishedDay
from services.extraction.domain.quantities.years import lone_year
from services.shared.text.calendars import Calendar, year_in

_FAR = 3
_SOON = 45  # days within which a day without a year may lie ahead unannounced


def piece(region: Region, at: int, published: PublishedDay) -> list[Piece]:
    """The date expressions that start at a token: none, one, or the two ends of «15-17 January»."""
    kind = region.kinds[at]
    if kind == "date":
        return _numeric(region, at, published)
    if kind == "clock":
        return []
    found = _day_ofmonth_at(region, at, published) or _named(region, at, published)
    if found:
        return found
    if kind == "number":
        return lone_year(region, at)
    return _month_first(region, at, published) or _weekday(region, at, published)


def _numeric(region: Region, at: int, published: PublishedDay) -> list[Piece]:
    month_first = region.lexicon.language == "eng" and "/" in region.words[at]
    found = resolve.numeric(published.value, region.words[at], month_first)
    return [Piece("numeric", at, at + 1, found[0], "day", found[1], 0, True)] if found else []


def _named(region: Region, at: int, published: PublishedDay) -> list[Piece]:
    marks = region.marks.get(at)
    if not marks:
        return []
    if mark := marks.get("holiday"):
        return _holiday(mark, at, published)
    for kind in ("month_relative", "year_relative", "year_new"):
        if (mark := marks.get(kind)) and not _counts_periods(region, at, mark):
            return [_relative_period(kind, mark, at, published.value)]
    if region.get(at - 1, "vague") or region.kinds[at - 1 if at else 0] == "number":
        return []  # «چند روز آینده», «several years» are no day
    if (mark := marks.get("relative")) and not region.get(at + mark.size, "not_today"):
        day = published.value + datetime.timedelta(days=int(mark.value))
        return [Piece("relative", at, at + mark.size, day, lead=mark.lead)]
    return []


def _counts_periods(region: Region, at: int, mark: Mark) -> bool:
    """«ده سال گذشته» are ten years, not last year."""
    if region.lexicon.language != "fas" or int(mark.value) == 0 or not at:
        return False
    before = region.marks.get(at - 1) or {}
    return region.kinds[at - 1] == "number" or any(kind in before for kind in ("number", "number?", "plural", "vague"))


def _holiday(mark: Mark, at: int, published: PublishedDay) -> list[Piece]:
    month, day = map(int, mark.value.split("-"))
    found = resolve.day_in_month(published.value, "gregorian", month, day, None)
    return [Piece("holiday", at, at + mark.size, found, lead=mark.lead)] if found else []


def _relative_period(kind: str, mark: Mark, at: int, published: datetime.date) -> Piece:
    offset = int(mark.value)
    if kind == "month_relative":
        count = published.year * 12 + published.month - 1 + offset
        return Piece(
            "month", at, at + mark.size, datetime.date(count // 12, count % 12 + 1, 1), "month", lead=mark.lead
        )
    # in December "the new year" is the one to come
    year = published.year + (1 if kind == "year_new" and published.month >= 11 else offset)
    return Piece("year", at, at + mark.size, datetime.date(year, 1, 1), "year", lead=mark.lead)


def _day_ofmonth_at(region: Region, at: int, published: PublishedDay) -> list[Piece]:
    if not region.months or (numbered := day_number(region, at)) is None:
        return []
    day, end = numbered
    month = month_at(region, end) or month_at(region, before_month(region, end))
    if month:
        return _dated(region, at, end, day, month, published)
    return _range_of_days(region, at, day, end, published)


def _dated(region: Region, at: int, after_day: int, day: int, month: Month, published: PublishedDay) -> list[Piece]:
    year, end = year_after(region, month.end, month.calendar)
    if year is None and (relative := region.get(end, "year_relative")) and month.calendar != "hijri":
        year, end = year_in(month.calendar, published.value) + int(relative.value), end + relative.size
    direction = 0 if year is not None else modifier(region, at, end)
    if abs(direction) == 1 and _is_soon(published, month, day):
        direction = 0  # «set for 15 August», said the day after
    found = resolve.day_in_month(published.value, month.calendar, month.number, day, year, direction)
    if found and year is None and not direction and (found - published.value).days > _SOON:
        back = announced(region, at, end) < 0
        found = resolve.day_in_month(published.value, month.calendar, month.number, day, None, -1 if back else 0)
    if not found:
        return []
    return [Piece("day", at, end, found, "day", month.calendar, _lead(region, at), year is not None)]


def _is_soon(published: PublishedDay, month: Month, day: int) -> bool:
    nearest = resolve.day_in_month(published.value, month.calendar, month.number, day, None)
    return nearest is not None and abs((nearest - published.value).days) <= _SOON


def _lead(region: Region, at: int) -> int:
    marks = region.marks.get(at) or {}
    mark = marks.get("ordinal") or marks.get("number")
    return mark.lead if mark else 0


_RANGE = {"-", "و", "تا", "and", "to", "до", "по", "та", "і", "и", "et", "au", "الى", "إلى", "&", "/"}


def _range_of_days(region: Region, at: int, day: int, end: int, published: PublishedDay) -> list[Piece]:
    if region.word(end) not in _RANGE and not region.get(end, "to"):
        return []
    second = day_number(region, end + 1)
    if not second or second[0] <= day:
        return []
    later = _day_ofmonth_at(region, end + 1, published) if month_near(region, second[1]) else []
    if len(later) != 1 or later[0].shape != "day":
        return []
    first = later[0].day - datetime.timedelta(days=second[0] - day)
    return [Piece("day", at, end, first, "day", later[0].calendar, 0, later[0].explicit_year), later[0]]


def _month_first(region: Region, at: int, published: PublishedDay) -> list[Piece]:
    month = month_at(region, at)
    if not month:
        return []
    if region.lexicon.language == "eng":
        numbered = day_number(region, month.end)
        if numbered and region.kinds[month.end] == "number" and not _unit_follows(region, numbered[1]):
            return _english_days(region, at, numbered, month, published)
    year, end = year_after(region, month.end, month.calendar)
    if year is None and (relative := region.get(month.end, "year_relative")):
        year, end = year_in(month.calendar, published.value) + int(relative.value), month.end + relative.size
    if year is not None:
        first = resolve.day_in_month(published.value, month.calendar, month.number, 1, year)
        return [_wholemonth_at(region, at, end, first, month.calendar)] if first else []
    if (month.weak and not _month_cue(region, at)) or month.calendar == "hijri":
        return []
    return _month_alone(region, at, month, published)


def _english_days(
    region: Region, at: int, numbered: tuple[int, int], month: Month, published: PublishedDay
) -> list[Piece]:
    """«January 5», «January 5, 2026», «January 5 and 6»."""
    day, end = numbered
    found = _dated(region, at, month.end, day, Month("gregorian", month.number, end, False), published)
    second = day_number(region, end + 1) if region.word(end) in ("and", "-", "to") else None
    if not found or not second or region.kinds[end + 1] != "number" or _unit_follows(region, second[1]):
        return found
    if second[0] <= day or region.get(second[1], "month"):
        return found
    following = found[0].day + datetime.timedelta(days=second[0] - day)
    return [*found, Piece("day", end + 1, second[1], following)]


def _unit_follows(region: Region, at: int) -> bool:
    return region.get(at, "unit") is not None or region.get(at, "number") is not None


def _month_alone(region: Region, at: int, month: Month, published: PublishedDay) -> list[Piece]:
    direction = modifier(region, at, month.end)
    if month.calendar != "gregorian":
        day = resolve.day_in_month(published.value, month.calendar, month.number, 15, None, direction)
        return [_wholemonth_at(region, at, month.end, day, month.calendar)] if day else []
    year, number = resolve.month_near(published.value, month.number, direction)
    ahead = year * 12 + number - published.value.year * 12 - published.value.month
    if direction == 0 and ahead > 1 and announced(region, at, month.end) < (1 if ahead > _FAR else 0):
        year -= 1
    return [_wholemonth_at(region, at, month.end, datetime.date(year, number, 1), "gregorian")]


def _wholemonth_at(region: Region, at: int, end: int, day: datetime.date, calendar: Calendar) -> Piece:
    mark = region.get(at, "month") or region.get(at, "month?")
    if calendar != "gregorian":
        day = day + datetime.timedelta(days=14) if day.day < 25 else day + datetime.timedelta(days=10)
    return Piece("month", at, end, day.replace(day=1), "month", calendar, mark.lead if mark else 0)


def _month_cue(region: Region, at: int) -> bool:
    return ending_before(region, at, "month_word") is not None


def _weekday(region: Region, at: int, published: PublishedDay) -> list[Piece]:
    mark = region.get(at, "weekday")
    if mark is None:
        mark = region.get(at, "weekday?")
        if mark is None or not _weak_weekday(region, at, mark):
            return []
    if region.lexicon.language == "eng" and not region.raw(at)[0].isupper():
        return []
    end = at + mark.size
    if region.word(end) == "." and len(region.words[at]) <= 4:
        end += 1
    direction = modifier(region, at, end)
    if not direction and published.source != "assumed" and published.value.weekday() != int(mark.value):
        direction = announced(region, at, end)
    day = resolve.weekday_near(published.value, int(mark.value), direction)
    loose = direction == 0 or (abs(direction) == 1 and region.kind == "headline")
    return [Piece("weekday", at, end, day, lead=mark.lead, loose=loose)]


def _weak_weekday(region: Region, at: int, mark: Mark) -> bool:
    if region.lexicon.language == "eng":
        return month_at(region, at + mark.size) is not None or region.word(at + mark.size) in (".", ",")
    return ending_before(region, at, "day_word") is not None or day_number(region, at + mark.size) is not None
