"""What an announcement announces: the span of the clause, the judgement or the thing told."""

from dataclasses import dataclass, replace

from services.extraction.domain.speech.borders import Announcement
from services.extraction.domain.speech.cast import Cast
from services.extraction.domain.speech.cues import Marked
from services.extraction.domain.speech.lines import QUOTE
from services.extraction.domain.speech.values import Speaker
from services.extraction.domain.values import Span

MIN_TOLD = 3
_MIN_BESIDE_QUOTE = 6
_MAX_TITLE = 7
_SIGNS = frozenset("%٪€$£₽₴")


@dataclass(frozen=True, slots=True)
class Said:
    """An announcement with its speaker."""

    cue: Announcement
    speaker: Speaker


def told_span(marked: Marked, said: Said, cast: Cast) -> Span | None:
    """The words reported under an announcement, None where there are none (or all of them stand in marks)."""
    judged = _judged_span(marked, said)
    return judged or _reported_span(marked, _past_source(marked, said, cast)) or _nominal_span(marked, said)


def _past_source(marked: Marked, said: Said, cast: Cast) -> Announcement:
    """«According to the minister the plan ...», «به گفته X، رئیس، ...»: the clause begins behind name and role."""
    cue, span, line = said.cue, said.speaker.span, marked.line
    if cue.kind != "source" or cue.way != "that" or span is None or said.speaker.id is None:
        return cue
    after = next((at for at in range(*cue.region) if line.starts[at] >= span.end), cue.region[1])
    plain = all(line.words[at][:1].isalnum() for at in range(after, cue.region[1]))
    if plain and cue.region[1] - after >= MIN_TOLD:
        return replace(cue, first=after)
    roles = cast.between(line.part, line.starts[cue.first], line.ends[min(cue.first + 6, cue.stop) - 1])
    end = next((one.end for one in roles if one.entity.id == said.speaker.id), 0)
    behind = next((at for at in range(cue.first, cue.stop) if line.starts[at] >= end), cue.stop)
    closes = end and behind < cue.stop and not line.words[behind][:1].isalnum()
    return replace(cue, first=behind + 1) if closes else cue


def _reported_span(marked: Marked, cue: Announcement) -> Span | None:
    """The announced clause, if narration and not (nearly) all of it somebody's marked words."""
    if not cue.announces or cue.way == "quote":
        return None
    line, first, stop = marked.line, cue.first, cue.stop
    while first < stop and not line.words[first][:1].isalnum() and line.words[first] != QUOTE:
        first += 1
    while stop > first and not _closes(line.words[stop - 1]):
        stop -= 1
    told = sum(word[:1].isalnum() and line.quotes[at] < 0 for at, word in enumerate(line.words[first:stop], first))
    quoted = any(line.quotes[at] >= 0 for at in range(first, stop))
    if told < (_MIN_BESIDE_QUOTE if quoted and QUOTE in line.words[first:stop] else MIN_TOLD):
        return None
    span = line.span(first, stop)
    return replace(span, start=_past_elision(marked, first, span.start))


def _closes(word: str) -> bool:
    """Whether a clause may end in a word: not in punctuation, but «95 %» belongs to it."""
    return word[-1:].isalnum() or word in _SIGNS or word == QUOTE


def _past_elision(marked: Marked, first: int, start: int) -> int:
    """French «qu'un»: the clause begins inside the word, after the apostrophe."""
    word = marked.line.words[first - 1] if first else ""
    at = word.find("'")
    return marked.line.starts[first - 1] + at + 1 if at > 0 and marked.is_a("that", first - 1) else start


def _begins_clause(marked: Marked, at: int) -> bool:
    joined = marked.is_a("joiner", at) and marked.is_a("predicate", at - 1)
    return joined or not marked.line.words[at][:1].isalnum()


def _judged_span(marked: Marked, said: Said) -> Span | None:
    """«X called Y a step»: the judgement is the whole of object, verdict and verb, after the subject."""
    if said.cue.kind != "judging" or said.speaker.span is None:
        return None
    line, cue = marked.line, said.cue
    objects = [at for at in marked.at.get("object", ()) if at < cue.start and line.starts[at] > said.speaker.span.end]
    if not objects:
        return None
    first = next((at for at in range(cue.start) if line.starts[at] >= said.speaker.span.end), cue.start)
    borders = [at + 1 for at in range(first, objects[-1]) if _begins_clause(marked, at)]
    first = max([first, *borders])
    while marked.is_a("stop", first) and first < objects[-1] - 1 and line.words[first] != "این":
        first += 1
    stop = len(line.words) if marked.is_a("that", cue.end) else cue.end
    while stop > first and not line.words[stop - 1][-1:].isalnum():
        stop -= 1
    return line.span(first, stop) if stop > first else None


def _nominal_span(marked: Marked, said: Said) -> Span | None:
    """«أعلن X مساعدة ...»: what is announced is a thing, not a clause; it begins behind the speaker's name."""
    cue, line, span = said.cue, marked.line, said.speaker.span
    if cue.announces or said.speaker.id is None or span is None or not marked.is_a("nominal", cue.start):
        return None
    first = next((at for at in range(cue.end, len(line.words)) if line.starts[at] >= span.end), len(line.words))
    if not cue.end < first <= cue.end + _MAX_TITLE:
        return None
    return _reported_span(marked, replace(cue, way="that", first=first, stop=len(line.words)))
