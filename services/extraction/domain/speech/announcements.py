"""Announcements of speech: a cue, the words it announces, and where its speaker is to be looked for."""

from dataclasses import dataclass, replace

from services.extraction.domain.speech.cues import Marked
from services.extraction.domain.speech.lines import QUOTE

_REACH = 30
_HARD = frozenset((".", ";", "؛", "!", "?", "؟", "…"))
_COMMA = frozenset((",", "،"))
_DASH = frozenset(("-",))
_CUES = frozenset(("speech", "participle", "source", "written", "judging"))
_AFTER_QUOTE = _COMMA | _DASH


@dataclass(frozen=True, slots=True)
class Announcement:
    """A cue at words `[start, end)`; what it announces at `[first, stop)` (None: nothing in this line).

    `way` says how: after `that`, after a `colon`, a `quote` beside it, `bare`, or `before` (the clause comes first).
    `region` is where the speaker stands; `inverted` says the speaker stands behind the verb.
    """

    start: int
    end: int
    kind: str
    way: str = ""
    first: int = 0
    stop: int = 0
    region: tuple[int, int] = (0, 0)
    inverted: bool = False

    @property
    def announces(self) -> bool:
        """Whether anything in this line is announced."""
        return self.stop > self.first


def announcements(marked: Marked) -> list[Announcement]:
    """Every cue of a line with what it announces, in order."""
    found: list[Announcement] = []
    cues = _cue_places(marked)
    for number, (start, end, kind) in enumerate(cues):
        limit = cues[number + 1][0] if number + 1 < len(cues) else len(marked.line.words)
        previous = found[-1] if found else None
        found.append(_announcement(marked, Announcement(start, end, kind), limit, previous))
    return _without_overlap(marked, found)


def _cue_places(marked: Marked) -> list[tuple[int, int, str]]:
    """The cues, longest first where they overlap; neighbours («said and stressed») count as one."""
    places: list[tuple[int, int, str]] = []
    for hit in marked.hits:
        if hit.name not in _CUES or marked.line.quotes[hit.start] >= 0 or marked.is_a("passive", hit.start - 1):
            continue
        if places and hit.start < places[-1][1]:
            continue
        end = hit.end
        while marked.is_a("auxiliary", end):
            end += 1
        if places and hit.name == places[-1][2] == "speech" and _adjoins(marked, places[-1][1], hit.start):
            places[-1] = (places[-1][0], end, "speech")
        else:
            places.append((hit.start, end, hit.name))
    return places


def _adjoins(marked: Marked, end: int, start: int) -> bool:
    return start == end or (start == end + 1 and marked.is_a("joiner", end))


def _announcement(marked: Marked, cue: Announcement, limit: int, previous: Announcement | None) -> Announcement:
    floor = previous.end if previous else 0
    if previous and previous.announces and previous.way != "before":
        floor = previous.first
    if cue.kind == "source":
        return _source(marked, cue, limit, floor)
    if cue.kind == "judging":
        return replace(cue, region=(floor, cue.start))
    ahead = _ahead(marked, replace(cue, inverted=_follows_quote(marked, cue)), limit)
    if not ahead.announces:
        ahead = _behind(marked, ahead, floor)
    return _with_region(marked, ahead, floor)


def _follows_quote(marked: Marked, cue: Announcement) -> bool:
    """«"...," said X»: the speaker stands after a verb that a quotation precedes."""
    words, at = marked.line.words, cue.start - 1
    while at > 0 and words[at] in _AFTER_QUOTE:
        at -= 1
    if at < 0 or words[at] != QUOTE or cue.end >= len(words):
        return False
    return words[cue.end][:1].isalnum() and not marked.is_a("stop", cue.end) and not marked.is_a("that", cue.end)


def _ahead(marked: Marked, cue: Announcement, limit: int) -> Announcement:
    """Look for «that», a colon or a quotation after the cue."""
    words = marked.line.words
    last = len(words)
    for at in range(cue.end, min(limit, cue.end + _REACH)):
        word = words[at]
        if word == ":":
            return replace(cue, way="colon", first=at + 1, stop=last)
        if word == QUOTE:
            return replace(cue, way="quote", first=at, stop=at + 1)
        if word in _HARD:
            break
        that = marked.end_of("that", at)
        if that and _that_fits(marked, cue, at):
            return replace(cue, way="that", first=that, stop=last)
    return _bare(marked, cue, limit)


def _that_fits(marked: Marked, cue: Announcement, at: int) -> bool:
    """Between a cue and its «that» stand a speaker (verb first) or circumstances, not an object with a clause."""
    if at == cue.end or marked.cues.speaker == "after":
        return True
    if marked.cues.bare:
        return at - cue.end <= 2
    free = marked.line.words[at - 1] in _COMMA or not _bare_verb(marked, cue) or _opens_stop(marked, cue)
    return free and at - cue.end <= 14


def _opens_stop(marked: Marked, cue: Announcement) -> bool:
    return marked.is_a("stop", cue.end) or marked.is_a("told", cue.start)


def _bare_verb(marked: Marked, cue: Announcement) -> bool:
    return marked.cues.bare or marked.is_a("bare_after", cue.start)


def _bare(marked: Marked, cue: Announcement, limit: int) -> Announcement:
    """A clause right after the cue, without «that»."""
    words = marked.line.words
    if cue.kind == "participle" and not marked.is_a("that", cue.end - 1) and not marked.cues.bare:
        allowed = marked.cues.language == "eng"
    else:
        allowed = _bare_verb(marked, cue)
    start = cue.end
    if not allowed or start >= len(words) or not words[start][:1].isalnum():
        return cue
    if marked.cues.speaker == "before" and start and cue.start and words[cue.start - 1] in (*_AFTER_QUOTE, QUOTE):
        return cue
    if (marked.is_a("stop", start) and marked.cues.language == "eng") or marked.is_a("joiner", start):
        return cue
    return replace(cue, way="bare", first=start, stop=len(words))


