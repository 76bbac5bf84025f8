"""Single date expressions: a numeric date, a day of a month, a month, a year, a weekday, today. Merging comes after."""

import datetime
from dataclasses import dataclass
from typing import Literal

from services.extraction.domain.quantities import resolve
from services.extraction.domain.quantities.tense import announced, modifier
from services.extraction.domain.quantities.tokens import Mark, Region
from services.extraction.domain.quantities.values import Precision, PublishedDay
from services.shared.text.calendars import Calendar, year_in

_OWN_TABLES = {"eng", "fra", "rus", "ukr", "arb", "fas"}
_SOON = 45  # days within which a day without a year may lie ahead unannounced
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


@dataclass(frozen=True, slots=True)
class _Month:
    calendar: Calendar
    number: int
    end: int
    weak: bool


def piece(region: Region, at: int, published: PublishedDay) -> list[Piece]:
    """The date expressions that start at a token: none, one, or the two ends of «15-17 January»."""
    kind = region.kinds[at]
    if kind == "date":
        return _numeric(region, at, published)
    if kind == "clock":
        return []
    found = _day_of_month(region, at, published) or _named(region, at, published)
    if found:
        return found
    if kind == "number":
        return _year(region, at)
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
        if mark := marks.get(kind):
            return [_relative_period(kind, mark, at, published.value)]
    if region.get(at - 1, "vague") or region.kinds[at - 1 if at else 0] == "number":
        return []  # «چند روز آینده», «several years» are no day
    if (mark := marks.get("relative")) and not region.get(at + mark.size, "not_today"):
        day = published.value + datetime.timedelta(days=int(mark.value))
        return [Piece("relative", at, at + mark.size, day, lead=mark.lead)]
    return []


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


def day_number(region: Region, at: int) -> tuple[int, int] | None:
    """`(day of the month, tokens up to)` in digits, ordinals or words."""
    if at >= len(region.words):
        return None
    if region.kinds[at] == "number":
        word = region.words[at]
        if len(word) <= 2 and word.isdigit() and 1 <= int(word) <= 31:
            return int(word), _after_ordinal_end(region, at)
        return None
    marks = region.marks.get(at) or {}
    if ordinal := marks.get("ordinal"):
        return _worded_ordinal(region, at, ordinal)
    if number := marks.get("number") or marks.get("number?"):
        return _worded_number(region, at, number)
    return None


def _after_ordinal_end(region: Region, at: int) -> int:
    place = at + 1
    if region.word(place) == "-" and region.touching(at) and region.touching(place):
        place += 1
    ended = region.get(place, "ordinal_end")
    return place + ended.size if ended and region.touching(place - 1) else at + 1


def _worded_ordinal(region: Region, at: int, ordinal: Mark) -> tuple[int, int]:
    value, end = int(ordinal.value), at + ordinal.size
    tens = region.get(end, "number")
    if region.lexicon.language == "arb" and tens and value < 10:
        if tens.value == "10" and not tens.lead:
            return value + 10, end + tens.size
        if tens.value in ("20", "30") and tens.lead:
            return value + int(tens.value), end + tens.size
    return value, end


def _worded_number(region: Region, at: int, number: Mark) -> tuple[int, int] | None:
    end = at + number.size
    joined = end + 1 if region.word(end) in ("و", "-") else end
    ordinal = region.get(joined, "ordinal")
    if number.value in ("20", "30") and ordinal and int(ordinal.value) < 10:
        return int(number.value) + int(ordinal.value), joined + ordinal.size
    value = float(number.value)
    return (int(value), end) if 1 <= value <= 31 and value.is_integer() else None


def _month(region: Region, at: int) -> _Month | None:
    if at >= len(region.words):
        return None
    mark, weak = region.get(at, "month"), False
    if mark is None:
        mark, weak = region.get(at, "month?"), True
    if mark is None or (region.lexicon.language == "eng" and not region.raw(at)[0].isupper()):
        return None
    calendar, _, number = mark.value.partition(":")
    end = at + mark.size
    if region.word(end) == "." and region.lexicon.language == "eng" and region.word(end + 1).isdigit():
        end += 1  # «Jan. 6»
    end = _second_name(region, end, mark.value)
    return _Month(calendar, int(number), end, weak)  # type: ignore[arg-type]


