"""Numbers that count nothing: parts of names, list numbers, phone numbers, scores, labels, bare years."""

from services.extraction.domain.quantities.numerals import Numeral
from services.extraction.domain.quantities.pieces import ending_before
from services.extraction.domain.quantities.ranges import Counting
from services.extraction.domain.quantities.tokens import Region

_HOURS = {"fra": ("a",), "rus": ("в",), "ukr": ("о", "об")}
_LONGEST_BARE = 7
_NEITHER_NOR = 8
_ARABIC_PREFIXES = {"ب", "و", "ل", "ف", "ال", "ک", "بال", "وال", "لل", "فال", "ها", "به"}


def in_name(region: Region, found: Numeral) -> bool:
    """F-16, Су-57, G7, COVID-19, 5G: letters written onto the digits."""
    if found.words:
        return False
    first, last = found.first, found.first
    if first and region.touching(first - 1):
        before = region.word(first - 1)
        if region.is_word(first - 1) and before not in _ARABIC_PREFIXES and not _currency_letters(region, first - 1):
            return True
        if (
            before in ("-", "_", "/", "@", "#", ".")
            and first >= 2
            and region.touching(first - 2)
            and region.is_word(first - 2)
        ):
            return True
    return region.touching(last) and _unknown_letters(region, last + 1)


def _currency_letters(region: Region, at: int) -> bool:
    unit = region.get(at, "unit")
    return region.get(at, "symbol") is not None or (unit is not None and unit.value.startswith("money"))


def _unknown_letters(region: Region, at: int) -> bool:
    if not region.is_word(at):
        return False
    marks = region.marks.get(at) or {}
    known = {"unit", "suffix", "number", "ordinal_end", "classifier", "cardinal_end"}
    if len(region.words[at]) == 1 and "suffix" not in marks and region.raw(at).isupper() and region.words[at].isascii():
        return True  # 5G, 3D
    return not (known & set(marks)) and region.words[at][0] < "\u0600"


def labelled(region: Region, found: Numeral) -> bool:
    """«Article 5», «№ 3», «الساعة 9»: the number names, it does not count."""
    first = found.first
    if ending_before(region, first, "clock_before") and found.value <= 24:
        return True
    if region.get(found.end, "clock_after") and found.value <= 24:
        return True
    return ending_before(region, first, "label") is not None or region.word(first - 1) in ("№", "#")


def formless(region: Region, found: Numeral) -> bool:
    """Phone numbers, codes, scores and list numbers, by their digits and what they touch."""
    text = region.words[found.first]
    if found.words:
        return False
    if text.isdigit() and found.end - found.first == 1:
        if len(text) >= _LONGEST_BARE and region.get(found.end, "unit") is None:
            return True
        if len(text) > 1 and text[0] == "0":
            return True
    return _list_number(region, found) or _dashed(region, found)


def _list_number(region: Region, found: Numeral) -> bool:
    if region.word(found.end) not in (".", ")") or not region.touching(found.first) or found.value >= 100:
        return False
    start = region.starts[found.first]
    before = region.part.folded.text[max(0, start - 3) : start]
    begins = found.first == 0 or "\n" in before or region.word(found.first - 1) in (".", ":", ";", "؛")
    return begins and region.is_word(found.end + 1)


def _dashed(region: Region, found: Numeral) -> bool:
    """`2-1` is a score and `044-123-45` a telephone: dashes that do not make a rising range."""
    for side, beyond in ((found.first - 1, found.first - 2), (found.end, found.end + 1)):
        dash = region.word(side)
        if dash not in ("-", ":", "/") or not region.word(beyond)[:1].isdigit():
            continue
        inner = min(side, beyond), max(side, beyond)
        if all(region.touching(place) for place in range(inner[0], inner[1])) and region.get(found.end, "unit") is None:
            return True
    return False


def telephone(region: Region, at: int) -> int:
    """The token after a telephone number that starts here, or 0: groups of digits after `+` or a leading zero."""
    if region.word(at - 1) != "+" and not region.words[at].startswith("0"):
        return 0
    place, digits = at, 0
    while place < len(region.words) and place - at < 12:
        if region.words[place][0].isdigit() and region.kinds[place] != "clock":
            digits += sum(char.isdigit() for char in region.words[place])
        elif region.words[place] not in ("-", "(", ")"):
            break
        place += 1
    return place if digits >= 8 and place - at > 1 else 0


def bare_year(found: Numeral) -> bool:
    """A lone 1900..2100 that no date took is still likelier a year than a count."""
    return not found.words and not found.scaled and not found.grouped and 1900 <= found.value <= 2100


def no_quantity(region: Region, counting: Counting) -> bool:
    """Clock times, scores («سه بر صفر», «три на три») and words like «three-way»."""
    if counting.value <= 24 and (region.get(counting.end, "clock_after") or _at_an_hour(region, counting)):
        return True
    if region.word(counting.first) == "نه" and _denies(region, counting.first):
        return True
    if region.word(counting.first - 1) == "in" and region.get(counting.first - 2, "one"):
        return True  # one in five
    after = counting.end + (1 if region.word(counting.end) == "-" else 0)
    if region.get(after, "skip"):
        return True
    return any(
        region.get(joint, "score") and counting.high is None and _small_number(region, beyond)
        for joint, beyond in ((counting.end, counting.end + 1), (counting.first - 1, counting.first - 2))
    )


def _denies(region: Region, at: int) -> bool:
    """«نه ... و نه ...» is neither-nor, not nine."""
    near = range(max(at - _NEITHER_NOR, 0), min(at + _NEITHER_NOR, len(region.words)))
    return any(place != at and region.words[place] == "نه" for place in near)


def _at_an_hour(region: Region, counting: Counting) -> bool:
    """«À 20 heures», «в 15 часов», «о 15 годині»: a time of the day."""
    unit = region.get(counting.end, "unit")
    before = _HOURS.get(region.lexicon.language, ())
    return unit is not None and unit.value == "measure:hour" and region.word(counting.first - 1) in before


def _small_number(region: Region, at: int) -> bool:
    if not 0 <= at < len(region.words):
        return False
    mark = region.get(at, "number")
    return (mark is not None and float(mark.value) < 20) or (region.words[at].isdigit() and len(region.words[at]) < 3)


def points_back(region: Region, before: int) -> bool:
    """«The two agreed», «قضية أو اثنتان»: without a noun of its own it only repeats or vaguely guesses."""
    return region.get(before, "not_alone") is not None or region.get(before, "or") is not None
