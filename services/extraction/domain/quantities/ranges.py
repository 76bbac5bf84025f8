"""A quantity as it stands: one value, a range (15-20, от 5 до 7, بین ۱۰ تا ۱۵), with its sign and currency mark."""

from dataclasses import dataclass, replace

from services.extraction.domain.quantities.numerals import Numeral, numeral
from services.extraction.domain.quantities.pieces import ending_before
from services.extraction.domain.quantities.tokens import Region
from services.extraction.domain.quantities.values import Qualifier


@dataclass(frozen=True, slots=True)
class Counting:
    """A value or range in the tokens `[first, end)`; `dual` is the unit where the word itself names it."""

    value: float
    high: float | None
    first: int
    end: int
    lead: int = 0
    qualifier: Qualifier | None = None
    dual: str | None = None
    symbol: str | None = None
    numeral: Numeral | None = None
    words: bool = False
    weak: bool = False
    both: bool = False
    glued: bool = False
    ordinal: bool = False
    void: bool = False
    half: bool = False
    high_below_zero: bool = False
    opening: int = 0  # tokens before `first` that open the range («between», a currency mark, a sign)

    @property
    def start(self) -> int:
        """The token before which a qualifier stands."""
        return self.first - self.opening


def ranged(region: Region, low: Numeral, taken: set[int]) -> Counting:
    """The range a number opens, or the number alone."""
    opening = _opening(region, low.first)
    counting = Counting(
        low.value, None, low.first, low.end, low.lead, numeral=low, words=low.words, weak=low.weak,
        symbol=_symbol(region, low.first - opening, low.end), opening=opening, ordinal=_is_ordinal(region, low),
    )  # fmt: skip
    if half := region.get(low.end, "half"):
        scale = 1.0
        while low.value >= 1000 and scale * 1000 <= low.value:
            scale *= 1000
        end = low.end + half.size
        after = region.get(end, "number") if low.value < 1000 else None
        if after and float(after.value) >= 1000:
            counting = replace(counting, value=(low.value + 0.5) * float(after.value), end=end + after.size)
        else:
            counting = replace(counting, value=low.value + 0.5 * scale, end=end, half=True)
    high_at, kind = _separator(region, counting.end)
    if not kind or high_at >= len(region.words) or high_at in taken:
        return counting
    high = numeral(region, high_at)
    if high is None or not _makes_range(region, low, high, kind):
        if kind == "-" and high is not None and region.touching(low.end - 1) and not low.words:
            return replace(counting, end=high.end, void=True)
        return counting
    value = low.value
    if not low.scaled and not low.words and high.scaled and low.value < 1000:
        value = low.value * _scale_of(region, high)
    symbol = counting.symbol or _symbol(region, high_at, high.end)
    below = region.word(high_at - 1) == "-" and region.word(high_at - 2) == "."
    ended = replace(counting, value=value, high=high.value, end=high.end, symbol=symbol)
    return replace(ended, ordinal=False, high_below_zero=below)


def _scale_of(region: Region, high: Numeral) -> float:
    for place in range(high.first + 1, high.end):
        if mark := region.get(place, "number") or region.get(place, "suffix"):
            return float(mark.value)
    return 1


def _opening(region: Region, first: int) -> int:
    """Tokens before the digits that belong to them: a currency mark, `+`, a quotation mark."""
    count = 0
    while count < 2 and (region.word(first - count - 1) in ("+", '"', "~") or region.get(first - count - 1, "symbol")):
        count += 1
    return count


def _symbol(region: Region, start: int, end: int) -> str | None:
    for place in (start, end - 2):
        if place >= 0 and (mark := region.get(place, "symbol")):
            return mark.value
    return None


def _separator(region: Region, end: int) -> tuple[int, str]:
    place = end
    if region.get(place, "cardinal_end") and region.touching(place - 1):
        place += 1
    word = region.word(place)
    if word in ("-", "~") or (word == "/" and region.touching(place)):
        return _after_sign(region, place + 1), "-"
    if word == "." and region.word(place + 1) == "." and region.word(place + 2) == ".":
        return _after_sign(region, place + 3), "-"
    for kind in ("to", "or", "and"):
        mark = region.get(place, kind)
        if mark:
            return _after_sign(region, place + mark.size), kind
    if region.lexicon.language == "arb":
        return place, "joined"
    return place, "beside" if region.lexicon.language == "fas" else ""


def _after_sign(region: Region, place: int) -> int:
    while region.word(place) in ("+", "$", "€", "£") or (region.word(place) == "-" and region.word(place - 1) == "."):
        place += 1
    return place


def _makes_range(region: Region, low: Numeral, high: Numeral, kind: str) -> bool:
    if region.word(high.first - 1) == "-" and region.word(high.first - 2) == ".":  # -8...-3
        return high.value < low.value
    if region.word(low.first - 1) == "-" and kind == "-" and region.word(high.first - 1) in (".", "+"):  # -3...+2
        return True
    return high.value > low.value and _joins(region, low, high, kind)


def _joins(region: Region, low: Numeral, high: Numeral, kind: str) -> bool:
    """Whether the word between two rising numbers makes them one."""
    opened = ending_before(region, low.first, "between") is not None
    rules = {
        "and": opened,
        "joined": opened and high.lead > 0,  # بين خمسة وسبعة
        "beside": low.words and high.words and high.value == low.value + 1 and high.value < 11,  # دو سه مورد
        "or": high.value <= 2 * low.value + 3,
        "to": opened or region.get(high.end, "unit") is not None or low.end == high.first - 1,
    }
    return rules.get(kind, True)


def _is_ordinal(region: Region, low: Numeral) -> bool:
    place = low.end
    if region.word(place) == "-" and region.touching(place - 1) and region.touching(place):
        place += 1
    return bool(not low.words and region.get(place, "ordinal_end") and region.touching(place - 1))


def sign(region: Region, counting: Counting, unit: str | None) -> tuple[float, float | None]:
    """Below zero where a minus stands before the number: in words anywhere, as a dash only with degrees."""
    before = counting.first - 1
    minus = region.get(before, "minus") is not None
    dash = region.word(before) == "-" and region.touching(before) and not (before and region.touching(before - 1))
    if not (minus or (dash and unit in ("degree Celsius", "percent"))):
        return counting.value, counting.high
    if counting.high is None:
        return -counting.value, None
    high = -counting.high if minus or counting.high_below_zero else counting.high
    return min(-counting.value, high), max(-counting.value, high)