def _second_name(region: Region, end: int, value: str) -> int:
    """`تشرين الثاني/نوفمبر`, `أيلول (سبتمبر)`: the same month twice is one month."""
    opening = region.word(end)
    if opening not in ("/", "(", "-", "\\"):
        return end
    again = region.get(end + 1, "month") or region.get(end + 1, "month?")
    if not again or again.value != value:
        return end
    after = end + 1 + again.size
    return after + 1 if opening == "(" and region.word(after) == ")" else after


def _before_month(region: Region, at: int) -> int:
    """Steps over «of», «من», «de», «ماه», a hyphen between the day and its month."""
    for kind in ("day_of", "month_word", "day_word"):
        mark = region.get(at, kind)
        if mark and region.lexicon.language not in ("rus", "ukr") and not region.get(at, "month?"):
            return at + mark.size
    if region.word(at) == "." and region.lexicon.language not in _OWN_TABLES and region.touching(at - 1):
        return at + 1  # «4. September»
    return at + 1 if region.word(at) == "-" and region.touching(at) and region.touching(at - 1) else at


def _day_of_month(region: Region, at: int, published: PublishedDay) -> list[Piece]:
    if not region.months or (numbered := day_number(region, at)) is None:
        return []
    day, end = numbered
    month = _month(region, end) or _month(region, _before_month(region, end))
    if month:
        return _dated(region, at, end, day, month, published)
    return _range_of_days(region, at, day, end, published)


def _dated(region: Region, at: int, after_day: int, day: int, month: _Month, published: PublishedDay) -> list[Piece]:
    year, end = _year_after(region, month.end, month.calendar)
    if year is None and (relative := region.get(end, "year_relative")) and month.calendar != "hijri":
        year, end = year_in(month.calendar, published.value) + int(relative.value), end + relative.size
    direction = 0 if year is not None else modifier(region, at, end)
    found = resolve.day_in_month(published.value, month.calendar, month.number, day, year, direction)
    if found and year is None and not direction and (found - published.value).days > _SOON:
        back = announced(region, at, end) < 0
        found = resolve.day_in_month(published.value, month.calendar, month.number, day, None, -1 if back else 0)
    if not found:
        return []
    return [Piece("day", at, end, found, "day", month.calendar, _lead(region, at), year is not None)]


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
    later = _day_of_month(region, end + 1, published) if _month_near(region, second[1]) else []
    if len(later) != 1 or later[0].shape != "day":
        return []
    first = later[0].day - datetime.timedelta(days=second[0] - day)
    return [Piece("day", at, end, first, "day", later[0].calendar, 0, later[0].explicit_year), later[0]]


def _month_near(region: Region, at: int) -> bool:
    return bool(_month(region, at) or _month(region, _before_month(region, at)))


def _year_after(region: Region, at: int, calendar: Calendar) -> tuple[int | None, int]:
    """The year written after a month, and where the expression ends."""
    place = at + 1 if region.word(at) in (",", "،") else at
    if after := region.get(place, "month_after"):
        place = at = place + after.size
    for kind in ("year_strong", "year_word", "year_before"):
        if place == at and (mark := region.get(place, kind)):
            place += mark.size
            break
    word = region.word(place)
    if len(word) != 4 or not word.isdigit() or region.kinds[place] != "number" or not _plausible(int(word), calendar):
        return None, at
    return int(word), _era_end(region, place + 1)


def _era_end(region: Region, at: int) -> int:
    for kind in ("era", "era_solar", "era_hijri"):
        if mark := region.get(at, kind):
            end = at + mark.size
            return end + 1 if region.word(end) == "." and len(region.words[end - 1]) <= 2 else end
    return at


def _plausible(year: int, calendar: Calendar) -> bool:
    if calendar == "gregorian":
        return 1000 <= year <= 2100
    return 1200 <= year <= 1500


def _month_first(region: Region, at: int, published: PublishedDay) -> list[Piece]:
    month = _month(region, at)
    if not month:
        return []
    if region.lexicon.language == "eng":
        numbered = day_number(region, month.end)
        if numbered and region.kinds[month.end] == "number" and not _unit_follows(region, numbered[1]):
            return _dated(
                region, at, month.end, numbered[0], _Month("gregorian", month.number, numbered[1], False), published
            )
    year, end = _year_after(region, month.end, month.calendar)
    if year is not None:
        first = resolve.day_in_month(published.value, month.calendar, month.number, 1, year)
        return [_whole_month(region, at, end, first, month.calendar)] if first else []
    if (month.weak and not _month_cue(region, at)) or month.calendar == "hijri":
        return []
    return _month_alone(region, at, month, published)


