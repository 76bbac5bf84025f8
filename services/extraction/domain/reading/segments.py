"""Segments: the body cut at line ends and boilerplate, in folded offsets, each with its kind."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.extraction.domain.reading.boilerplate import Mark
from services.extraction.domain.reading.lines import Line
from services.extraction.domain.values import BlockKind


@dataclass(frozen=True, slots=True)
class Segment:
    """A block in the making; `first` is true where it begins its line, `gap` where a blank line stands before it."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    reason: str | None = None
    gap: bool = False
    first: bool = True


def cut_segments(text: str, lines: list[Line], marks: list[Mark]) -> list[Segment]:
    """Boilerplate marks and what is left of the lines between them, in order."""
    segments = [Segment(mark.start, mark.end, "boilerplate", mark.reason) for mark in marks]
    position = 0
    for line in lines:
        while position < len(marks) and marks[position].end <= line.start:
            position += 1
        segments.extend(_rest(text, line, marks, position))
    return sorted(segments, key=lambda segment: segment.start)


def _rest(text: str, line: Line, marks: list[Mark], position: int) -> Iterator[Segment]:
    start = line.start
    while position < len(marks) and marks[position].start < line.end:
        yield from _piece(text, line, start, marks[position].start)
        start = max(start, marks[position].end)
        position += 1
    yield from _piece(text, line, start, line.end)


def _piece(text: str, line: Line, start: int, end: int) -> Iterator[Segment]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Segment(start, end, gap=line.gap, first=start == line.start)
