"""Fold text for matching while remembering where every folded character came from.

Unicode's NFC and NFKC are not enough for Persian and Arabic news (they keep ي/ی, ك/ک, ۀ and three digit sets apart) and
change lengths, so offsets move. `fold` keeps a map: every folded index leads back to a raw index.
"""

import unicodedata
from array import array
from dataclasses import dataclass
from enum import Enum
from itertools import compress

_LETTERS = {
    "ي": "ی",
    "ى": "ی",
    "ې": "ی",
    "ۍ": "ی",
    "ك": "ک",
    "ڪ": "ک",
    "ګ": "گ",
    "ھ": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ٱ": "ا",
}
_MATCH_LETTERS = {"ئ": "ی", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ё": "е", "ґ": "г"}
_QUOTES = dict.fromkeys("’ʼ‘`´ʹ′‛", "'") | dict.fromkeys("“”„‟″«»〝〞＂❝❞", '"')
_PUNCTUATION = {"٬": ",", "٫": ".", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " "}
_INVISIBLE = {0x00AD, 0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x0640}
_INVISIBLE |= set(range(0x202A, 0x202F)) | set(range(0x2066, 0x206A))


class Level(Enum):
    """How much is folded away."""

    LIGHT = "light"  # digits, quotes, dashes, invisible characters, Arabic yeh and kaf; hamza and madda stay
    MATCH = "match"  # LIGHT, and case, hamza carriers, teh marbuta, vowel marks and Latin accents


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded string; `starts[i]`/`ends[i]` delimit the raw characters behind folded character i."""

    raw: str
    text: str
    starts: "array[int]"
    ends: "array[int]"

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of folded `[start, end)`, which must not be empty. O(1)."""
        return self.starts[start], self.ends[end - 1]


class _Table(dict[str, str]):
    def __init__(self, level: Level) -> None:
        super().__init__()
        self.level = level

    def __missing__(self, char: str) -> str:
        folded = _fold_char(char, self.level)
        self[char] = folded
        return folded


def _fold_char(char: str, level: Level) -> str:
    if ord(char) in _INVISIBLE:
        return ""
    for table in (_LETTERS, _QUOTES, _PUNCTUATION):
        if char in table:
            return table[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if level is Level.LIGHT:
        return unicodedata.normalize("NFC", char)
    return _fold_for_matching(char)


def _fold_for_matching(char: str) -> str:
    char = _MATCH_LETTERS.get(char, char)
    if unicodedata.combining(char):
        return ""
    flat = unicodedata.normalize("NFKC", char).lower()
    return "".join(_base(c) for c in flat)


def _base(char: str) -> str:
    """Latin accents go (é -> e); Cyrillic й and ї are letters of their own and stay."""
    char = _MATCH_LETTERS.get(char, _LETTERS.get(char, char))
    if unicodedata.combining(char):
        return ""
    return unicodedata.normalize("NFD", char)[0] if "\u00c0" <= char < "\u0250" else char


_TABLES = {level: _Table(level) for level in Level}


def fold(raw: str, level: Level = Level.MATCH) -> Folded:
    """Fold `raw`; any string is legal, lone surrogates included. Linear in its length."""
    pieces = list(map(_TABLES[level].__getitem__, raw))
    text = "".join(pieces)
    dropped = pieces.count("")
    if len(text) > len(raw) - dropped:  # a character became several
        starts = array("l", [index for index, piece in enumerate(pieces) for _ in piece])
        return Folded(raw, text, starts, array("l", [index + 1 for index in starts]))
    if not dropped:
        return Folded(raw, text, _count(0, len(raw)), _count(1, len(raw) + 1))
    starts = array("l", compress(range(len(raw)), pieces))
    return Folded(raw, text, starts, array("l", compress(range(1, len(raw) + 1), pieces)))


_COUNTED = array("l", range(16_384))  # most texts are shorter: their offsets are copied, not counted anew


def _count(start: int, stop: int) -> "array[int]":
    return _COUNTED[start:stop] if stop <= len(_COUNTED) else array("l", range(start, stop))


def fold_text(raw: str, level: Level = Level.MATCH) -> str:
    """The folded string alone, where no offsets are needed (dictionary entries, keys)."""
    return "".join(map(_TABLES[level].__getitem__, raw))
