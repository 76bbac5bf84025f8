"""Who speaks: the subject beside a cue, by name, by role, by pronoun, or whoever spoke last."""

import re
from bisect import bisect_left

from services.extraction.domain.speech.borders import Announcement
from services.extraction.domain.speech.cast import Cast, Named, by_rank
from services.extraction.domain.speech.cues import Marked
from services.extraction.domain.speech.lexicon import HYPHEN
from services.extraction.domain.speech.lines import QUOTE
from services.extraction.domain.speech.memory import Memory
from services.extraction.domain.speech.values import Speaker
from services.extraction.domain.values import Span

_BORDERS = frozenset((",", "،", QUOTE, ":", ";", "؛", "-", "("))
_OBLIQUE = re.compile(r"(?:ого|его|ому|ему|им|ым|ом|ем|єм|ою|ею|ой|ей|ові|еві|а|у|ю|і|и)$")
_MAX_NAME = 12
_REACH = 20


def resolve(marked: Marked, cue: Announcement, cast: Cast, memory: Memory, raw: str) -> Speaker:
    """The speaker of one announcement."""
    subject = _found(marked, cue, cast, raw)
    if subject is None and memory.said_in_line != memory.line:
        subject = _earlier_in_line(marked, cue, cast)
    subject = subject or memory.recall()
    if cue.announces or subject.id:
        memory.remember(subject)
    return subject


def _goes_on(marked: Marked, cue: Announcement) -> bool:
    """A conjunction right before the verb: it shares the subject of what stands before it."""
    return cue.start > 0 and not cue.inverted and cue.kind != "source" and marked.is_a("joiner", cue.start - 1)


def _found(marked: Marked, cue: Announcement, cast: Cast, raw: str) -> Speaker | None:
    if cue.kind == "written":
        return _document(marked, cue, cast, raw)
    if _goes_on(marked, cue):
        return None
    verb_first = marked.cues.speaker == "after" and cue.kind in ("speech", "loose") and not cue.inverted
    if verb_first and marked.line.words[cue.end : cue.end + 1] in ((",",), ("،",)):
        return _subject_before(marked, cue, cast, raw)
    subject = _subject(marked, cue, cue.region, cast, raw)
    return _subject_before(marked, cue, cast, raw) if subject is None and verb_first else subject


def _earlier_in_line(marked: Marked, cue: Announcement, cast: Cast) -> Speaker | None:
    """For «..., adding that» and «... and added»: the person the sentence began with."""
    if cue.kind != "participle" and not _goes_on(marked, cue):
        return None
    line = marked.line
    people = [one for one in cast.between(line.part, line.start, line.starts[cue.start]) if one.entity.type == "person"]
    return people[0].speaker(line.part) if people else None


def _document(marked: Marked, cue: Announcement, cast: Cast, raw: str) -> Speaker | None:
    """The document a «it says there» cue speaks of: whose it is, where that is known, else the words for it."""
    line = marked.line
    places = [at for at in marked.at.get("document", {}) if abs(at - cue.start) <= _REACH]
    if not places:
        return _subject(marked, cue, cue.region, cast, raw)
    at = min(places, key=lambda place: abs(place - cue.start))
    stop = at + 1
    while stop < min(at + _MAX_NAME, len(line.words)) and stop != cue.start and not _ends_document(marked, stop):
        stop += 1
    named = cast.between(line.part, line.starts[at], line.ends[stop - 1])
    bodies = [one for one in named if one.entity.type == "organisation"]
    if bodies:
        return bodies[0].speaker(line.part)
    return Speaker(None, raw[line.starts[at] : line.ends[stop - 1]], line.span(at, stop))


def _ends_document(marked: Marked, at: int) -> bool:
    if marked.line.quotes[at] >= 0 or marked.is_a("within", at) or marked.is_a("of", at):
        return False
    return marked.is_a("stop", at) or not marked.line.words[at][:1].isalnum()


