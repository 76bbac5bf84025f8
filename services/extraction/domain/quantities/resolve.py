"""Turn what a date expression says into a day: nearest to the publication, weekdays into the past unless announced."""

import datetime

from services.shared.text.calendars import Calendar, to_gregorian, year_in

_DAY = datetime.timedelta(days=1)


def weekday_near(anchor: datetime.date, weekday: int, direction: int) -> datetime.date:
    """The weekday at or around `anchor`: 0 at or before it, 1 at or after, -2 strictly before, 2 strictly after."""
    back = (anchor.weekday() - weekday) % 7
    if direction in (-2, 2) and back == 0:
        return anchor + _DAY * 7 * (direction // 2)
    return anchor - _DAY * back if direction <= 0 or back == 0 else anchor + _DAY * (7 - back)


def day_in_month(
    published: datetime.date, calendar: Calendar, month: int, day: int, year: int | None, direction: int = 0
) -> datetime.date | None:
    """A day of a month; without a year the occurrence nearest to the publication, or the last/next one."""
    if year is not None:
        return to_gregorian(calendar, year, month, day)
    centre = year_in(calendar, published)
    found = [to_gregorian(calendar, centre + offset, month, day) for offset in (-1, 0, 1)]
    days = [one for one in found if one is not None]
    wanted = [one for one in days if (one - published).days * direction >= 0] or days
    return min(wanted, key=lambda one: abs((one - published).days), default=None)


def month_near(published: datetime.date, month: int, direction: int) -> tuple[int, int]:
    """`(year, month)` of a Gregorian month named without a year."""
    now = published.year * 12 + published.month - 1
    this_year = published.year * 12 + month - 1
    choices = [this_year - 12, this_year, this_year + 12]
    wanted = [one for one in choices if (one - now) * direction >= 0] or choices
    best = min(wanted, key=lambda one: (abs(one - now), one))
    return best // 12, best % 12 + 1


def full_year(year: int) -> int:
    """`26` is 2026, `98` is 1998."""
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def calendar_of(year: int) -> Calendar:
    """Which calendar a year of a numeric date belongs to, by its size."""
    if 1250 <= year <= 1425:
        return "solar_hijri"
    return "hijri" if 1426 <= year <= 1500 else "gregorian"


def numeric(published: datetime.date, text: str, month_first: bool) -> tuple[datetime.date, Calendar] | None:
    """06.01.2026, 6/1/26, 2026-01-06, ۱۴۰۴/۱۰/۱۶; an ambiguous order is settled by language and by nearness."""
    first, middle, last = (int(part) for part in text.replace("/", ".").replace("-", ".").split("."))
    if first > 31:
        calendar = calendar_of(full_year(first))
        found = to_gregorian(calendar, full_year(first), middle, last)
        return (found, calendar) if found else None
    year = full_year(last)
    calendar = calendar_of(year)
    orders = [(first, middle), (middle, first)] if month_first else [(middle, first), (first, middle)]
    days = [day for day in (to_gregorian(calendar, year, month, day) for month, day in orders) if day]
    if not days:
        return None
    usual = days[0]
    near = min(days, key=lambda day: abs((day - published).days))
    # the unusual order only where it lands within days of the publication and the usual one is months away
    chosen = near if abs((near - published).days) <= 3 and abs((usual - published).days) > 45 else usual
    return chosen, calendar
