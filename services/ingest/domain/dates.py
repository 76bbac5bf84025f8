"""Dates as publishers write them: ISO, RFC 2822, epoch seconds, three calendars, three digit sets, seven languages."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from typing import Literal

from services.ingest.domain.calendars import calendar_of_year
from services.shared.text.calendars import Calendar, to_gregorian, year_in
from services.shared.text.fold import fold_text

Precision = Literal["second", "day", "month"]
_CLOCK = (
    r"(?:[ t,،؛|-]{1,4}(?:at |о |в |a |ساعت |الساعه )?"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
)
_ZONE = r"(?: ?(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})(?![\w:]))?"
_NUMERIC = re.compile(r"(?<!\d)(?P<a>\d{1,4})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})(?!\d)" + _CLOCK + _ZONE)
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"
    r"(?:t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?z?)?(?!\d)"
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_MONTH_ONLY = re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class When:
    """A moment or day; `clear` is false where day and month, or the year, had to be guessed."""

    day: date
    precision: Precision = "day"
    moment: datetime | None = None
    clear: bool = True

    @property
    def value(self) -> str:
        """ISO 8601, as precise as is known."""
        if self.moment:
            return self.moment.isoformat(timespec="seconds")
        return self.day.isoformat()[:7] if self.precision == "month" else self.day.isoformat()


@dataclass(frozen=True)
class DateWords:
    """Months by folded name (a name may belong to two calendars), and the words before a printed date."""

    months: dict[str, tuple[tuple[Calendar, int], ...]]
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = field(default=())

    @cached_property
    def named(self) -> "tuple[re.Pattern[str], ...]":
        """Patterns of dates with a month's name."""
        names = "|".join(re.escape(name) for name in sorted(self.months, key=len, reverse=True))
        month = rf"(?<!\w)(?P<m>{names})(?:ماه)?\.?(?:[ ]?[/(][ ]?(?:{names})\)?)?(?!\w)"
        day = r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er)?\.?"
        year = r"(?P<y>\d{4})(?!\d)"
        return (
            re.compile(
                rf"{day}(?:[ -]|[ ]de[ ]|[ ]of[ ]|[ ]?من[ ])[ ]?{month}[ ,،-]{{0,3}}(?:سال |عام |de )?{year}"
                + _YEAR_CLOCK
            ),
            re.compile(rf"{month}[ ]{day},?[ ]{year}" + _YEAR_CLOCK),
            re.compile(rf"{day}[ ]{month}"),
            re.compile(rf"{month}[ ,]{{1,2}}{year}"),
        )


_YEAR_CLOCK = r"(?: ?(?:г|р|م|року|года)\b\.?)?" + _CLOCK + _ZONE


def parse_when(text: str | None, received: datetime, words: DateWords) -> When | None:
    """The date a publisher's field tells; None where it tells none."""
    folded = fold_text(text or "").strip()[:_LONGEST]
    if _EPOCH.fullmatch(folded):
        return _epoch(folded)
    found = find_when(folded, received, words)
    if found:
        return found[0]
    month = _MONTH_ONLY.fullmatch(folded)
    return _month(int(month["y"]), int(month["m"])) if month else None


def find_when(folded: str, received: datetime, words: DateWords) -> tuple[When, int, int] | None:
    """The first date in a folded text, with its folded offsets."""
    candidates = [(pattern.search(folded), reader) for pattern, reader in _readers(words)]
    hits = [(found.start(), rank, found, reader) for rank, (found, reader) in enumerate(candidates) if found]
    for _, _, found, reader in sorted(hits, key=lambda hit: (hit[1] > 3, hit[0], hit[1])):
        when = reader(found, received, words)
        if when:
            return when, found.start(), found.end()
    return None


def _epoch(folded: str) -> When:
    number = float(folded)
    moment = datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)
    return When(moment.date(), "second", moment)


def _month(year: int, month: int) -> When | None:
    day = to_gregorian("gregorian", year, month, 1) if calendar_of_year(year) == "gregorian" else None
    return When(day, "month") if day else None


_Match = re.Match[str]


_Reader = Callable[[_Match, datetime, DateWords], When | None]


def _readers(words: DateWords) -> tuple[tuple["re.Pattern[str]", _Reader], ...]:
    day_first, month_first, no_year, no_day = words.named
    return (
        (_NUMERIC, _numeric), (day_first, _named), (month_first, _named), (_COMPACT, _compact),
        (no_year, _yearless), (no_day, _dayless),
    )  # fmt: skip


def _numeric(found: _Match, received: datetime, words: DateWords) -> When | None:
    a, b, c = int(found["a"]), int(found["b"]), int(found["c"])
    if len(found["a"]) == 4:
        return _day(found, a, b, c)
    year = c if len(found["c"]) == 4 else 2000 + c if len(found["c"]) == 2 else 0
    by_day, by_month = _day(found, year, b, a), _day(found, year, a, b)
    if by_day and by_month and a != b and found["sep"] != ".":
        chosen = min((by_day, by_month), key=lambda when: _distance(when.day, received))
        return When(chosen.day, chosen.precision, chosen.moment, clear=False)
    return by_day or by_month


def _distance(day: date, received: datetime) -> tuple[bool, int]:
    """Days ahead of the receipt come last."""
    ahead = (day - received.date()).days
    return ahead > 1, abs(ahead)


def _named(found: _Match, received: datetime, words: DateWords) -> When | None:
    year = int(found["y"])
    for calendar, month in words.months[found["m"]]:
        if calendar_of_year(year) == calendar:
            return _day(found, year, month, int(found["d"]), calendar)
    return None


def _compact(found: _Match, received: datetime, words: DateWords) -> When | None:
    return _day(found, int(found["y"]), int(found["m"]), int(found["d"]))


def _yearless(found: _Match, received: datetime, words: DateWords) -> When | None:
    """A day without its year is the last such day before the receipt."""
    for calendar, month in words.months[found["m"]]:
        year_now = year_in(calendar, received.date())
        years = range(year_now + 1, year_now - 3, -1)
        days = (to_gregorian(calendar, year, month, int(found["d"])) for year in years)
        for day in days:
            if day and day <= received.date() + timedelta(days=2):
                return When(day, clear=False)
    return None


def _dayless(found: _Match, received: datetime, words: DateWords) -> When | None:
    months = [month for calendar, month in words.months[found["m"]] if calendar == "gregorian"]
    return _month(int(found["y"]), months[0]) if months else None


def _day(found: _Match, year: int, month: int, day: int, calendar: Calendar | None = None) -> When | None:
    calendar = calendar or calendar_of_year(year)
    gregorian = to_gregorian(calendar, year, month, day) if calendar else None
    if gregorian is None:
        return None
    moment = _moment(gregorian, found.groupdict())
    return When(gregorian, "second" if moment else "day", moment)


def _moment(day: date, parts: dict[str, str | None]) -> datetime | None:
    """The moment, where clock and zone are both told; a clock without a zone does not make the day any surer."""
    if parts.get("hour") is None or parts.get("zone") is None:
        return None
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=_zone(parts["zone"] or "z"))
    except ValueError:
        return None


def _zone(text: str) -> timezone:
    if text in ("z", "utc", "gmt"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-delta if text[0] == "-" else delta)
