"""Who speaks: the subject beside a cue, by name, by role, by pronoun, or whoever spoke last."""

from bisect import bisect_left
from dataclasses import replace

from services.extraction.domain.speech.asides import apposed_within
from services.extraction.domain.speech.borders import WHOSE, Announcement
from services.extraction.domain.speech.cast import Cast
from services.extraction.domain.speech.cues import Marked
from services.extraction.domain.speech.lexicon import HYPHEN
from services.extraction.domain.speech.lines import QUOTE
from services.extraction.domain.speech.memory import Memory
from services.extraction.domain.speech.phrases import is_oblique, name_of, nominative, words_for
from services.extraction.domain.speech.values import Speaker

_BORDERS = frozenset((",", "،", QUOTE, ":", ";", "؛", "-", "("))
_VERB_SECOND = frozenset(("eng", "fra", "rus", "ukr"))
_MAX_NAME = 12
_REACH = 20
_MOST_SEGMENTS = 6  # «X, the minister, on Thursday, 4 September, at a press conference, said»


def resolve(marked: Marked, cue: Announcement, cast: Cast, memory: Memory, raw: str) -> Speaker:
    """The speaker of one announcement."""
    subject = _found(marked, cue, cast, raw)
    if subject is None and memory.said_in_line != memory.line:
        subject = _earlier_in_line(marked, cue, cast, raw)
    known = memory.recall()
    if subject is None or (known.id and _is_bare_title(marked, subject)):
        subject = known
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
    if cue.kind == "source" and marked.line.words[cue.end : cue.end + 1] and marked.line.words[cue.end] in WHOSE:
        return _antecedent(marked, cue, cast)
    verb_first = marked.cues.speaker == "after" and cue.kind in ("speech", "loose") and not cue.inverted
    if verb_first and marked.line.words[cue.end : cue.end + 1] in ((",",), ("،",)):
        return _subject_before(marked, cue, cast, raw)
    subject = _subject(marked, cue, cue.region, cast, raw)
    if subject is None and marked.cues.language in ("rus", "ukr") and cue.kind == "speech":
        return _subject_behind(marked, cue, cast, raw)
    return _subject_before(marked, cue, cast, raw) if subject is None and verb_first else subject


def _antecedent(marked: Marked, cue: Announcement, cast: Cast) -> Speaker | None:
    """«..., по словам которого»: the person or body named last before it."""
    named = cast.between(marked.line.part, marked.line.start, marked.line.starts[cue.start])
    speaking = [one for one in named if one.entity.type in ("person", "organisation")]
    return speaking[-1].speaker(marked.line.part) if speaking else None


def _earlier_in_line(marked: Marked, cue: Announcement, cast: Cast, raw: str) -> Speaker | None:
    """For «..., adding that» and «... and added»: the first person of the nearest clause that names one."""
    joined = marked.cues.speaker == "after" and cue.start > 0 and marked.line.words[cue.start][0] in "وف"
    if cue.kind != "participle" and not joined and not _goes_on(marked, cue):
        return None
    line = marked.line
    borders = [at for at in range(cue.start) if line.words[at] in _BORDERS]
    stop = cue.start
    for border in (*reversed(borders[-6:]), -1):
        if stop > border + 1:
            named = cast.between(line.part, line.starts[border + 1], line.ends[stop - 1])
            people = [one for one in named if one.entity.type == "person"]
            people = [one for one in people if not is_oblique(marked, one, raw)] or people[: border < 0]
            if people:
                return people[0].speaker(line.part)
        stop = max(border, 0)
    return None


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
    people = [one for one in named if one.entity.type == "person"]
    if bodies or len(people) == 1:
        return (bodies or people)[0].speaker(line.part)
    return Speaker(None, raw[line.starts[at] : line.ends[stop - 1]], line.span(at, stop))


def _ends_document(marked: Marked, at: int) -> bool:
    if marked.line.quotes[at] >= 0 or marked.is_a("within", at) or marked.is_a("of", at):
        return False
    return marked.is_a("stop", at) or not marked.line.words[at][:1].isalnum()


def _subject_behind(marked: Marked, cue: Announcement, cast: Cast, raw: str) -> Speaker | None:
    """«Об этом сообщил X»: with only circumstances before the verb, the subject may stand behind it."""
    if cue.inverted or marked.is_a("pronoun", cue.start - 1) or (cue.way == "that" and cue.first <= cue.end + 2):
        return None
    stop = cue.first if cue.first > cue.end else len(marked.line.words)
    return _subject(marked, replace(cue, inverted=True), (cue.end, min(stop, cue.end + 12)), cast, raw)


def _subject_before(marked: Marked, cue: Announcement, cast: Cast, raw: str) -> Speaker | None:
    """Verb second in a verb-first language («ماكرون أكد أن»): only a known name right at the sentence's start."""
    word = marked.line.words[cue.start]
    if word[:1] in "وف" and len(word) > 3 and not marked.is_a("speech", cue.start - 1):
        return None
    named = cast.between(marked.line.part, marked.line.start, marked.line.starts[cue.start])
    people = [one for one in named if one.entity.type == "person"]
    return people[0].speaker(marked.line.part) if people and cue.start <= 14 else None


