"""A year that stands alone: told from a count by what is beside it."""

import datetime

from services.extraction.domain.quantities.pieces import Piece, ending_before
from services.extraction.domain.quantities.tokens import Region
from services.shared.text.calendars import Calendar


def lone_year(region: Region, at: int) -> list[Piece]:
    """The year in four digits at a token, where it is one."""
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
    unit = region.get(at + 1, "unit") or region.get(at + 1, "classifier")
    if unit and not region.get(at + 1, "year_after"):
        return True
    return region.word(at - 1) in ("$", "€", "£") or region.get(at + 1, "number") is not None


def _glued_to_letters(region: Region, at: int) -> bool:
    before = (
        at > 0 and region.touching(at - 1) and (region.is_word(at - 1) or region.word(at - 1) in ("_", "@", "#", "."))
    )
    return before or (region.touching(at) and region.is_word(at + 1) and region.word(at + 1) not in ("р", "г", "م"))
