"""The lines of a folded text, without the blanks around them."""

import re
from dataclasses import dataclass

_MOST_LINES = 3000  # a text of more lines is no article: its rest is taken as one
_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, in folded offsets; `gap` is true where a blank line (or nothing) stands before it."""

    start: int
    end: int
    gap: bool

    def __len__(self) -> int:
        return self.end - self.start


def lines_of(text: str) -> list[Line]:
    """All lines of `text` that hold anything but blanks. Linear."""
    lines: list[Line] = []
    previous = 0
    for found in _LINE.finditer(text):
        piece = found.group()
        stripped = piece.strip()
        if not stripped:
            continue
        start = found.start() + len(piece) - len(piece.lstrip())
        gap = not lines or text.count("\n", previous, start) > 1
        lines.append(Line(start, start + len(stripped), gap))
        previous = start + len(stripped)
        if len(lines) == _MOST_LINES:
            return [*lines, *_rest(text, found.end())]
    return lines


def _rest(text: str, start: int) -> list[Line]:
    rest = text[start:]
    begin, length = start + len(rest) - len(rest.lstrip()), len(rest.strip())
    return [Line(begin, begin + length, True)] if length else []
