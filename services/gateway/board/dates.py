"""Days and moments in the reader's calendar: Gregorian, or Solar Hijri with Iranian or Afghan months."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

import jdatetime
from babel.dates import get_month_names

from services.gateway.board.catalogue import Words

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Moment:
    """What a page shows of a time, and what a machine reads."""

    shown: str
    machine: str


def moment(value: str | datetime, words: Words) -> Moment:
    """An ISO 8601 moment, day, month or year as the reader writes it; what is none of these stays as it is."""
    if isinstance(value, datetime):
        at = value.astimezone(UTC)
        return Moment(words.listed(_day(at.date(), words), f"{_clock(at, words)} UTC"), f"{at:%Y-%m-%dT%H:%M:%SZ}")
    if "T" in value or " " in value:
        return _from_iso(value, words)
    return Moment(_named(value, words), value if _is_machine(value) else "")


def _from_iso(value: str, words: Words) -> Moment:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return Moment(value, "")
    return Moment(words.listed(_day(at.date(), words), _clock(at, words) + _zone(at)), at.isoformat())


def _zone(at: datetime) -> str:
    """UTC and the offset, in Latin digits: the letters hold it together in a line of either direction."""
    written = f"{at:%z}"
    if not written:
        return ""
    return " UTC" if written in ("+0000", "-0000") else f" UTC{written[:3]}:{written[3:5]}"


def _clock(at: datetime, words: Words) -> str:
    return words.digits(f"{at:%H:%M}")


def _named(value: str, words: Words) -> str:
    if found := _DAY.fullmatch(value):
        try:
            return _day(date(*map(int, found.groups())), words)
        except ValueError:
            return value
    if found := _MONTH.fullmatch(value):
        return _month_of_year(int(found[1]), int(found[2]), words)
    return words.digits(value)


def _is_machine(value: str) -> bool:
    return bool(_DAY.fullmatch(value) or _MONTH.fullmatch(value) or re.fullmatch(r"\d{4}", value))


def _month_of_year(year: int, month: int, words: Words) -> str:
    """A Gregorian month has no single month of another calendar: it is told in its own, by the reader's name for it."""
    if not 1 <= month <= 12:
        return f"{year}-{month:02}"
    return words.digits(f"{_gregorian_names(words)[month]} {year}")


def _gregorian_names(words: Words) -> dict[int, str]:
    return dict(get_month_names("wide", "format", words.interface.replace("-", "_")))


def _day(day: date, words: Words) -> str:
    if words.table["self.calendar"] == "solar_hijri" and day.year >= 622:
        solar = jdatetime.date.fromgregorian(date=day)
        return words.digits(f"{solar.day} {words.table['self.months'][solar.month - 1]} {solar.year}")
    return words.digits(f"{day.day} {_gregorian_names(words)[day.month]} {day.year}")
