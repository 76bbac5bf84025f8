"""Figures as the stream writes them ("more_than 6.5e+09 EUR") in the reader's words and digits."""

import re
from dataclasses import dataclass

from services.gateway.board.catalogue import Words
from services.gateway.board.texts import Text

QUALIFIERS = ("more_than", "less_than", "about", "at_least", "up_to")
_NUMBER = r"-?\d+(?:\.\d+)?(?:e[+-]\d+)?"
_FIGURE = re.compile(rf"(?:({'|'.join(QUALIFIERS)}) )?({_NUMBER})(?:-({_NUMBER}))?(?: (.+))?")
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_LARGEST = 1e18


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: how much, in the reader's words, and of what."""

    amount: str
    unit: Text | None


def figure(value: str, words: Words) -> Figure:
    """The parts of a figure's value; one that does not look like a figure is shown as it is."""
    found = _FIGURE.fullmatch(value)
    if found is None:
        return Figure(value, None)
    qualifier, low, high, unit = found.groups()
    shown = amount(float(low), float(high) if high else None, qualifier or "exact", words)
    return Figure(shown, words.term("units", unit) if unit else None)


def amount(low: float, high: float | None, qualifier: str, words: Words) -> str:
    """A number or a range with its qualifier."""
    shown = plain(low, words)
    if high is not None:
        shown = words("qualifier.range", low=shown, high=plain(high, words))
    return words(f"qualifier.{qualifier}", value=shown)


def plain(value: float, words: Words) -> str:
    """A number as people write it: 6.5 billion, 24, 6.1."""
    if not abs(value) < _LARGEST:
        return words.digits(f"{value:g}")
    for size, name in _SCALES:
        if abs(value) >= size and _places(value / size) <= 2:
            return words(f"scale.{name}", value=words.number(value / size, _places(value / size)))
    return words.number(value, _places(value))


def _places(value: float) -> int:
    """How many decimals a number needs, up to six."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])
