"""A year that stands alone: told from a count by what is beside it."""

import datetime

from services.extraction.domain.quantities.pieces import Piece, ending_before
from services.extraction.domain.quantities.tokens import Region
from services.shared.text.calendars import Calendar

_IRREGULAR = {
    "people",
    "men",
    "women",
    "children",
    "dead",
    "killed",
    "wounded",
    "injured",
    "hurt",
    "missing",
    "servicemen",
}
_JOINTS = {"-", "and", "to", "و", "تا", "до", "по", "і", "та", "и", "et", "a", "au", "الی", "الى"}


def lone_year(region: Region, at: int) -> list[Piece]:
    """The year in four digits at a token, where it is one."""
    word = region.words[at]
    if len(word) != 4 or not word.isdigit() or _glued_to_letters(region, at):
        return []
    year = int(word)
    after = region.get(at + 1, "year_after") or region.get(at + 1, "era") or region.get(at + 1, "era_solar")
    strong = ending_before(region, at, "year_strong") or after
    later = _between_years(region, at)
    cue = strong or later or ending_before(region, at, "year_before")
    if not (strong or later) and _counts(region, at):
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
    """The later of two years: «2014-2022», «بین ۲۰۲۲ تا ۲۰۲۴»."""
    earlier = region.word(at - 2)
    rising = len(earlier) == 4 and earlier.isdigit() and 1500 < int(earlier) < int(region.words[at]) < 2100
    return rising and region.word(at - 1) in _JOINTS


def _counts(region: Region, at: int) -> bool:
    if ending_before(region, at, "qualifier") and not ending_before(region, at, "year_before"):
        return True
    unit = region.get(at + 1, "unit") or region.get(at + 1, "classifier")
    if unit and not region.get(at + 1, "year_after") and not _names_one(region, at + 1):
        return True
    return region.word(at - 1) in ("$", "€", "£") or region.get(at + 1, "number") is not None


def _names_one(region: Region, at: int) -> bool:
    """«The 2024 summit»: what stands in the English singular is not counted in thousands."""
    unit = region.get(at, "unit")
    if unit is None or region.lexicon.language != "eng" or not unit.value.startswith("count:"):
        return False
    return not region.word(at).endswith("s") and region.word(at) not in _IRREGULAR


def _glued_to_letters(region: Region, at: int) -> bool:
    before = (
        at > 0 and region.touching(at - 1) and (region.is_word(at - 1) or region.word(at - 1) in ("_", "@", "#", "."))
    )
    before = before and region.word(at - 1) not in ("و", "ل", "ب", "لل", "ال")
    if region.word(at + 1) == "-" and region.word(at + 2) in ("е", "х", "ті", "их"):
        return True  # the 1990s
    return before or (region.touching(at) and region.is_word(at + 1) and region.word(at + 1) not in ("р", "г", "م"))
