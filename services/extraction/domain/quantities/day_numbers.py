"""The number of a day in its month: digits, ordinals, words (6th, шестого, السادس, بیست و پنجم)."""

from services.extraction.domain.quantities.lexicon import Mark
from services.extraction.domain.quantities.tokens import Region


def day_number(region: Region, at: int) -> tuple[int, int] | None:
    """`(day of the month, tokens up to)` in digits, ordinals or words."""
    if at >= len(region.words):
        return None
    if region.kinds[at] == "number":
        word = region.words[at]
        if len(word) <= 2 and word.isdigit() and 1 <= int(word) <= 31:
            return int(word), _after_ordinal_end(region, at)
        return None
    marks = region.marks.get(at) or {}
    if ordinal := marks.get("ordinal"):
        return _worded_ordinal(region, at, ordinal)
    if number := marks.get("number") or marks.get("number?"):
        return _worded_number(region, at, number)
    return None


def _after_ordinal_end(region: Region, at: int) -> int:
    place = at + 1
    if region.word(place) == "-" and region.touching(at) and region.touching(place):
        place += 1
    ended = region.get(place, "ordinal_end")
    return place + ended.size if ended and region.touching(place - 1) else at + 1


def _worded_ordinal(region: Region, at: int, ordinal: Mark) -> tuple[int, int]:
    value, end = int(ordinal.value), at + ordinal.size
    tens = region.get(end, "number")
    if region.lexicon.language == "arb" and tens and value < 10:
        if tens.value == "10" and not tens.lead:
            return value + 10, end + tens.size
        if tens.value in ("20", "30") and tens.lead:
            return value + int(tens.value), end + tens.size
    return value, end


def _worded_number(region: Region, at: int, number: Mark) -> tuple[int, int] | None:
    end = at + number.size
    joined = end + 1 if region.word(end) in ("و", "-") else end
    ordinal = region.get(joined, "ordinal")
    if number.value in ("20", "30") and ordinal and int(ordinal.value) < 10:
        return int(number.value) + int(ordinal.value), joined + ordinal.size
    value = float(number.value)
    return (int(value), end) if 1 <= value <= 31 and value.is_integer() else None
