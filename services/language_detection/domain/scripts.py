"""Which script a word and a text are written in (ISO 15924)."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from services.language_detection.domain.values import Token

UNKNOWN = "Zyyy"
_LATIN_IN_OTHERS = 0.35  # names, links and code in Latin letters stand in texts of every script; the reverse is rare
_RANGES: tuple[tuple[int, str], ...] = (
    (0x0000, "Latn"),
    (0x0370, "Grek"),
    (0x0400, "Cyrl"),
    (0x0530, "Armn"),
    (0x0590, "Hebr"),
    (0x0600, "Arab"),
    (0x0700, UNKNOWN),
    (0x0750, "Arab"),
    (0x0780, UNKNOWN),
    (0x08A0, "Arab"),
    (0x0900, "Deva"),
    (0x0980, "Beng"),
    (0x0A00, UNKNOWN),
    (0x0E00, "Thai"),
    (0x0E80, UNKNOWN),
    (0x10A0, "Geor"),
    (0x1100, "Hang"),
    (0x1200, "Ethi"),
    (0x1380, UNKNOWN),
    (0x1E00, "Latn"),
    (0x1F00, "Grek"),
    (0x2000, UNKNOWN),
    (0x2C60, "Latn"),
    (0x2C80, UNKNOWN),
    (0x3040, "Jpan"),
    (0x3100, UNKNOWN),
    (0x3400, "Hani"),
    (0xA000, UNKNOWN),
    (0xAC00, "Hang"),
    (0xD7B0, UNKNOWN),
    (0xFB00, "Latn"),
    (0xFB13, UNKNOWN),
    (0xFB50, "Arab"),
    (0xFE00, UNKNOWN),
    (0xFE70, "Arab"),
    (0xFF00, "Latn"),
    (0xFF66, "Jpan"),
    (0x10000, UNKNOWN),
)
_STARTS = [start for start, _ in _RANGES]


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """The script of one letter; Zyyy where the table does not know it."""
    return _RANGES[bisect_right(_STARTS, ord(char)) - 1][1]


def main_script(words: Sequence[Token]) -> tuple[str, list[Token]]:
    """The script most letters are in, and the words of that script."""
    letters: Counter[str] = Counter()
    scripts = [script_of(word.form[0]) for word in words]
    for script, word in zip(scripts, words, strict=True):
        if word.form != "#":
            letters[script] += len(word.form)
    letters.pop(UNKNOWN, None)
    if not letters:
        return UNKNOWN, []
    if len(letters) > 1:
        letters["Latn"] = int(letters["Latn"] * _LATIN_IN_OTHERS)
    best = min(letters, key=lambda script: (-letters[script], script))
    return best, [word for script, word in zip(scripts, words, strict=True) if script == best or word.form == "#"]
