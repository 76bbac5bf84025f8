"""Announcements of speech: a cue, the words it announces, and where its speaker is to be looked for."""

from dataclasses import replace

from services.extraction.domain.speech.borders import COMMA, HARD, WHOSE, Announcement, end_at_borders
from services.extraction.domain.speech.cues import Marked
from services.extraction.domain.speech.lexicon import Hit
from services.extraction.domain.speech.lines import QUOTE

_REACH = 30
_NEAR_DOCUMENT = 20
_PARENTHESIS = 4
_SHORT = 7
_THIS = frozenset(("این", "ان"))
_POINTED = frozenset(("то", "том", "те"))
_DASH = frozenset(("-",))
_CUES = frozenset(("speech", "loose", "participle", "source", "written", "judging"))
_AFTER_QUOTE = COMMA | _DASH


def announcements(marked: Marked) -> list[Announcement]:
    """Every cue of a line with what it announces, in order."""
    found: list[Announcement] = []
    cues = _cue_places(marked)
    for number, (start, end, kind) in enumerate(cues):
        following = (at for at, _, name in cues[number + 1 :] if name != "source" or kind == "source")
        limit = next(following, len(marked.line.words))
        previous = next((one for one in reversed(found) if one.announces), None)
        found.append(_announcement(marked, Announcement(start, end, kind), limit, previous))
    return end_at_borders(marked, found)


def _cue_places(marked: Marked) -> list[tuple[int, int, str]]:
    """The cues, longest first where they overlap; neighbours («said and stressed») count as one."""
    places: list[tuple[int, int, str]] = []
    for hit in marked.hits:
        if hit.name not in _CUES or not _may_announce(marked, hit):
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


def _may_announce(marked: Marked, hit: Hit) -> bool:
    """Not inside marks, not passive or negated, not a noun («his sayings»), no «written» without a document."""
    if marked.line.quotes[hit.start] >= 0 or marked.is_a("never", hit.start):
        return False
    if hit.name == "judging" and marked.is_a("auxiliary", hit.end):
        return False
    if (hit.name == "source" and _agrees(marked, hit)) or _is_noun(marked, hit):
        return False
    if marked.is_a("passive", hit.start - 1) or marked.is_a("noun_mark", hit.end):
        return False
    documents = marked.at.get("document", {})
    return hit.name != "written" or any(abs(at - hit.start) <= _NEAR_DOCUMENT for at in documents)


def _agrees(marked: Marked, hit: Hit) -> bool:
    """«Большинство согласно участвовать»: before an infinitive the word means that somebody agrees."""
    words = marked.line.words
    return words[hit.start] == "согласно" and hit.end < len(words) and words[hit.end].endswith(("ть", "ться"))


def _is_noun(marked: Marked, hit: Hit) -> bool:
    """«..., claims that the road was closed were denied»: with no subject before it, the plural noun."""
    words = marked.line.words
    if words[hit.start] not in ("reports", "claims", "notes") or not marked.is_a("that", hit.end):
        return False
    return hit.start == 0 or words[hit.start - 1] in (*COMMA, *HARD, "-") or marked.is_a("joiner", hit.start - 1)


def _adjoins(marked: Marked, end: int, start: int) -> bool:
    return start == end or (start == end + 1 and marked.is_a("joiner", end))


def _announcement(marked: Marked, cue: Announcement, limit: int, previous: Announcement | None) -> Announcement:
    floor = previous.end if previous else 0
    if previous and previous.way != "before":
        floor = previous.first
    if cue.kind == "source":
        return _source(marked, cue, limit, floor)
    if cue.kind == "judging":
        objects = [at for at in marked.at.get("object", ()) if floor < at < cue.start]
        return replace(cue, region=(floor, min(objects, default=cue.start)))
    if _said_this(marked, cue, floor):
        return replace(cue, region=(floor, cue.start))
    ahead = _ahead(marked, replace(cue, inverted=_follows_quote(marked, cue)), limit)
    if not ahead.announces:
        ahead = _behind(marked, ahead, 0 if previous and previous.way == "quote" else floor)
    return _with_region(marked, ahead, floor)


def _said_this(marked: Marked, cue: Announcement, floor: int) -> bool:
    """«X این را گفت»: what was said stands in an earlier sentence."""
    objects = [at for at in marked.at.get("object", ()) if floor < at < cue.start]
    return any(marked.line.words[at - 1] in _THIS for at in objects)


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
        if word == ":" and _colon_fits(marked, cue, at):
            return replace(cue, way="colon", first=at + 1, stop=last)
        if word == QUOTE:
            return replace(cue, way="quote", first=at, stop=at + 1)
        if word in HARD:
            break
        that = marked.end_of("that", at)
        if that and _that_fits(marked, cue, at):
            return replace(cue, way="that", first=that, stop=_clause_end(marked, that))
    return _bare(marked, cue, limit)


