"""What a number counts: the noun or unit after it, the label before it, or what the number before it counted."""

from dataclasses import dataclass

from services.extraction.domain.quantities.lexicon import Mark
from services.extraction.domain.quantities.pieces import ending_before
from services.extraction.domain.quantities.tokens import Region
from services.extraction.domain.quantities.values import NumberKind

# adjectives stand before the noun in these languages, at most so many
_ADJECTIVES = {"eng": 5, "rus": 3, "ukr": 3, "fra": 2}
_LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Counted:
    """The canonical unit, its kind, and the tokens `[first, end)` of the noun; empty where it stands elsewhere."""

    unit: str | None
    kind: NumberKind
    first: int
    end: int
    known: bool = True


def counted_after(region: Region, end: int, first: int) -> Counted | None:
    """The unit or noun that follows the number's last token."""
    place = end
    hyphen = region.word(place) == "-" and region.touching(place - 1) and region.touching(place)
    if hyphen or (region.word(place) in ('"', "'", "«", "»") and region.word(place + 1)):
        place += 1
    if classifier := region.get(place, "classifier"):
        if force := force_of(region, first, place + classifier.size):
            return force
        return _classified(region, place, classifier)
    if found := unit_at(region, place):
        return found
    return _past_adjectives(region, place) or harmed_after(region, place) or _unknown(region, place)


def unit_at(region: Region, place: int) -> Counted | None:
    """The noun or unit of the pack at a token."""
    mark = region.get(place, "unit")
    if not mark or _inside_word(region, place + mark.size) or region.words[place][: mark.lead] not in ("", "ال"):
        return None  # «وشهر» after a number is the next thing, not what is counted
    kind, _, name = mark.value.partition(":")
    return Counted(name, kind, place, place + mark.size)  # type: ignore[arg-type]


def _inside_word(region: Region, end: int) -> bool:
    """Whether the word goes on behind an apostrophe or a hyphen («м'яч», «Прем'єр-ліга»)."""
    if region.word(end) not in ("'", "-") or not region.is_word(end + 1):
        return False
    return region.touching(end - 1) and region.touching(end) and region.lexicon.language in ("rus", "ukr")


def _classified(region: Region, place: int, classifier: Mark) -> Counted | None:
    """`۲۷ تن از رهبران`, `دو بار تماس`: the classifier gives way to the noun it introduces."""
    end = place + classifier.size
    partitive = region.get(end, "of")
    noun = unit_at(region, end + partitive.size) if partitive else unit_at(region, end)
    if noun:
        return noun
    if own := unit_at(region, place):
        return own
    if classifier.value:
        return Counted(classifier.value.partition(":")[2], "count", place, end, known=False)
    return _unknown(region, end)


def force_of(region: Region, first: int, after: int) -> Counted | None:
    """«An 800,000-strong army», «ارتش ۸۰۰ هزار نفری»: the people of an army are soldiers."""
    if region.get(after, "force"):
        return Counted("soldier", "count", after, after + 1)
    if region.lexicon.language == "fas" and first and region.get(first - 1, "force"):
        return Counted("soldier", "count", first, after)
    return None


def _past_adjectives(region: Region, place: int) -> Counted | None:
    partitive = region.get(place, "of")
    if partitive:
        place += partitive.size
        if found := unit_at(region, place):
            return found
    for step in range(1, _ADJECTIVES.get(region.lexicon.language, 0) + 1):
        before = place + step - 1
        if region.word(before) in ("-", "'") and region.touching(before):
            continue
        if not region.is_word(before) or region.get(before, "stop") or _starts_number(region, before):
            return None
        if found := unit_at(region, place + step):
            return found
    return None


def _starts_number(region: Region, place: int) -> bool:
    return region.get(place, "number") is not None or region.get(place, "plural") is not None


def _unknown(region: Region, place: int) -> Counted | None:
    if not region.is_word(place) or region.get(place, "stop") or len(region.words[place]) < 2:
        return None
    if region.lexicon.language == "arb" and region.words[place][0] in "وف":
        return None
    if region.lexicon.language == "fas" and region.words[place].startswith("می"):
        return None  # a verb
    if region.lexicon.language in ("rus", "ukr") and region.words[place].endswith(("тся", "ться")):
        return None  # a verb too
    if any(
        kind in (region.marks.get(place) or {}) for kind in ("number", "month", "weekday", "relative", "clock_after")
    ):
        return None
    end = place + 2 if _qualifies_plural(region, place) else place + 1
    return Counted(None, "count", place, end, known=False)


def _qualifies_plural(region: Region, place: int) -> bool:
    """«60 temporary attendants»: an English adjective goes with the plural behind it."""
    if region.lexicon.language != "eng" or place + 1 >= len(region.words) or not region.is_word(place + 1):
        return False
    marks = region.marks.get(place + 1) or {}
    plural = region.words[place + 1].endswith("s") and len(region.words[place + 1]) > 4
    return plural and not region.words[place].endswith("s") and not marks


def harmed_after(region: Region, place: int) -> Counted | None:
    """«45 were killed», «двое ранены», «120 بجروح»."""
    for at in range(place, place + 3):
        if mark := region.get(at, "harm"):
            return Counted(mark.value.partition(":")[2], "count", place, place)
        if not region.get(at, "stop"):
            return None
    return None


def harmed(region: Region, first: int) -> Counted | None:
    """«Killed at least three»: who is counted is in the verb."""
    for place in range(first - 1, max(first - 5, -1), -1):
        if mark := region.get(place, "harm"):
            return Counted(mark.value.partition(":")[2], "count", first, first)
        if not (region.get(place, "qualifier") or region.get(place, "stop") or region.get(place - 1, "qualifier")):
            return None
    return None


def counted_before(region: Region, first: int) -> Counted | None:
    """A label («magnitude 7»), or the subject of a count («the number of dead rose to 27»)."""
    if region.lexicon.language == "arb" and region.words[first].startswith(("ال", "وال")) and first:
        nouns = range(first - 1, max(first - 4, -1), -1)  # الوفود الخمسة والثلاثين، دول البلطيق الثلاث
        if found := next((found for at in nouns if (found := unit_at(region, at))), None):
            return found
    if region.get(first, "persons"):
        return Counted("person", "count", first, first)
    if region.lexicon.language in ("rus", "ukr") and first and (noun := unit_at(region, first - 1)):
        return noun  # «таких держав двадцять шість»
    if region.get(first - 1, "minus"):
        return Counted("degree Celsius", "measure", first, first)
    if label := ending_before(region, first, "pre"):
        kind, _, name = label.value.partition(":")
        return Counted(name, kind, first - label.size, first)  # type: ignore[arg-type]
    return _tallied(region, first)


def _tallied(region: Region, first: int) -> Counted | None:
    """What «the number of …» before it says is counted."""
    start, _ = region.sentence(first)
    for place in range(first - 1, max(start, first - _LOOK_BACK) - 1, -1):
        if mark := region.get(place, "count_of"):
            nouns = range(place + mark.size, min(place + mark.size + 4, first))
            return next((subject for at in nouns if (subject := unit_at(region, at))), None)
    return None
