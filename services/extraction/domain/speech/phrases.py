"""Whom a noun phrase names: a known person or body, an apposition's name, or the text's own words."""

import re
from bisect import bisect_left

from services.extraction.domain.speech.cast import Cast, Named, by_rank
from services.extraction.domain.speech.cues import Marked
from services.extraction.domain.speech.values import Speaker
from services.extraction.domain.values import Span

OBLIQUE = re.compile(r"(?:ого|его|ому|ему|им|ым|ом|ем|єм|ою|ею|ой|ей|ові|еві|а|у|ю|і|и)$")


def name_of(marked: Marked, phrases: list[tuple[int, int]], cast: Cast, raw: str) -> Speaker | None:
    """The first phrase that names somebody known, else the words of the text."""
    line = marked.line
    unnamed: list[tuple[int, int]] = []
    for phrase in phrases:
        named = cast.between(line.part, line.starts[phrase[0]], line.ends[phrase[1] - 1])
        speaker = _named_in(marked, phrase, named, raw)
        if speaker:
            return speaker
        unnamed.append(phrase)
    return words_for(marked, unnamed, cast, raw)


def _named_in(marked: Marked, phrase: tuple[int, int], named: list[Named], raw: str) -> Speaker | None:
    """The person or body that a phrase names, unless the phrase is somebody else's («an adviser to X»)."""
    line = marked.line
    derived = [at for at in range(*phrase) if marked.is_a("derived", at) or marked.is_a("document", at)]
    for one in sorted(named, key=by_rank):
        owners = [at for at in derived if line.starts[at] < one.start]
        covered = any(one.start <= line.starts[at] < one.end for at in derived)
        if one.entity.type == "person" and (not owners or covered or _apposed(marked, owners[-1], one, raw)):
            return one.speaker(line.part)
        if one.entity.type == "organisation" and (not derived or covered or _speaks_for(marked, derived)):
            return one.speaker(line.part)
        if one.entity.type == "place" and one.start - line.starts[phrase[0]] <= 4 and not derived:
            return one.speaker(line.part)
    return None


def _speaks_for(marked: Marked, derived: list[int]) -> bool:
    """A statement of a body is the body's word."""
    return any(marked.is_a("document", at) for at in derived)


def _apposed(marked: Marked, owner: int, one: Named, raw: str) -> bool:
    """«spokesman Peskov» is Peskov; «spokesman for Macron» and «مشاور مکرون» are not Macron."""
    line, language = marked.line, marked.cues.language
    place = bisect_left(line.starts, one.start)
    between = line.words[owner + 1 : place]
    if language in ("eng", "fra"):
        of = any(marked.is_a("of", at) for at in range(owner + 1, place))
        return not of and not raw[one.end : one.end + 2].lower().endswith("s")
    if language in ("rus", "ukr"):
        return not OBLIQUE.search(raw[one.start : one.end].lower())
    if language == "arb":
        body = bool(between) and one.via == "name" and not marked.is_a("title", owner + 1)  # «مبعوث الكرملين فلان»
        return line.words[owner].startswith("ال") or len(between) >= 2 or body
    return len(between) >= 1 and one.via == "name"


def words_for(marked: Marked, phrases: list[tuple[int, int]], cast: Cast, raw: str) -> Speaker | None:
    """The words of the text for a speaker the gazetteer does not know: of name and role, the name."""
    line = marked.line
    if not phrases:
        return None
    best = next((p for p in phrases if not any(marked.is_a("derived", at) for at in range(*p))), phrases[0])
    if len(phrases) > 1 and _has_capitals(marked):
        best = next((p for p in phrases if raw[line.starts[p[0]]].isupper()), phrases[0])
    first, last = _proper(marked, best, cast, raw)
    start, stop = line.starts[first], line.ends[last - 1]
    if not any(character.isalpha() for character in raw[start:stop]):
        return None
    return Speaker(None, raw[start:stop], Span(line.part, start, stop))


def _has_capitals(marked: Marked) -> bool:
    return marked.cues.language in ("eng", "fra", "rus", "ukr")


def _proper(marked: Marked, phrase: tuple[int, int], cast: Cast, raw: str) -> tuple[int, int]:
    """Of «the defence minister of X First Last» the last two words, where they look like a name behind a role."""
    line, (first, last) = marked.line, phrase
    if last - first < 3 or not any(marked.is_a(name, at) for name in ("derived", "title") for at in range(*phrase)):
        return phrase
    covered = [one.end for one in cast.between(line.part, line.starts[first], line.ends[last - 1])]
    start = last - 2
    if covered and line.starts[start] < max(covered):
        return phrase
    if _has_capitals(marked):
        words = [raw[line.starts[at] : line.ends[at]] for at in (start, start + 1)]
        return (start, last) if all(word.istitle() for word in words) else phrase
    behind = bool(covered) and line.starts[start] - max(covered) <= 1
    adjective = marked.cues.language == "arb" and line.words[start - 1].startswith("ال")
    plain = not any(line.words[at].startswith("ال") for at in (start, start + 1))
    return (start, last) if (behind or adjective) and plain else phrase


def is_oblique(marked: Marked, one: Named, raw: str) -> bool:
    """Slavic: whether a name stands in a case that is no subject's."""
    return marked.cues.language in ("rus", "ukr") and bool(OBLIQUE.search(raw[one.start : one.end].lower()))


def nominative(marked: Marked, segment: tuple[int, int], cast: Cast, raw: str) -> Speaker | None:
    """Slavic «сообщил в ходе выступления в Лондоне глава ведомства X»: the person named in the subject's case."""
    if marked.cues.language not in ("rus", "ukr"):
        return None
    line = marked.line
    named = cast.between(line.part, line.starts[segment[0]], line.ends[segment[1] - 1])
    people = [one for one in named if one.entity.type == "person" and not is_oblique(marked, one, raw)]
    return people[0].speaker(line.part) if people else None
