"""Which calendar a year of the press belongs to."""

from services.shared.text.calendars import Calendar


def calendar_of_year(year: int) -> Calendar | None:
    """The calendar in which `year` is a year of the printed or digital press; None for none."""
    if 1900 <= year <= 2099:
        return "gregorian"
    if 1330 <= year <= 1420:
        return "solar_hijri"
    return "hijri" if 1421 <= year <= 1470 else None
