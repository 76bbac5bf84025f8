"""An announcement of speech, and where one announced clause ends because the next begins."""

from dataclasses import dataclass, replace

from services.extraction.domain.speech.cues import Marked

HARD = frozenset((".", ";", "؛", "!", "?", "؟", "…"))
COMMA = frozenset((",", "،"))
WHOSE = frozenset(("которого", "которой", "которых", "якого", "якої", "яких", "whom"))


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


def end_at_borders(marked: Marked, found: list[Announcement]) -> list[Announcement]:
    """End each announced clause where the next cue's own begins; a cue with no border before it is nested: drop it."""
    kept: list[Announcement] = []
    for cue in found:
        last = kept[-1] if kept else None
        if last and last.announces and last.end <= cue.start < last.first and cue.kind == "source":
            continue
        if last and last.way == "colon" and cue.kind == "source" and cue.start == last.first:
            kept[-1] = replace(last, way="", first=0, stop=0)
            kept.append(cue)
        elif last and last.announces and last.first <= cue.start < last.stop and last.way != "before":
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
    if marked.cues.speaker == "after" and cue.kind in ("speech", "loose") and not marked.is_a("joiner", cue.start - 1):
        return None
    for at in range(cue.start - 1, max(first, cue.start - 14), -1):
        if words[at] in HARD or words[at] in COMMA or words[at] == ":":
            return at
        if marked.is_a("joiner", at) and cue.start - at <= 6:
            return at
    return None
