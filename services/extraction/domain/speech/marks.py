"""Pair quotation marks of every style, in one pass: nested, mixed, reversed, unclosed.

Direction is read from the mark and from what stands beside it: «x», »x«, “x”, „x“, "x″ and plain "x" are all pairs.
"""

import re
from dataclasses import dataclass

_FAMILY = dict.fromkeys("«»", "guillemet") | dict.fromkeys("‹›", "angle") | dict.fromkeys('“”„‟"″＂〝〞❝❞', "double")
_FAMILY |= dict.fromkeys("‘’‚‛'", "single")
_OPENING = frozenset("«‹“„‟〝❝‘‚‛")
_CLOSING = frozenset("»›”〞❞")
_MARK = re.compile("[" + "".join(_FAMILY) + "]")
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u2060\u061c\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_BEFORE_OPENING = frozenset("([{-–—:/") | frozenset(_FAMILY)
_AFTER_CLOSING = frozenset(")]}.,،;؛:!?؟…-–—/") | frozenset(_FAMILY)
MAX_DEPTH = 6
MAX_STRETCHES = 1000
MAX_MARKS = 8_000
MAX_LENGTH = 6000
MAX_BLOCKS = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A marked stretch: `[start, end)` inside the marks, `[outer_start, outer_end)` with them.

    `split`: narration between dashes parts it from the rest of its quotation.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True
    split: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    family: str
    at: int
    block: int


@dataclass(frozen=True, slots=True)
class _Context:
    opens: bool
    closes: bool
    inside_word: bool


def _neighbour(raw: str, index: int, step: int) -> str:
    for _ in range(4):
        index += step
        if not 0 <= index < len(raw):
            return " "
        if raw[index] not in _INVISIBLE:
            return raw[index]
    return " "


def _context(raw: str, index: int) -> _Context:
    before, after = _neighbour(raw, index, -1), _neighbour(raw, index, 1)
    free_left = before.isspace() or before in _BEFORE_OPENING
    free_right = after.isspace() or after in _AFTER_CLOSING
    return _Context(
        free_left and not after.isspace(), free_right and not before.isspace(), before.isalnum() and after.isalnum()
    )


def _closes(char: str, context: _Context, is_open: bool) -> bool:
    """Whether a mark closes what is open in its family (or would, were anything open)."""
    if char in _CLOSING:
        return is_open or not context.opens
    if char in _OPENING:
        return is_open and context.closes and not context.opens
    return is_open and (context.closes or not context.opens)


class _Pairing:
    """The open marks while the blocks of one part are read."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.open: list[_Open] = []
        self.found: list[Stretch] = []
        self.read = 0

    def read_block(self, number: int, start: int, end: int) -> None:
        self.open = [one for one in self.open if number - one.block < MAX_BLOCKS]
        self._continue(start)
        for match in _MARK.finditer(self.raw, start, end):
            self.read += 1
            if self.read > MAX_MARKS or len(self.found) >= MAX_STRETCHES:
                return
            self._read(match.start(), number)

    def _continue(self, start: int) -> None:
        """A paragraph that opens with a mark while one is open goes on with the same quotation."""
        first = self.raw[start] if start < len(self.raw) else " "
        if first in _FAMILY and self.open and self.open[-1].family == _FAMILY[first]:
            self.emit(self.open.pop(), _paragraph_end(self.raw, start), closed=False)

    def _read(self, index: int, block: int) -> None:
        char = self.raw[index]
        family, context = _FAMILY[char], _context(self.raw, index)
        if family == "single" and (context.inside_word or context.opens == context.closes):
            return
        depth = next((d for d in range(len(self.open) - 1, -1, -1) if self.open[d].family == family), None)
        if _closes(char, context, depth is not None):
            if depth is not None:
                opened = self.open[depth]
                del self.open[depth:]
                self.emit(opened, index, closed=True)
        elif len(self.open) < MAX_DEPTH and not (family == "single" and context.closes):
            self.open.append(_Open(family, index, block))

    def emit(self, opened: _Open, end: int, closed: bool) -> None:
        start = opened.at + 1
        start, stop = _trim(self.raw, start, end)
        if start < stop and stop - start <= MAX_LENGTH:
            self.found.append(Stretch(start, stop, opened.at, end + 1 if closed else end, closed))


def _paragraph_end(raw: str, start: int) -> int:
    while start > 0 and raw[start - 1].isspace():
        start -= 1
    return start


def _trim(raw: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (raw[start].isspace() or raw[start] in _INVISIBLE):
        start += 1
    while end > start and (raw[end - 1].isspace() or raw[end - 1] in _INVISIBLE):
        end -= 1
    return start, end


def pair_marks(raw: str, blocks: list[tuple[int, int]]) -> list[Stretch]:
    """The marked stretches of the given blocks, by start. A mark left open after a colon counts to its block's end."""
    pairing = _Pairing(raw)
    for number, (start, end) in enumerate(blocks):
        pairing.read_block(number, start, end)
        if len(pairing.found) >= MAX_STRETCHES:
            break
        _close_at_end(pairing, number, blocks)
    return sorted(pairing.found, key=lambda one: (one.start, -one.end))


def _close_at_end(pairing: _Pairing, number: int, blocks: list[tuple[int, int]]) -> None:
    """A mark that nothing closes is stray, unless it follows a colon or the text was cut short inside it."""
    last = number == len(blocks) - 1
    stale = [one for one in pairing.open if last or number - one.block >= MAX_BLOCKS - 1]
    taken = max((one.outer_end for one in pairing.found[-MAX_DEPTH:]), default=-1)
    for one in stale:
        home_end = blocks[one.block][1]
        announced = pairing.raw[max(0, one.at - 3) : one.at].rstrip().endswith(":")
        if one.family != "single" and taken <= one.at and (announced or one.block >= len(blocks) - 2):
            pairing.emit(one, min(home_end, one.at + MAX_LENGTH), closed=False)
    pairing.open = [one for one in pairing.open if one not in stale]
