"""A month's name, its second name beside it, and the year that follows."""

from dataclasses import dataclass

from services.extraction.domain.quantities.tokens import Region
from services.shared.text.calendars import Calendar

_OWN_TABLES = {"eng", "fra", "rus", "ukr", "arb", "fas"}


@dataclass(frozen=True, slots=True)
class Month:
    """A month in the tokens up to `end`; `weak` names are everyday words too."""

    calendar: Calendar
    number: int
    end: int
    weak: bool


def month_at(region: Region, at: int) -> Month | None:
    """The month named at a token."""
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
    return Month(calendar, int(number), end, weak)  # type: ignore[arg-type]


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


def before_month(region: Region, at: int) -> int:
    """Steps over «of», «من», «de», «ماه», a hyphen between the day and its month."""
    for kind in ("day_of", "month_word", "day_word"):
        mark = region.get(at, kind)
        if mark and region.lexicon.language not in ("rus", "ukr") and not region.get(at, "month?"):
            return at + mark.size
    if region.word(at) == "." and region.lexicon.language not in _OWN_TABLES and region.touching(at - 1):
        return at + 1  # «4. September»
    return at + 1 if region.word(at) == "-" and region.touching(at) and region.touching(at - 1) else at


def month_near(region: Region, at: int) -> bool:
    """Whether a month follows, «of» and the like stepped over."""
    return bool(month_at(region, at) or month_at(region, before_month(region, at)))


def year_after(region: Region, at: int, calendar: Calendar) -> tuple[int | None, int]:
    """The year written after a month, and where the expression ends."""
    place = at + 1 if region.word(at) in (",", "،") else at
    if after := region.get(place, "month_after"):
        place = at = place + after.size
    for kind in ("day_of", "of", "year_strong"):
        if mark := region.get(place, kind):
            place += mark.size
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