def _subject_before(marked: Marked, cue: Announcement, cast: Cast, raw: str) -> Speaker | None:
    """Verb second in a verb-first language («ماكرون أكد أن»): only a known name right at the sentence's start."""
    word = marked.line.words[cue.start]
    if word[:1] in "وف" and len(word) > 3 and not marked.is_a("speech", cue.start - 1):
        return None
    named = cast.between(marked.line.part, marked.line.start, marked.line.starts[cue.start])
    people = [one for one in named if one.entity.type == "person"]
    return people[0].speaker(marked.line.part) if people and cue.start <= 14 else None


def _subject(marked: Marked, cue: Announcement, region: tuple[int, int], cast: Cast, raw: str) -> Speaker | None:
    segments = _segments(marked, *region)
    inverted = cue.inverted or marked.cues.speaker == "after" or cue.kind == "source"
    chosen = _segments_in_play(marked, segments, inverted, cue)
    phrases = [phrase for segment in chosen if (phrase := _noun_phrase(marked, *segment))]
    if not inverted and marked.is_a("that", cue.start - 1):
        return None
    if not phrases:
        return None if inverted else _behind_circumstance(marked, cue, segments, cast, raw)
    if _is_pronoun(marked, phrases[0 if inverted else -1]):
        return None
    best = _best(marked, phrases, cast, raw)
    return None if best and best.id is None and _is_title(marked, phrases) else best


def _is_title(marked: Marked, phrases: list[tuple[int, int]]) -> bool:
    """«The president» alone is whoever was spoken of, unless the gazetteer knew the office."""
    start, stop = phrases[0]
    return len(phrases) == 1 and all(marked.is_a("title", at) for at in range(start, stop))


def _behind_circumstance(
    marked: Marked, cue: Announcement, segments: list[tuple[int, int]], cast: Cast, raw: str
) -> Speaker | None:
    """«After the talks with X president Y said»: the name right before the verb, unless a preposition governs it."""
    line = marked.line
    if not segments or segments[-1][1] != cue.start or marked.is_a("pronoun", cue.start - 1):
        return None
    start = segments[-1][0]
    for one in reversed(cast.between(line.part, line.starts[start], line.ends[cue.start - 1])):
        place = bisect_left(line.starts, one.start)
        slavic = marked.cues.language in ("rus", "ukr")
        oblique = slavic and _OBLIQUE.search(raw[one.start : one.end].lower())
        if one.entity.type in ("person", "organisation") and not oblique and not marked.is_a("adposition", place - 1):
            return one.speaker(line.part) if one.end >= line.starts[max(start, cue.start - 5)] else None
    roles = [at for at in range(max(start, cue.start - 6), cue.start) if marked.is_a("derived", at)]
    return _unnamed(marked, [(roles[0], cue.start)], raw) if roles else None


def _is_pronoun(marked: Marked, phrase: tuple[int, int]) -> bool:
    end = marked.end_of("pronoun", phrase[0])
    return bool(end) and (end >= phrase[1] - 1 or marked.cues.bare)


def _segments(marked: Marked, start: int, stop: int) -> list[tuple[int, int]]:
    """The region cut at commas."""
    words, segments, at, aside = marked.line.words, [], start, False
    for place in range(start, stop):
        if words[place] == ")":
            aside, at = False, place + 1
        elif not aside and (words[place] in _BORDERS or _new_clause(marked, place, stop)):
            segments.append((at, place))
            at = place + 1
            aside = words[place] == "("
    segments.append((stop if aside else at, stop))
    return [segment for segment in segments if segment[0] < segment[1]]


def _new_clause(marked: Marked, place: int, stop: int) -> bool:
    """Verb-last languages: «... شد و X گفت» begins a clause; after an object («... را X گفت») stands the subject."""
    if marked.is_a("object", place):
        return place + 1 < stop and not marked.is_a("stop", place + 1)
    return marked.is_a("joiner", place) and marked.is_a("predicate", place - 1)


