"""Whether a date expression looks back or ahead: «last», «المقبل», «خواهد», the verbs of its sentence."""

import re

from services.extraction.domain.quantities.tokens import Region

_REACH = 25
# the Arabic future is a letter before the verb; nouns and names that begin alike are told apart by their next letters
_ARABIC_FUTURE = "[وف]?س(?:ی|ت|ن)(?!اس|ار|اد|اح|اق|د|نا|ط|ره|ل|ف|ول|ن|ه|ی|وک|ند|ا$)[^\\W\\d_]{3,}$"

_BY_ENDING = {
    "arb": re.compile(f"(?P<ahead>{_ARABIC_FUTURE})"),
    "rus": re.compile("[а-я]{2,}[аеиоуыя](?:(?P<back>л(?:а|о|и)?(?:сь|ся)?)|(?P<ahead>т(?:ся)?))$"),
    "ukr": re.compile("[а-яіїє]{2,}[аеиоуіяї](?:(?P<back>(?:в|ла|ло|ли)(?:ся)?)|(?P<ahead>ть(?:ся)?))$"),
}


def modifier(region: Region, first: int, end: int) -> int:
    """-2 beside «last», «الماضي»; 2 beside «next», «آینده»; -1 after «since», 1 after «until», «for»; else 0."""
    for back in (1, 2):
        if first >= back:
            if (mark := region.get(first - back, "next")) and mark.size == back:
                return 2
            if (mark := region.get(first - back, "last")) and mark.size == back:
                return -2
    for kind, direction in (("next_after", 2), ("last_after", -2)):
        if (mark := region.get(end, kind)) and region.word(end + mark.size) != "از":  # «بعد از» is «after»
            return direction
    return _bound(region, first)


def _bound(region: Region, first: int) -> int:
    """«Since May» looks back, «by May» and «set for Monday» look ahead."""
    for back in (1, 2):
        if first >= back:
            if (
                (mark := region.get(first - back, "since"))
                and mark.size == back
                and not region.get(first - back, "until")
            ):
                return -1
            if (
                (mark := region.get(first - back, "until"))
                and mark.size == back
                and not region.get(first - back, "since")
            ):
                return 1
    return 0


def announced(region: Region, first: int, end: int) -> int:
    """1 where the nearest verb of the sentence is of the future, -1 where it is of the past, 0 where there is none."""
    start, stop = region.sentence(first)
    if region.lexicon.language == "fas":  # the verb stands at the end
        return _first_verb(region, range(end, min(stop, end + _REACH))) or _first_verb(
            region, range(first - 1, max(start, first - _REACH) - 1, -1)
        )
    for distance in range(1, _REACH):
        after = end - 1 + distance
        found = _verb(region, first - distance) if first - distance >= start else 0
        found = found or (_verb(region, after) if after < stop else 0)
        if found:
            return found
    return 0


def _first_verb(region: Region, places: range) -> int:
    return next((found for place in places if (found := _verb(region, place))), 0)


def _verb(region: Region, place: int) -> int:
    marks = region.marks.get(place)
    if marks:
        if "future" in marks:
            return 1
        if "past" in marks:
            return -1
    pattern = _BY_ENDING.get(region.lexicon.language)
    found = pattern.match(region.words[place]) if pattern and region.kinds[place] == "word" else None
    return 0 if not found or (marks and "number" in marks) else 1 if found.lastgroup == "ahead" else -1