def _unit_follows(region: Region, at: int) -> bool:
    return region.get(at, "unit") is not None or region.get(at, "number") is not None


def _month_alone(region: Region, at: int, month: _Month, published: PublishedDay) -> list[Piece]:
    direction = modifier(region, at, month.end)
    if month.calendar != "gregorian":
        day = resolve.day_in_month(published.value, month.calendar, month.number, 15, None, direction)
        return [_whole_month(region, at, month.end, day, month.calendar)] if day else []
    year, number = resolve.month_near(published.value, month.number, direction)
    ahead = year * 12 + number - published.value.year * 12 - published.value.month
    if direction == 0 and ahead > 1 and announced(region, at, month.end) <= 0:
        year -= 1
    return [_whole_month(region, at, month.end, datetime.date(year, number, 1), "gregorian")]


def _whole_month(region: Region, at: int, end: int, day: datetime.date, calendar: Calendar) -> Piece:
    mark = region.get(at, "month") or region.get(at, "month?")
    if calendar != "gregorian":
        day = day + datetime.timedelta(days=14) if day.day < 25 else day + datetime.timedelta(days=10)
    return Piece("month", at, end, day.replace(day=1), "month", calendar, mark.lead if mark else 0)


def ending_before(region: Region, at: int, kind: str) -> Mark | None:
    """The mark of a kind whose last token stands right before `at`."""
    for back in (1, 2, 3):
        mark = region.get(at - back, kind) if at >= back else None
        if mark and mark.size == back:
            return mark
    return None


def _month_cue(region: Region, at: int) -> bool:
    return ending_before(region, at, "month_word") is not None


def _year(region: Region, at: int) -> list[Piece]:
    word = region.words[at]
    if len(word) != 4 or not word.isdigit() or _glued_to_letters(region, at):
        return []
    year = int(word)
    after = region.get(at + 1, "year_after") or region.get(at + 1, "era") or region.get(at + 1, "era_solar")
    strong = ending_before(region, at, "year_strong") or after
    cue = strong or ending_before(region, at, "year_before") or _between_years(region, at)
    if not strong and _counts(region, at):
        return []
    usual = 1990 <= year <= 2035 or (region.lexicon.language == "fas" and 1385 <= year <= 1410)
    if not (usual or (cue and (1700 <= year <= 2100 or 1250 <= year <= 1500))):
        return []
    end = at + 1 + after.size if after else at + 1
    return [_whole_year(region, at, end, year)]


def _whole_year(region: Region, at: int, end: int, year: int) -> Piece:
    calendar: Calendar = "gregorian"
    if year <= 1500:
        hijri = region.get(at + 1, "era_hijri") or region.lexicon.language != "fas"
        calendar = "hijri" if hijri else "solar_hijri"
        year = year + 621 if calendar == "solar_hijri" else int(year * 0.970229 + 621.57)
    return Piece("year", at, end, datetime.date(year, 1, 1), "year", calendar)


def _between_years(region: Region, at: int) -> bool:
    return region.word(at - 1) == "-" and len(region.word(at - 2)) == 4 and region.word(at - 2).isdigit()


def _counts(region: Region, at: int) -> bool:
    if ending_before(region, at, "qualifier") and not ending_before(region, at, "year_before"):
        return True
    unit = region.get(at + 1, "unit")
    if unit and not region.get(at + 1, "year_after"):
        return True
    return region.word(at - 1) in ("$", "€", "£") or region.get(at + 1, "number") is not None


def _glued_to_letters(region: Region, at: int) -> bool:
    before = (
        at > 0 and region.touching(at - 1) and (region.is_word(at - 1) or region.word(at - 1) in ("_", "@", "#", "."))
    )
    return before or (region.touching(at) and region.is_word(at + 1) and region.word(at + 1) not in ("р", "г", "م"))


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
        return _month(region, at + mark.size) is not None or region.word(at + mark.size) in (".", ",")
    return ending_before(region, at, "day_word") is not None or day_number(region, at + mark.size) is not None
