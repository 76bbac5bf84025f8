"""Dashes that part speech from narration: «..., — said X, — ...» inside one pair of marks, or without any marks."""

import re
from collections.abc import Callable, Iterable

from services.extraction.domain.speech.marks import MAX_STRETCHES, Stretch

Says = Callable[[str], bool]
_ASIDE = re.compile(r"[,.!?…]\s?[—–-]\s{1,3}(\w{1,30})[^—–\n]{0,160}?(?:\s[—–-]\s|$)")
_LEADING_DASH = re.compile(r"\s{0,3}[—–-]\s{0,3}(?=\w)")


def split_at_asides(
    raw: str, stretches: Iterable[Stretch], blocks: Iterable[tuple[int, int]], says: Says
) -> list[Stretch]:
    """Cut stretches where the narrator speaks between dashes; paragraphs that open with a dash count as stretches."""
    cut = [piece for stretch in stretches for piece in _pieces(raw, stretch, says)]
    taken = sorted((one.outer_start, one.outer_end) for one in cut)
    for start, end in blocks:
        dash = _LEADING_DASH.match(raw, start, end)
        if dash and not any(start <= a < end for a, _ in taken[:MAX_STRETCHES]):
            whole = Stretch(dash.end(), end, start, end, closed=False)
            pieces = _pieces(raw, whole, says)
            cut += pieces if pieces != [whole] else ()
    return sorted(cut, key=lambda one: (one.start, -one.end))


def _pieces(raw: str, stretch: Stretch, says: Says) -> list[Stretch]:
    """The stretch without the asides in it; as it is where there are none."""
    pieces: list[Stretch] = []
    start, outer = stretch.start, stretch.outer_start
    for aside in _ASIDE.finditer(raw, stretch.start, stretch.end):
        if says(aside.group(1)):
            if start < aside.start():
                pieces.append(Stretch(start, aside.start(), outer, aside.start(), stretch.closed, True))
            start = outer = aside.end()
    if not pieces:
        return [stretch]
    if start < stretch.end:
        pieces.append(Stretch(start, stretch.end, outer, stretch.outer_end, stretch.closed, True))
    return pieces