def _subject(marked: Marked, cue: Announcement, region: tuple[int, int], cast: Cast, raw: str) -> Speaker | None:
    led = marked.is_a("pronoun", region[0] + marked.is_a("joiner", region[0]))
    if led and marked.cues.language == "fas" and cue.kind != "source" and region[0] < region[1]:
        return None  # «او که ... گفت», «او ... را ... خواند»: the pronoun is the subject, whoever follows it
    segments = _segments(marked, *region)
    inverted = cue.inverted or marked.cues.speaker == "after" or cue.kind == "source"
    chosen = _segments_in_play(marked, segments, inverted, cue)
    if inverted and _circumstance(marked, cue.region[0]) and (one := nominative(marked, cue.region, cast, raw)):
        return one
    phrases = [phrase for segment in chosen if (phrase := _noun_phrase(marked, *segment))]
    if not inverted and marked.is_a("that", cue.start - 1):
        return None
    if not phrases:
        return None if inverted else _behind_circumstance(marked, cue, segments, cast, raw)
    if _is_pronoun(marked, phrases[0 if inverted else -1]):
        return None
    return name_of(marked, phrases, cast, raw)


def _is_bare_title(marked: Marked, speaker: Speaker) -> bool:
    """«The president» alone is whoever was spoken of, unless the gazetteer knew the office."""
    if speaker.id or speaker.span is None:
        return False
    first, stop = (bisect_left(marked.line.starts, at) for at in (speaker.span.start, speaker.span.end))
    return all(marked.is_a("title", at) for at in range(first, stop))


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
        oblique = is_oblique(marked, one, raw)
        if one.entity.type == "organisation" and _speaks_from(marked, cue, place - 1):
            return one.speaker(line.part)
        if one.entity.type in ("person", "organisation") and not oblique and not marked.is_a("adposition", place - 1):
            return one.speaker(line.part) if one.end >= line.starts[max(start, cue.start - 5)] else None
    roles = [at for at in range(max(start, cue.start - 6), cue.start) if marked.is_a("derived", at)]
    return words_for(marked, [(roles[0], cue.start)], cast, raw) if roles else None


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
        behind = [_past_circumstance(marked, cue, *segment) for segment in segments[:2]]
        return behind if len(behind) < 2 or _apposes(marked, *behind) else behind[:1]
    kept: list[tuple[int, int]] = []
    for segment in reversed(_without_side_clause(marked, segments)[-_MOST_SEGMENTS:]):
        own = segment[1] == cue.start and _own_subject(marked, cue, segment[0])
        if own:
            return [(own, segment[1])]
        if _circumstance(marked, segment[0]) or _is_date(marked, segment):
            if kept and not apposed_within(marked, segment, kept, segments):
                break
            kept = []
            continue
        if kept and kept[-1][1] == cue.start and not _apposes(marked, segment, kept[-1]):
            break
        kept.append(segment)
        if len(kept) == 3 or marked.is_a("joiner", segment[0]):
            break
    return kept[::-1]


def _own_subject(marked: Marked, cue: Announcement, at: int) -> int:
    """«X went home, and Y said»: behind a conjunction begins a clause with a subject of its own (0: none does)."""
    if marked.cues.language not in _VERB_SECOND or not marked.is_a("joiner", at) or marked.is_a("pronoun", at + 1):
        return 0
    if _speaks_from(marked, cue, at + 1):
        return at + 2 if at + 2 < cue.start else 0
    return at + 1 if at + 1 < cue.start and not _circumstance(marked, at + 1) else 0


def _without_side_clause(marked: Marked, segments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Verb-last languages: a segment that ends in a verb, with the object before it, is a clause of its own."""
    segments = list(segments)
    while segments and marked.is_a("predicate", segments[-1][1] - 1):
        start = segments.pop()[0]
        if segments and marked.is_a("object", start - 1):
            segments.pop()
    return segments


def _apposes(marked: Marked, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Name and role beside each other, both short («the envoy, X», «X, the envoy»)."""
    roles = [
        any(marked.is_a(name, at) for name in ("derived", "title") for at in range(*one)) for one in (first, second)
    ]
    return any(roles) and first[1] - first[0] <= 7 and not _circumstance(marked, second[0])


def _speaks_from(marked: Marked, cue: Announcement, place: int) -> bool:
    """Slavic «заявили в министерстве»: with a plural verb the body behind «in» speaks."""
    in_body = marked.cues.language in ("rus", "ukr") and marked.is_a("within", place)
    return in_body and marked.line.words[cue.end - 1].endswith(("ли", "ят", "ют", "ат", "ять", "ють", "уть"))


def _past_circumstance(marked: Marked, cue: Announcement, start: int, stop: int) -> tuple[int, int]:
    """«сообщило в телеграм-канале управление»: the speaker may stand behind one short circumstance."""
    if _speaks_from(marked, cue, start) and start + 1 < stop:
        return start + 1, stop
    if marked.cues.speaker == "after" or not _circumstance(marked, start):
        return start, stop
    at = start + (2 if marked.is_a("adposition", start) else 1)
    while at + 1 < stop and marked.line.words[at] == HYPHEN:
        at += 2
    return (at, stop) if at < stop and not _circumstance(marked, at) else (start, stop)


def _circumstance(marked: Marked, at: int) -> bool:
    return marked.is_a("stop", at) and not marked.is_a("pronoun", at)


def _is_date(marked: Marked, segment: tuple[int, int]) -> bool:
    return segment[1] - segment[0] <= 4 and any(marked.is_a("month", at) for at in range(*segment))


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
