"""«به گفته X ...» without its comma, and with a name and role that two commas part: where the clause begins."""

from bisect import bisect_left
from dataclasses import replace

from services.extraction.domain.speech.borders import COMMA, Announcement, end_at_borders
from services.extraction.domain.speech.cast import Cast, Named
from services.extraction.domain.speech.cues import Marked
from services.extraction.domain.speech.lines import QUOTE

_LONGEST_ROLE = 7
_SHORT = 6
_BUT = frozenset(("اما", "ولی"))
_THEN = frozenset(("فان", "فانه", "فانها", "فانهم"))


def settle_sources(marked: Marked, found: list[Announcement], cast: Cast) -> list[Announcement]:
    """The announcements of a line with the clauses of its sources begun where the source's name ends."""
    if marked.cues.language == "arb":
        return [_past_then(marked, cue) for cue in found]
    if marked.cues.language != "fas" or not any(cue.kind == "source" for cue in found):
        return found
    settled = [_settled(marked, cue, cast) if cue.kind == "source" else cue for cue in found]
    return found if settled == found else end_at_borders(marked, settled)


def _past_then(marked: Marked, cue: Announcement) -> Announcement:
    """«وبحسب X فإن ...»: the conjunction is no part of what was said."""
    if cue.kind != "source" or cue.way != "that" or cue.stop - cue.first < 3:
        return cue
    return replace(cue, first=cue.first + 1) if marked.line.words[cue.first] in _THEN else cue


def _settled(marked: Marked, cue: Announcement, cast: Cast) -> Announcement:
    end = _name_end(marked, cue.end, cast)
    words = marked.line.words
    if cue.announces and cue.way == "that" and words[cue.first - 1] in COMMA:
        cue = _past_apposition(marked, cue, cast)
    if not end or end >= len(words) - 2 or not _opens(marked, cue):
        return cue
    if words[end] in _BUT:
        return replace(cue, way="that", first=end + 1, stop=len(words), region=(cue.end, end))
    if not words[end][:1].isalnum() or marked.is_a("that", end) or words[end] in ("و", "نیز", "هم"):
        return cue
    comma = next((at for at in range(end, min(end + _SHORT, len(words))) if words[at] in COMMA), None)
    if comma is not None and (marked.is_a("stop", end) or _has_role(marked, end, comma)):
        return cue
    return replace(cue, way="that", first=end, stop=len(words), region=(cue.end, end))


def _opens(marked: Marked, cue: Announcement) -> bool:
    """At the head of its sentence or clause."""
    words = marked.line.words
    before = cue.start - 1
    while before >= 0 and (marked.is_a("joiner", before) or not words[before][:1].isalnum()):
        if words[before] in COMMA and before > 0:
            return False
        before -= 1
    return before < 0


def _name_end(marked: Marked, at: int, cast: Cast) -> int:
    """The word after a pronoun, or after a known name or role, that begins at a word (0: none does)."""
    line = marked.line
    if marked.is_a("pronoun", at):
        return marked.end_of("pronoun", at)
    quoted = at < len(line.words) and line.words[at] == QUOTE
    named = _named_at(marked, at + quoted, cast)
    if named is None:
        return 0
    end = bisect_left(line.starts, named.end)
    return end + 1 if quoted and end < len(line.words) and line.words[end] == QUOTE else end


def _named_at(marked: Marked, at: int, cast: Cast) -> Named | None:
    line = marked.line
    if at >= len(line.words):
        return None
    near = cast.between(line.part, line.starts[at], line.ends[min(at + _SHORT, len(line.words)) - 1])
    return next(
        (one for one in near if one.entity.type in ("person", "organisation") and one.start == line.starts[at]), None
    )


def _past_apposition(marked: Marked, cue: Announcement, cast: Cast) -> Announcement:
    """«به گفته X، رییس‌جمهور Y، ...» and «به گفته رییس‌جمهور Y، X، ...»: both stand before the clause."""
    words = marked.line.words
    close = next((at for at in range(cue.first, min(cue.first + _LONGEST_ROLE, cue.stop)) if words[at] in COMMA), None)
    if close is None or cue.stop - close < 4:
        return cue
    source, named = _named_at(marked, cue.end, cast), _named_at(marked, cue.first, cast)
    if source and source.entity.type == "person" and source.via != "role":
        fits = source.via == "name" and _is_office(marked, cue.first, close, cast)
    else:
        whole = named is not None and named.entity.type == "person" and named.end == marked.line.ends[close - 1]
        fits = whole and _has_role(marked, cue.end, cue.end + 1)
    if not fits:
        return cue
    return replace(cue, first=close + 1, region=(cue.end, close))


def _is_office(marked: Marked, start: int, stop: int, cast: Cast) -> bool:
    """A role and the country or body it belongs to, and no more."""
    line = marked.line
    if not _has_role(marked, start, start + 1) or "و" in line.words[start:stop]:
        return False
    inside = cast.between(line.part, line.starts[start], line.ends[stop - 1])
    return any((one.end == line.ends[stop - 1] and one.entity.type != "person") or one.via == "role" for one in inside)


def _has_role(marked: Marked, start: int, stop: int) -> bool:
    return any(marked.is_a(name, at) for name in ("derived", "title") for at in range(start, stop))