def _clause_end(marked: Marked, first: int) -> int:
    words = marked.line.words
    return next((at for at in range(first, len(words)) if words[at] in (";", "؛")), len(words))


def _colon_fits(marked: Marked, cue: Announcement, at: int) -> bool:
    """A colon far from its verb announces only what stands in marks."""
    words = marked.line.words
    quoted = at + 1 < len(words) and marked.line.quotes[at + 1] >= 0
    return quoted or marked.cues.speaker == "after" or at - cue.end <= _SHORT


def _that_fits(marked: Marked, cue: Announcement, at: int) -> bool:
    """Between a cue and its «that» stand a speaker (verb first) or circumstances, not an object with a clause."""
    if at == cue.end or marked.cues.speaker == "after":
        return True
    if marked.cues.bare:
        return False
    if cue.kind == "loose" and at - cue.end > 1:
        return marked.is_a("told", cue.start)
    after_comma = marked.line.words[at - 1] in COMMA and at - cue.end <= 9
    return after_comma or (_opens_stop(marked, cue) and at - cue.end <= 14)


def _opens_stop(marked: Marked, cue: Announcement) -> bool:
    return marked.is_a("stop", cue.end) or marked.is_a("told", cue.start)


def _bare_verb(marked: Marked, cue: Announcement) -> bool:
    return (cue.kind != "loose" and marked.cues.bare) or marked.is_a("bare_after", cue.start)


def _bare(marked: Marked, cue: Announcement, limit: int) -> Announcement:
    """A clause right after the cue, without «that»."""
    words = marked.line.words
    if cue.kind == "participle" and not marked.is_a("that", cue.end - 1) and not marked.cues.bare:
        allowed = marked.cues.language == "eng"
    else:
        allowed = _bare_verb(marked, cue)
    start = cue.end
    if marked.is_a("told", cue.start):
        start = marked.end_of("hearers", start)
        allowed = bool(start)
    if not allowed or start >= len(words) or not words[start][:1].isalnum():
        return cue
    if cue.start and words[cue.start - 1] in (*_AFTER_QUOTE, QUOTE) and _until_punctuation(marked, start) <= _SHORT:
        return cue
    if (marked.is_a("stop", start) and marked.cues.language == "eng") or marked.is_a("joiner", start):
        return cue
    return replace(cue, way="bare", first=start, stop=_clause_end(marked, start))


def _until_punctuation(marked: Marked, start: int) -> int:
    """How many words run on from `start` without punctuation."""
    words = marked.line.words
    return next((at - start for at in range(start, len(words)) if not words[at][:1].isalnum()), len(words) - start)


def _behind(marked: Marked, cue: Announcement, floor: int) -> Announcement:
    """The clause or quotation before the cue: «..., he said», "...", a déclaré X."""
    words = marked.line.words
    at = cue.start
    back = at - 1
    steps = 0
    while back > floor and words[back] not in (*_AFTER_QUOTE, QUOTE, ":", *HARD) and steps < 14:
        back -= 1
        steps += 1
    if back < floor or (words[back] not in (*_AFTER_QUOTE, QUOTE)):
        return cue
    edge = back
    while edge > floor and words[edge] in _AFTER_QUOTE:
        edge -= 1
    if _fronted(marked, floor) and words[edge] != QUOTE and words[back] in COMMA:
        return replace(cue, way="before", first=_fronted(marked, floor), stop=edge + 1, inverted=True)
    if words[edge] == QUOTE:
        return replace(cue, way="quote", first=edge, stop=edge + 1, inverted=back == at - 1)
    if edge - floor >= (0 if _around(marked, cue) else 2) and _clause_first(marked, cue, back):
        stop = len(words) if edge - floor < 2 * _SHORT and _around(marked, cue) else edge + 1
        return replace(cue, way="before", first=floor, stop=stop, inverted=back == at - 1)
    return replace(cue, inverted=back == at - 1)


def _fronted(marked: Marked, floor: int) -> int:
    """«О том, что ..., сообщил X», «Те, що ..., підтвердив X»: where the clause begins that stands first (0: none)."""
    words = marked.line.words
    comma = next((at for at in range(floor, min(floor + 3, len(words))) if words[at] in COMMA), 0)
    pointed = comma > floor and words[comma - 1] in _POINTED
    return marked.end_of("that", comma + 1) if pointed else 0


