"""Read one cardinal number that starts at a token: digits, words, or both (800 ألف, سی و پنج, двадцать семь)."""

import re
from dataclasses import dataclass

from services.extraction.domain.quantities.tokens import Region

_MOST_DIGITS = 18
_MOST_PARTS = 12
_GROUPED = re.compile(r"\d{1,3}(?:[ ,.']\d{3})+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A value written in the tokens `[first, end)`; `lead` letters of the first token are not part of it."""

    value: float
    first: int
    end: int
    lead: int = 0
    words: bool = False
    weak: bool = False
    scaled: bool = False
    grouped: bool = False


def literal(text: str, decimal: str, slash: bool = False) -> float | None:
    """The value of a folded digit literal, with the separators of the language."""
    text = text.replace("،", ",")
    grouped = _GROUPED.match(text)
    if grouped and not (_is_decimal(grouped[0], decimal)):
        rest = text[grouped.end() :]
        text = re.sub(r"\D", "", grouped[0]) + ("." + rest[1:] if rest else "")
    elif "/" in text and not slash:
        return None
    text = text.replace(",", ".").replace("/", ".").replace(" ", "").replace("'", "")
    return float(text) if len(text) <= _MOST_DIGITS and text.count(".") <= 1 else None


def _is_decimal(text: str, decimal: str) -> bool:
    """`7,125` is a fraction where the comma is the decimal sign; `12,500` is not written so by anybody."""
    return bool(decimal) and len(re.findall(r"\D", text)) == 1 and decimal in text and not text.endswith("00")


class _Sum:
    """Adds number words by their places: unit, ten, hundred, and groups of thousand upwards."""

    def __init__(self) -> None:
        self.total = 0.0
        self.group = 0.0
        self.filled: set[str] = set()
        self.scale = 1e18
        self.empty = True

    def add(self, value: float, tens_after: bool) -> bool:
        """Take a word's value if it fits beside what is there."""
        if value >= 1000 and float(value).is_integer():
            return self._scale(value)
        if value == 100 and self.filled == {"unit"}:
            self.group, self.filled = self.group * 100, {"hundred"}
            return True
        place = "unit" if value < 10 else "teen" if value < 20 else "ten" if value < 100 else "hundred"
        if self._clashes(place, tens_after):
            return False
        self.group += value
        self.filled.add(place)
        self.empty = False
        return True

    def _clashes(self, place: str, tens_after: bool) -> bool:
        if place == "hundred":
            return bool(self.filled)
        if place == "unit":
            return bool(self.filled & {"unit", "teen", "literal"})
        allowed = {"hundred", "unit"} if tens_after else {"hundred"}
        return bool(self.filled - allowed)

    def start(self, value: float) -> bool:
        """Take a digit literal, which stands for a whole group."""
        if self.filled or value >= self.scale:
            return False
        self.group, self.filled, self.empty = value, {"literal"}, False
        return True

    def _scale(self, value: float) -> bool:
        unit = 10.0 ** (len(str(int(value))) - 1)
        if unit >= self.scale:
            return False
        if value != unit and self.filled:  # a dual (ألفين) takes no factor
            return False
        self.total += (self.group if self.filled else 1) * value
        self.group, self.filled, self.scale, self.empty = 0.0, set(), unit, False
        return True

    @property
    def value(self) -> float:
        return round(self.total + self.group, 6)


def numeral(region: Region, first: int) -> Numeral | None:
    """The longest number that starts at a token."""
    if region.kinds[first] == "number":
        return _from_digits(region, first)
    if (region.get(first, "number") or region.get(first, "number?")) is not None:
        return _from_words(region, first)
    one = region.get(first, "one")
    if one and _scale_at(region, first + one.size):
        return _sum(region, first + one.size, _Sum(), first, True)
    return _with_joined_tens(region, first, one.size) if one else None


def _with_joined_tens(region: Region, first: int, size: int) -> Numeral | None:
    """`یک` alone is an article; `یک و بیست` does not exist, but `واحد وعشرون` and `двадцать один` do."""
    if region.lexicon.language != "arb":
        return None
    mark = region.get(first + size, "number")
    if mark and 20 <= float(mark.value) < 100 and mark.lead:
        return Numeral(float(mark.value) + 1, first, first + size + mark.size, 0, True)
    return None


def _from_digits(region: Region, first: int) -> Numeral | None:
    decimal = "." if "٫" in region.raw(first) else region.lexicon.decimal
    value = literal(region.words[first], decimal, slash=region.lexicon.language == "fas")
    if value is None:
        return None
    grouped = not region.words[first].isdigit()
    if region.get(first + 1, "decimal") and region.word(first + 2).isdigit():  # «۷۱ اعشاریه ۲۰»
        value, first_end = float(f"{value:.0f}.{region.words[first + 2][:6]}"), first + 3
        return Numeral(value, first, first_end, 0, False, False, False, True)
    total = _Sum()
    total.start(value)
    scale = region.get(first + 1, "suffix")
    if scale and region.touching(first) and not region.word(first + 2).isdigit():
        return Numeral(value * float(scale.value), first, first + 2, scaled=True)
    found = _sum(region, first + 1, total, first, False)
    return Numeral(found.value, first, found.end, 0, False, False, found.end > first + 1, grouped)


def _from_words(region: Region, first: int) -> Numeral | None:
    found = _sum(region, first, _Sum(), first, True)
    weak = region.get(first, "number") is None and found.end - first <= 1
    mark = region.get(first, "number") or region.get(first, "number?")
    lead = mark.lead if mark else 0
    if lead >= 2 and region.words[first][lead - 2 : lead] == "ال":
        lead -= 2
    return Numeral(found.value, first, found.end, lead, True, weak)


def _sum(region: Region, place: int, total: _Sum, first: int, words: bool) -> Numeral:
    end = place
    for _ in range(_MOST_PARTS):
        joined, joint_lead = _joint(region, place, total)
        mark = region.get(joined, "number") or (region.get(joined, "number?") if joined == place else None)
        mark = mark or (region.get(joined, "number?") if joint_lead else None)
        one = None if mark else region.get(joined, "one")
        if mark and _arabic_gap(region, joined, place, mark.lead, float(mark.value), total):
            break
        if mark and total.add(float(mark.value), tens_after=mark.lead > 0 or _teen(region, mark.value, total)):
            place = end = joined + mark.size
        elif (one and not total.empty and joined != place) or (one and total.filled & {"ten"}):
            total.add(1, False)
            place = end = joined + one.size
        elif joint_lead and _literal_group(region, joined, total):
            place = end = joined + 1
        else:
            break
    return Numeral(total.value, first, max(end, first + 1), 0, words)


def _literal_group(region: Region, place: int, total: _Sum) -> bool:
    """`دو هزار و ۳۰۰`: digits may follow a scale."""
    if total.empty or total.filled or place >= len(region.kinds) or region.kinds[place] != "number":
        return False
    value = literal(region.words[place], region.lexicon.decimal)
    return value is not None and total.start(value)


def _joint(region: Region, place: int, total: _Sum) -> tuple[int, bool]:
    """Step over what joins two number words: و, and, a hyphen."""
    language, word = region.lexicon.language, region.word(place)
    if total.empty:
        return place, False
    if word == "و" and language == "fas":
        return place + 1, True
    if word == "and" and language == "eng" and total.filled <= {"hundred"}:
        return place + 1, True
    if word == "-" and region.touching(place) and region.touching(place - 1) and "ten" in total.filled:
        return place + 1, False
    return place, False


def _arabic_gap(region: Region, joined: int, place: int, lead: int, value: float, total: _Sum) -> bool:
    """In Arabic the parts of a sum are joined by و; only a scale or `عشر` follows without it."""
    language = region.lexicon.language
    if total.empty or value >= 1000 or (value == 100 and total.filled == {"unit"}):
        return False
    if language == "arb":
        with_wa = lead > 0 and region.words[joined][0] == "و"
        return not with_wa and value != 10
    return language == "fas" and joined == place


def _teen(region: Region, value: str, total: _Sum) -> bool:
    return (
        region.lexicon.language == "arb"
        and value == "10"
        and total.filled <= {"unit", "hundred"}
        and bool(total.filled)
    )


def _scale_at(region: Region, place: int) -> bool:
    mark = region.get(place, "number")
    return mark is not None and float(mark.value) >= 100 and not mark.lead


def glued(region: Region, word: str, index: int) -> tuple[float, str] | None:
    """The value and the noun's letters of Persian number words written together (بیستوهفت, هشتصدهزارنفری)."""
    pattern = region.lexicon.glue
    if pattern is None or not 5 <= len(word) <= 40 or not pattern.match(word):
        return None
    return _split_glued(region, word)


def _split_glued(region: Region, word: str) -> tuple[float, str] | None:
    total, place, parts = _Sum(), 0, 0
    while place < len(word):
        start = place + 1 if parts and word[place] == "و" else place
        size, value = _longest_number(region, word, start)
        if not size or not total.add(value, False):
            break
        place, parts = start + size, parts + 1
    if not parts or (parts == 1 and place == len(word)):
        return None
    return total.value, word[place:]


def _longest_number(region: Region, word: str, start: int) -> tuple[int, float]:
    for end in range(min(len(word), start + 8), start + 1, -1):
        for entry in region.lexicon.index.get(word[start:end], ()):
            if entry.kind in ("number", "number?") and not entry.rest:
                return end - start, float(entry.value)
    return 0, 0.0
