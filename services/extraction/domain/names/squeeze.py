"""The text without spaces, hyphens and apostrophes, so that glued and split spellings are one.

Persian pages lose their zero-width joiners («ولودیمیرزلنسکی»), put spaces in («کی یف»), and every language
wavers between space and hyphen. Matching runs on the squeezed text; whether a gap may stand there is asked of the form.
"""

import re
from array import array
from dataclasses import dataclass

_SQUEEZED_OUT = " \t'-"
_MIXED = re.compile(r"[a-z][\u0400-\u052f]|[\u0400-\u052f][a-z]")
_TAIL = re.compile(r"(?:[^\W_]|(?<=[\u0400-\u052f])'(?=[\u0400-\u052f]))*")
_CYRILLIC_TWINS = str.maketrans("aceiopxykhmtb", "асеіорхукнмтв")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """`text` squeezed out of `folded`; character i stood at `index[i]`."""

    folded: str
    text: str
    index: "array[int]"

    def word_start(self, at: int, limit: int = 6) -> int:
        """Where the word around folded position `at` begins, at most `limit` characters back."""
        stop = max(0, at - limit)
        while at > stop and self.folded[at - 1].isalnum():
            at -= 1
        return at

    def tail(self, end: int) -> tuple[int, int]:
        """After squeezed position `end` inside a word: the folded end of that word, and how many letters are left."""
        at = self.index[end - 1] + 1
        if not self.folded[at : at + 1].isalnum() and self.folded[at : at + 1] != "'":
            return at, 0
        found = _TAIL.match(self.folded, at, at + 24)
        rest = found.group() if found else ""
        return at + len(rest), len(rest) - rest.count("'")

    def gaps(self, start: int, end: int) -> list[int]:
        """Squeezed offsets, relative to `start`, before which something was squeezed out."""
        index = self.index
        if index[end - 1] - index[start] == end - 1 - start:
            return []
        return [i - start for i in range(start + 1, end) if index[i] != index[i - 1] + 1]


def squeeze(folded: str) -> Squeezed:
    """Squeeze a folded text. Linear."""
    folded = _mend_twins(folded)
    text = folded
    for char in _SQUEEZED_OUT:
        text = text.replace(char, "")
    index = array("l", [at for at, char in enumerate(folded) if char not in _SQUEEZED_OUT])
    return Squeezed(folded, text, index)


def _mend_twins(folded: str) -> str:
    """Words of two alphabets («cил» with a Latin c) become Cyrillic; lengths stay."""
    if not _MIXED.search(folded):
        return folded
    return re.sub(
        r"[a-z]*[\u0400-\u052f][a-z\u0400-\u052f]*", lambda found: found.group().translate(_CYRILLIC_TWINS), folded
    )