def _clause_first(marked: Marked, cue: Announcement, comma: int) -> bool:
    """«..., said X» in most languages; «..., X said» (and nothing after) in English."""
    words = marked.line.words
    if marked.cues.speaker != "before" or marked.cues.bare or words[comma] not in _AFTER_QUOTE or cue.kind != "speech":
        return False
    if comma == cue.start - 1:
        if cue.end >= len(words) or marked.is_a("that", cue.end):
            return False
        if marked.is_a("stop", cue.end) and marked.cues.language == "eng":
            return False
        return words[cue.end][:1].isalnum() and _until_punctuation(marked, cue.end) <= 2 * _SHORT
    ends = cue.end >= len(words) or not words[cue.end][:1].isalnum() or marked.is_a("stop", cue.end)
    return marked.cues.language == "eng" and (ends or marked.is_a("told", cue.start)) and cue.start - comma <= 9


def _around(marked: Marked, cue: Announcement) -> bool:
    """A parenthesis between commas («Some, he said, ...»): the sentence goes on behind it."""
    words = marked.line.words
    reach = cue.end + (4 if words[cue.start - 1] in _AFTER_QUOTE else 1)
    behind = next((at for at in range(cue.end, min(reach, len(words))) if words[at] in _AFTER_QUOTE), None)
    return behind is not None and len(words) - behind > _PARENTHESIS + 1


def _source(marked: Marked, cue: Announcement, limit: int, floor: int) -> Announcement:
    """«According to X, ...» before its clause, or «..., according to X» after it."""
    words = marked.line.words
    if words[cue.end : cue.end + 1] and words[cue.end] in WHOSE:
        return replace(cue, way="that", first=cue.end + 1, stop=_clause_end(marked, cue.end + 1))
    end = min(len(words), cue.end + _REACH)
    close = next((at for at in range(cue.end, end) if words[at] in (*COMMA, ":", QUOTE, *HARD, "-")), end)
    cue = replace(cue, region=(cue.end, min(close, max(limit, cue.end + 1) if limit > cue.end else close)))
    rest = close + 1 if close < len(words) and words[close] != QUOTE else close
    if close < len(words) and words[close] in COMMA and _parts_subject(marked, cue, floor):
        return replace(cue, way="before", first=floor, stop=_clause_end(marked, close))
    opening = all(marked.is_a("joiner", at) or not words[at][:1].isalnum() for at in range(floor, cue.start))
    if rest < len(words) - 1 and (opening or cue.start - floor <= 3):
        return replace(cue, way="that", first=_skip_that(marked, rest), stop=len(words))
    if words[cue.start - 1] in _AFTER_QUOTE and cue.start - floor > 2:
        mid = close < len(words) and words[close] in COMMA and cue.start - floor <= _SHORT + _PARENTHESIS
        return replace(cue, way="before", first=floor, stop=len(words) if mid else cue.start - 1)
    runs_on = close < len(words) and words[close] in COMMA and cue.start - floor <= _SHORT
    if rest < len(words) - 2 and (runs_on or cue.start - floor <= 3):
        return replace(cue, way="that", first=_skip_that(marked, rest), stop=len(words))
    return replace(cue, way="before", first=floor, stop=cue.start) if cue.start - floor > 3 else cue


def _parts_subject(marked: Marked, cue: Announcement, floor: int) -> bool:
    """«Операція, як стверджує X, була ...»: the source stands between a one-word subject and its verb."""
    if (
        marked.cues.language not in ("rus", "ukr")
        or cue.start != floor + 2
        or marked.line.words[floor + 1] not in COMMA
    ):
        return False
    word = marked.line.words[floor]
    return word[:1].isalnum() and not marked.is_a("stop", floor) and not marked.is_a("joiner", floor)


def _skip_that(marked: Marked, at: int) -> int:
    return marked.end_of("that", at) or at


def _with_region(marked: Marked, cue: Announcement, floor: int) -> Announcement:
    """Where the speaker stands: after the verb (verb first, or inverted), else before it."""
    words = marked.line.words
    stop = cue.first if cue.announces and cue.first >= cue.end else len(words)
    if cue.way == "that":
        stop = next((at for at in range(cue.end, cue.first) if marked.is_a("that", at)), stop)
    after = (cue.end, min(stop, cue.end + _REACH))
    if cue.kind == "participle":
        return replace(cue, region=(cue.start, cue.start))
    if cue.inverted or marked.cues.speaker == "after":
        return replace(cue, region=after)
    start = floor
    if cue.announces and cue.first < cue.start:
        start = next((at + 1 for at in range(cue.start - 1, floor, -1) if words[at] in (*_AFTER_QUOTE, QUOTE)), floor)
    return replace(cue, region=(start, cue.start))