def _behind(marked: Marked, cue: Announcement, floor: int) -> Announcement:
    """The clause or quotation before the cue: «..., he said», "...", a déclaré X."""
    words = marked.line.words
    at = cue.start
    back = at - 1
    steps = 0
    while back > floor and words[back] not in (*_AFTER_QUOTE, QUOTE, ":", *_HARD) and steps < 14:
        back -= 1
        steps += 1
    if back < floor or (words[back] not in (*_AFTER_QUOTE, QUOTE)):
        return cue
    edge = back
    while edge > floor and words[edge] in _AFTER_QUOTE:
        edge -= 1
    if words[edge] == QUOTE:
        return replace(cue, way="quote", first=edge, stop=edge + 1, inverted=back == at - 1)
    if edge - floor >= 2 and _clause_first(marked, cue, back):
        return replace(cue, way="before", first=floor, stop=edge + 1, inverted=back == at - 1)
    return replace(cue, inverted=back == at - 1)


def _clause_first(marked: Marked, cue: Announcement, comma: int) -> bool:
    """«..., said X» in most languages; «..., X said» (and nothing after) in English."""
    words = marked.line.words
    if marked.cues.speaker != "before" or marked.cues.bare or words[comma] not in _AFTER_QUOTE:
        return False
    if comma == cue.start - 1:
        return cue.end < len(words) and words[cue.end][:1].isalnum() and not marked.is_a("that", cue.end)
    ends = cue.end >= len(words) or not words[cue.end][:1].isalnum() or marked.is_a("stop", cue.end)
    return marked.cues.language == "eng" and ends and cue.start - comma <= 9


def _source(marked: Marked, cue: Announcement, limit: int, floor: int) -> Announcement:
    """«According to X, ...» before its clause, or «..., according to X» after it."""
    words = marked.line.words
    end = min(len(words), cue.end + _REACH)
    close = next((at for at in range(cue.end, end) if words[at] in (*_COMMA, ":", QUOTE, *_HARD, "-")), end)
    cue = replace(cue, region=(cue.end, min(close, max(limit, cue.end + 1) if limit > cue.end else close)))
    rest = close + 1 if close < len(words) and words[close] != QUOTE else close
    opening = all(marked.is_a("joiner", at) or not words[at][:1].isalnum() for at in range(floor, cue.start))
    if rest < len(words) - 1 and (opening or cue.start - floor <= 3):
        return replace(cue, way="that", first=_skip_that(marked, rest), stop=len(words))
    if words[cue.start - 1] in _AFTER_QUOTE and cue.start - floor > 2:
        return replace(cue, way="before", first=floor, stop=cue.start - 1)
    if rest < len(words) - 2:
        return replace(cue, way="that", first=_skip_that(marked, rest), stop=len(words))
    return replace(cue, way="before", first=floor, stop=cue.start) if cue.start - floor > 3 else cue


def _skip_that(marked: Marked, at: int) -> int:
    return marked.end_of("that", at) or at


def _with_region(marked: Marked, cue: Announcement, floor: int) -> Announcement:
    """Where the speaker stands: after the verb (verb first, or inverted), else before it."""
    words = marked.line.words
    stop = cue.first if cue.announces and cue.first >= cue.end else len(words)
    if cue.way == "that":
        stop = next((at for at in range(cue.end, cue.first) if marked.is_a("that", at)), stop)
    after = (cue.end, min(stop, cue.end + _REACH))
    if cue.inverted or marked.cues.speaker == "after":
        return replace(cue, region=after)
    start = floor
    if cue.announces and cue.first < cue.start:
        start = cue.stop
    return replace(cue, region=(start, cue.start))


def _without_overlap(marked: Marked, found: list[Announcement]) -> list[Announcement]:
    """End each announced clause where the next cue's own begins; a cue with no border before it is nested: drop it."""
    kept: list[Announcement] = []
    for cue in found:
        last = kept[-1] if kept else None
        if last and last.announces and last.first <= cue.start < last.stop and last.way != "before":
            border = _border(marked, last.first, cue)
            if border is not None:
                kept[-1] = replace(last, stop=border)
                kept.append(_confined(marked, cue, border))
            elif cue.way in ("quote", "colon"):
                kept.append(cue)
        else:
            kept.append(cue)
    return kept


def _confined(marked: Marked, cue: Announcement, border: int) -> Announcement:
    """The subject of a later cue stands after the border, not in the clause before it."""
    if marked.cues.speaker == "after" or cue.inverted or cue.kind == "source":
        return cue
    return replace(cue, region=(min(border + (border < cue.start), cue.start), cue.region[1]))


def _border(marked: Marked, first: int, cue: Announcement) -> int | None:
    """The comma or conjunction that separates an announced clause from the next cue."""
    words = marked.line.words
    proclitic = words[cue.start] and marked.cues.speaker == "after" and words[cue.start][0] in "وف"
    if proclitic and cue.start > first:
        return cue.start
    for at in range(cue.start - 1, max(first, cue.start - 14), -1):
        if words[at] in _HARD or words[at] in _COMMA or words[at] == ":":
            return at
        if marked.is_a("joiner", at) and cue.start - at <= 6:
            return at
    return None
