"""Cut a text into words and numbers whose folded forms compare across keyboards, and keep their raw places.

ZWNJ, kashida, vowel marks and bidi controls go, Arabic yeh and kaf become Persian ones (`services.shared.text.fold`,
Level.LIGHT), hamza and madda stay: they tell varieties apart. Decomposed hamza and madda are composed first.
"""

import re
import unicodedata
from functools import lru_cache

from services.language_detection.domain.values import Token
from services.shared.text.fold import Level, fold_text

NUMBER = "#"
_MARKS = "\u064b-\u065f\u0670\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_WORD = re.compile(rf"[^\W\d_]+(?:['’ʼ{_MARKS}]{{1,4}}[^\W\d_]+)*[{_MARKS}]*|\d+")
_DROP = {code for low, high in ((0x064B, 0x0652), (0x0656, 0x065F), (0x0670, 0x0670)) for code in range(low, high + 1)}
_COMPOSED = (
    ("ه\u0654", "ۀ"),
    ("ە\u0654", "ۀ"),
    ("ی\u0654", "ئ"),
    ("ي\u0654", "ئ"),
    ("و\u0654", "ؤ"),
    ("ا\u0654", "أ"),
    ("ا\u0653", "آ"),
)


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        shape = chr(code)
        if 0xFB50 <= code <= 0xFEFC:  # presentation forms: letters as old typesetting drew them
            shape = unicodedata.normalize("NFKC", shape)
        folded = "" if code in _DROP else fold_text(shape, Level.LIGHT).lower()
        self[code] = folded
        return folded


_TABLE = _Table()


@lru_cache(maxsize=1 << 16)
def fold_form(word: str) -> str:
    """The form under which a word is compared: what packs are keyed by."""
    if "\u0653" in word or "\u0654" in word:
        for apart, together in _COMPOSED:
            word = word.replace(apart, together)
    return word.translate(_TABLE).replace("\u0654", "").replace("\u0653", "")


def tokens(text: str, start: int = 0) -> list[Token]:
    """The words and numbers of `text`; offsets are shifted by `start`. Every number has the form `#`."""
    found: list[Token] = []
    for match in _WORD.finditer(text):
        word = match.group()
        form = NUMBER if word[0].isdecimal() else fold_form(word)
        if form:
            first, last = match.span()
            found.append(Token(form, first + start, last + start))
    return found


def skeleton(phrase: str) -> str:
    """A pack entry without its spaces, so that «به حیث», «به‌حیث» and «بهحیث» are one; `0` is any number."""
    return "".join(NUMBER if piece.isdecimal() else fold_form(piece) for piece in phrase.split())