def _segments_in_play(
    marked: Marked, segments: list[tuple[int, int]], inverted: bool, cue: Announcement
) -> list[tuple[int, int]]:
    """The subject and its apposition: from the cue outwards, leaving out circumstances."""
    if inverted:
        behind = [_past_circumstance(marked, *segment) for segment in segments[:2]]
        return behind if len(behind) < 2 or _apposes(marked, *behind) else behind[:1]
    kept: list[tuple[int, int]] = []
    for segment in reversed(segments[-4:]):
        if _circumstance(marked, segment[0]):
            if kept:
                break
            continue
        if kept and kept[-1][1] == cue.start and not _apposes(marked, segment, kept[-1]):
            break
        kept.append(segment)
        if len(kept) == 3 or marked.is_a("joiner", segment[0]):
            break
    return kept[::-1]


def _apposes(marked: Marked, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Name and role beside each other, both short («the envoy, X», «X, the envoy»)."""
    roles = [
        any(marked.is_a(name, at) for name in ("derived", "title") for at in range(*one)) for one in (first, second)
    ]
    return any(roles) and first[1] - first[0] <= 7 and not _circumstance(marked, second[0])


def _past_circumstance(marked: Marked, start: int, stop: int) -> tuple[int, int]:
    """«сообщило в телеграм-канале управление»: the speaker may stand behind one short circumstance."""
    if marked.cues.speaker == "after" or not _circumstance(marked, start):
        return start, stop
    at = start + 2
    while at + 1 < stop and marked.line.words[at] == HYPHEN:
        at += 2
    return (at, stop) if at < stop and not _circumstance(marked, at) else (start, stop)


def _circumstance(marked: Marked, at: int) -> bool:
    return marked.is_a("stop", at) and not marked.is_a("pronoun", at)


def _noun_phrase(marked: Marked, start: int, stop: int) -> tuple[int, int] | None:
    """The words of a name or role, between joiners and words of time before it and circumstances after it."""
    words = marked.line.words
    while start < stop and (
        marked.is_a("joiner", start) or marked.is_a("time", start) or not words[start][:1].isalnum()
    ):
        start += 1
    at = start
    while at < stop and at - start < _MAX_NAME and not (at > start and _ends_name(marked, start, at)):
        if at == start and marked.is_a("stop", at) and not marked.is_a("pronoun", at):
            return None
        at += 1
    return (start, at) if at > start else None


def _ends_name(marked: Marked, start: int, at: int) -> bool:
    word = marked.line.words[at]
    if marked.line.quotes[at] >= 0 or word == "'":
        return False
    if marked.is_a("of", at) or (marked.is_a("derived", at - 1) and marked.is_a("within", at)):
        return False
    return marked.is_a("stop", at) or word in ("(", ")", "[", "-", ".")


def _best(marked: Marked, phrases: list[tuple[int, int]], cast: Cast, raw: str) -> Speaker | None:
    line = marked.line
    unnamed: list[tuple[int, int]] = []
    for phrase in phrases:
        named = cast.between(line.part, line.starts[phrase[0]], line.ends[phrase[1] - 1])
        speaker = _named_in(marked, phrase, named, raw)
        if speaker:
            return speaker
        unnamed.append(phrase)
    return _unnamed(marked, unnamed, raw)


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
        return not _OBLIQUE.search(raw[one.start : one.end].lower())
    if language == "arb":
        return line.words[owner].startswith("ال") or len(between) >= 2
    return len(between) >= 1 and one.via == "name"


def _unnamed(marked: Marked, phrases: list[tuple[int, int]], raw: str) -> Speaker | None:
    """The words of the text for a speaker the gazetteer does not know: of name and role, the name."""
    line = marked.line
    if not phrases:
        return None
    best = next((p for p in phrases if not any(marked.is_a("derived", at) for at in range(*p))), phrases[0])
    if len(phrases) > 1 and marked.cues.language in ("eng", "fra", "rus", "ukr"):
        best = next((p for p in phrases if raw[line.starts[p[0]]].isupper()), phrases[0])
    start, stop = line.starts[best[0]], line.ends[best[1] - 1]
    if not any(character.isalpha() for character in raw[start:stop]):
        return None
    return Speaker(None, raw[start:stop], Span(line.part, start, stop))
