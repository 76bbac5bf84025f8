"""Find every number that counts or measures, with its unit, its qualifier and its kind."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from services.extraction.domain.quantities.counted import (
    Counted,
    counted_after,
    counted_before,
    force_of,
    harmed,
    harmed_after,
    unit_at,
)
from services.extraction.domain.quantities.day_numbers import day_number
from services.extraction.domain.quantities.lexicon import Mark, QuantityPack
from services.extraction.domain.quantities.not_counts import (
    bare_year,
    formless,
    in_name,
    labelled,
    no_quantity,
    points_back,
    telephone,
)
from services.extraction.domain.quantities.numerals import Numeral, glued, numeral
from services.extraction.domain.quantities.ranges import Counting, ranged, sign
from services.extraction.domain.quantities.tokens import Region, readable, regions
from services.extraction.domain.quantities.values import Date, Number, Qualifier
from services.extraction.domain.values import ArticleText

_PERSONS = {"person", "death", "injured person"}
_LISTED = ("(", ",", "،", "/", "-")
_ANAPHORIC = {"man", "woman", "person"}  # «both men» points back, «both sides» counts
_TALLIED = {"meeting", "round", "phase", "package", "time", "attack", "anniversary", "visit", "draft"}


@dataclass(slots=True)
class _Last:
    """What the number before counted, for the ones that follow it without a noun («nine votes against four»)."""

    counted: Counted | None = None
    sentence: int = -1
    at: int = -99


def find_numbers(text: ArticleText, dates: tuple[Date, ...], pack: QuantityPack) -> tuple[Number, ...]:
    """Every number of the article outside boilerplate and dates, in text order."""
    return numbers_in(regions(text, pack), dates)


def numbers_in(found: list[Region], dates: tuple[Date, ...]) -> tuple[Number, ...]:
    """The same over tokens that were cut already."""
    numbers = [number for region in readable(found) for number in _region_numbers(region, dates)]
    return tuple(sorted(numbers, key=lambda number: (number.span.part != "headline", number.span.start)))


def _region_numbers(region: Region, dates: tuple[Date, ...]) -> Iterator[Number]:
    taken = _taken(region, dates)
    last, place = _Last(), 0
    for at in region.counted:
        if at < place or at in taken:
            continue
        counting = _counting(region, at, taken)
        if counting is None:
            continue
        place = max(place, counting.end)
        number = _number(region, counting, last)
        if number:
            place = max(place, bisect_left(region.starts, bisect_left(region.part.folded.starts, number.span.end)))
            yield number


def _taken(region: Region, dates: tuple[Date, ...]) -> set[int]:
    """Tokens inside dates; the count in «two years ago» is free, for it is both."""
    taken: set[int] = set()
    folded = region.part.folded.starts
    if not region.counted:
        return taken
    begin, stop = (folded[region.starts[0]], folded[region.starts[-1]])
    for date in dates:
        if date.span.part == region.part.part and begin <= date.span.start <= stop:
            first = bisect_left(region.ends, bisect_left(folded, date.span.start) + 1)
            end = bisect_left(region.starts, bisect_left(folded, date.span.end))
            free = next((place for place in range(first, end) if region.get(place, "ago")), None)
            if free is None:
                taken.update(range(first, end))
            elif region.lexicon.language in ("eng", "rus", "ukr"):
                taken.update(range(free, end))  # «two days ago, 28 February»
    return taken


def _counting(region: Region, at: int, taken: set[int]) -> Counting | None:
    """The quantity that starts at a token, before its noun is looked for."""
    marks = region.marks.get(at) or {}
    if "ordinal" in marks and (numbered := day_number(region, at)):
        tallied = Counting(numbered[0], None, at, numbered[1], marks["ordinal"].lead, ordinal=True)
        return tallied if numbered[0] > 1 and "unit" not in marks else replace(tallied, void=True)
    if region.kinds[at] == "number" and (end := telephone(region, at)):
        return Counting(0, None, at, end, void=True)
    fixed = _fixed(region, at, marks)
    if fixed:
        return fixed
    found = numeral(region, at)
    return _plain(region, at, found, taken) if found else _one(region, at, marks) or _glued(region, at)


def _fixed(region: Region, at: int, marks: Mapping[str, Mark]) -> Counting | None:
    """Words that are a quantity by themselves: both, a dual, «une vingtaine», hundreds."""
    if both := marks.get("both"):
        return Counting(2, None, at, at + both.size, both=True)
    if dual := marks.get("dual"):
        lead = dual.lead - (2 if region.words[at][: dual.lead].endswith("ال") else 0)
        return Counting(2, None, at, at + dual.size, lead, dual=dual.value)
    if approx := marks.get("approx"):
        return Counting(float(approx.value), None, at, at + approx.size, qualifier="about")
    plural = marks.get("plural")
    if plural and not _qualifier_before(region, at):
        return _indefinite(region, at, plural)
    return None


def _indefinite(region: Region, at: int, plural: Mark) -> Counting:
    """«Hundreds», and with a scale after it «tens of billions»."""
    value, end = float(plural.value), at + plural.size
    partitive = region.get(end, "of")
    place = end + partitive.size if partitive else end
    scale = region.get(place, "number")
    if scale and float(scale.value) >= 1000 > value:
        value, end = value * float(scale.value), place + scale.size
    return Counting(value, None, at, end, plural.lead, qualifier="more_than")


def _plain(region: Region, at: int, found: Numeral, taken: set[int]) -> Counting:
    if in_name(region, found):
        return Counting(0, None, at, found.end, void=True)
    counting = ranged(region, found, taken)
    shapeless = formless(region, found) and (counting.high is None or region.word(found.end) != "-")
    return replace(counting, void=True) if shapeless else counting


def _glued(region: Region, at: int) -> Counting | None:
    if at in region.marks or not region.is_word(at):
        return None
    found = glued(region, region.words[at], at)
    if not found:
        return None
    unit = next(
        (entry.value for entry in region.lexicon.index.get(found[1], ()) if entry.kind in ("unit", "classifier")), ""
    )
    return Counting(found[0], None, at, at + 1, dual=unit or None, glued=bool(found[1]), words=True)


def _one(region: Region, at: int, marks: Mapping[str, Mark]) -> Counting | None:
    """One counts only beside a noun of the pack; elsewhere it is an article or a pronoun."""
    mark = marks.get("one")
    if not mark:
        return None
    end, language = at + mark.size, region.lexicon.language
    choice = region.get(end, "or") or (Mark("", 1, 0) if region.word(end) == "-" else None)
    if (
        choice
        and end + choice.size < len(region.words)
        and (second := numeral(region, end + choice.size))
        and second.value == 2
    ):
        return Counting(1, 2, at, second.end, words=True)
    if language == "arb" or region.get(end, "one_of"):
        return None
    if language == "eng" and region.word(end) == "-" and region.touching(end - 1) and region.get(end + 1, "unit"):
        return Counting(1, None, at, end, words=True)  # «a one-day strike»
    unit = region.get(end, "classifier") or (region.get(end, "unit") if unit_at(region, end) else None)
    if unit is None or (region.get(at - 1, "qualifier") is None and not _one_counts(language, unit.value)):
        return None
    return Counting(1, None, at, end, words=True)


def _one_counts(language: str, unit: str) -> bool:
    kind, _, name = unit.partition(":")
    if language in ("fas", "fra"):
        return name in _PERSONS if language == "fra" else name == "person" or (kind == "measure" and name != "day")
    return name not in ("day", "time")


def _number(region: Region, counting: Counting, last: _Last) -> Number | None:
    if counting.void or no_quantity(region, counting):
        return None
    counted, qualifier = _counted(region, counting, last), counting.qualifier or _qualifier(region, counting)
    if counted and counted.unit == "year of age" and region.get(counting.first - 1, "lasting"):
        counted = replace(counted, unit="year")  # «جنگ سه‌ساله» is no age
    if counting.ordinal:
        return _ordinal(region, counting, counted)
    if not _counts(region, counting, counted, qualifier):
        return None
    if counted and counted.unit:
        last.counted, last.at = counted, counting.first
        last.sentence = region.sentence(counting.first)[0]
    return _build(region, counting, counted, qualifier)


def _counts(region: Region, counting: Counting, counted: Counted | None, qualifier: Qualifier) -> bool:
    known = counted is not None and counted.unit is not None
    if counting.numeral and not known and qualifier == "exact":
        if labelled(region, counting.numeral) or bare_year(counting.numeral):
            return False
    elif counting.numeral and labelled(region, counting.numeral) and not region.get(counting.end, "unit"):
        return False
    if counting.both:
        return counted is not None and counted.unit not in _ANAPHORIC and (known or region.lexicon.language == "fas")
    if not known and qualifier == "exact" and points_back(region, counting.first - 1):
        return False
    return known or not counting.weak


def _counted(region: Region, counting: Counting, last: _Last) -> Counted | None:
    own = _by_itself(region, counting)
    if own or counting.glued:
        return own
    if others := region.get(counting.end, "others"):
        if hurt := harmed_after(region, counting.end + others.size):
            return hurt
        person = Counted("person", "count", counting.end, counting.end + 1) if others.value != "things" else None
        return _inherited(region, counting, last, 16) or person
    after = counted_after(region, counting.end, counting.first)
    if after and after.unit and after.known:
        return after
    before = counted_before(region, counting.start)
    if before:
        return replace(before, first=after.first, end=after.end) if after and after.unit else before
    return after or harmed(region, counting.start) or _inherited(region, counting, last)


def _by_itself(region: Region, counting: Counting) -> Counted | None:
    """The unit that is part of the quantity: a currency sign, a dual, a glued noun."""
    if counting.symbol:
        return Counted(counting.symbol.partition(":")[2], "money", counting.first, counting.end)
    if counting.glued and (force := force_of(region, counting.first, counting.end)):
        return force
    if counting.dual:
        kind, _, name = counting.dual.partition(":")
        return Counted(name, kind, counting.first, counting.end)  # type: ignore[arg-type]
    if counting.both and (dual := region.get(counting.end, "dual")):
        return Counted(dual.value.partition(":")[2], "count", counting.end, counting.end + dual.size)
    return None


def _inherited(region: Region, counting: Counting, last: _Last, reach: int = 8) -> Counted | None:
    """`nine votes against four`: the same noun, when the number before is near and in the same sentence."""
    before = counting.start - 1
    joined = region.get(before, "stop") or region.get(before, "qualifier") or region.word(before) in _LISTED
    if not joined or region.get(before, "of") or counting.half:
        return None
    if last.counted is None or counting.first - last.at > reach or region.sentence(counting.first)[0] != last.sentence:
        return None
    return replace(last.counted, first=counting.first, end=counting.first)


def _ordinal(region: Region, counting: Counting, counted: Counted | None) -> Number | None:
    if region.lexicon.language == "arb" and (noun := region.get(counting.first - 1, "unit")):
        counted = Counted(noun.value.partition(":")[2], "count", counting.first - 1, counting.first)
    if counted is None or counted.unit not in _TALLIED or counting.value < 2:
        return None
    return replace(_build(region, counting, counted, "exact"), kind="ordinal")


def _build(region: Region, counting: Counting, counted: Counted | None, qualifier: Qualifier) -> Number:
    end = max(counting.end, counted.end) if counted and counted.first >= counting.first else counting.end
    if counted and counted.kind == "measure" and (half := region.get(end, "half")):
        counting, end = replace(counting, value=counting.value + 0.5), end + half.size
    noun = None
    if counted and counted.end > counted.first:
        noun = region.span(counted.first, counted.end - 1)
    value, high = sign(region, counting, counted.unit if counted else None)
    return Number(
        value, high, counted.unit if counted else None, noun, qualifier, counted.kind if counted else "count",
        region.span(counting.first, end - 1, counting.lead), region.is_background(counting.first),
    )  # fmt: skip


def _qualifier(region: Region, counting: Counting) -> Qualifier:
    found = _qualifier_before(region, counting.start)
    for place in range(counting.end, counting.end + 4):
        if found is None and (mark := region.get(place, "qualifier_after")):
            found = mark.value
    if found is None and region.word(counting.end) == "+" and region.touching(counting.end - 1):
        found = "more_than"
    return found or "exact"  # type: ignore[return-value]


def _qualifier_before(region: Region, at: int) -> str | None:
    """The longest qualifier that ends right before a token: «no more than» is not «more than»."""
    for back in (4, 3, 2, 1):
        mark = region.get(at - back, "qualifier") if at >= back else None
        if mark and mark.size == back:
            return mark.value
    return None
