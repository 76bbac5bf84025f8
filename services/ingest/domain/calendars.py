"""Days of the three calendars of the news, as Gregorian days."""

from datetime import date
from enum import Enum

import hijridate
import jdatetime


class Calendar(Enum):
    """The calendar a printed date is in."""

    GREGORIAN = "gregorian"
    SOLAR_HIJRI = "solar_hijri"
    HIJRI = "hijri"


def calendar_of_year(year: int) -> Calendar | None:
    """The calendar in which `year` is a year of the printed or digital press; None for none."""
    if 1900 <= year <= 2099:
        return Calendar.GREGORIAN
    if 1330 <= year <= 1420:
        return Calendar.SOLAR_HIJRI
    return Calendar.HIJRI if 1421 <= year <= 1470 else None


def to_gregorian(year: int, month: int, day: int, calendar: Calendar) -> date | None:
    """The Gregorian day, or None where there is no such day."""
    try:
        if calendar is Calendar.SOLAR_HIJRI:
            converted = jdatetime.date(year, month, day).togregorian()
            return date(converted.year, converted.month, converted.day)
        if calendar is Calendar.HIJRI:
            lunar = hijridate.Hijri(year, month, day).to_gregorian()
            return date(lunar.year, lunar.month, lunar.day)
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None
