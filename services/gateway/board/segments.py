"""Overlapping spans over one text, flattened into stretches that follow each other: what HTML can mark."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_OPEN = 12
"""So many marks over one place are shown; of a text made to pile up more, the later ones are left out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, what kind of thing it is, and what was understood."""

    start: int
    end: int
    kind: str
    meaning: str = ""
    number: int = 0
    """Its place in the list of marks, to link text and list."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text under the same marks, outermost (longest) first."""

    text: str
    marks: tuple[Mark, ...] = ()
    first_of: tuple[Mark, ...] = ()
    """The marks that begin here."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its marks, each once."""
        return tuple(dict.fromkeys(mark.kind for mark in self.marks))


def flatten(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The text cut wherever a mark begins or ends. Joined, the segments are the text; marks beyond it are clipped."""
    kept = [clipped for mark in marks if (clipped := _clipped(mark, len(text)))]
    borders = sorted({0, len(text), *(mark.start for mark in kept), *(mark.end for mark in kept)})
    return list(_segments(text, borders, sorted(kept, key=lambda mark: mark.start)))


def _clipped(mark: Mark, length: int) -> Mark | None:
    start, end = max(0, mark.start), min(mark.end, length)
    return Mark(start, end, mark.kind, mark.meaning, mark.number) if start < end else None


def _segments(text: str, borders: Sequence[int], marks: Sequence[Mark]) -> Iterator[Segment]:
    """Walks the borders with the marks that are open; linear but for how many overlap at one place."""
    open_marks: list[Mark] = []
    following = 0
    for start, end in pairwise(borders):
        open_marks = [mark for mark in open_marks if mark.end > start]
        begun = following
        while following < len(marks) and marks[following].start == start:
            following += 1
        open_marks = [*open_marks, *marks[begun:following]][:MOST_OPEN]
        outermost = tuple(sorted(open_marks, key=lambda mark: (mark.start - mark.end, mark.number)))
        first_of = tuple(mark for mark in outermost if mark.start == start)
        yield Segment(text[start:end], outermost, first_of)


def paragraphs(segments: Iterable[Segment]) -> list[list[Segment]]:
    """The segments of each paragraph; the line breaks between them go."""
    found: list[list[Segment]] = [[]]
    for segment in segments:
        first, *rest = segment.text.split("\n")
        pieces = [Segment(first, segment.marks, segment.first_of), *(Segment(each, segment.marks) for each in rest)]
        for number, piece in enumerate(pieces):
            if number:
                found.append([])
            if piece.text:
                found[-1].append(piece)
    return [paragraph for paragraph in found if any(piece.text.strip() for piece in paragraph)]
