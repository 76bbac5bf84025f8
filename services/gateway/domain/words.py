"""Search words: text folded as everywhere in the project, and names by the skeleton their spellings share."""

import re
from dataclasses import dataclass
from functools import lru_cache

from services.shared.text.fold import fold_text
from services.shared.text.skeleton import skeleton

_WORD = re.compile(r"[^\W_]+")
MOST_TERMS = 12
# Two consonants say too little: IRAN, RHINE and URINE share RN. Surfaces that short are found by their spelling.
SHORTEST_SKELETON = 3
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query: how it is spelt when folded, and the skeleton of the name it may be."""

    word: str
    skeleton: str | None


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold_text(text))]


@lru_cache(maxsize=20_000)  # the same names come with every version of every story
def skeleton_of(word: str) -> str | None:
    """The key that a name's spellings share, where it is long enough to tell names apart."""
    found = skeleton(word)
    return found if len(found) >= SHORTEST_SKELETON else None


def terms_of(query: str) -> list[Term]:
    """The words of a query; of an endless one, the first."""
    return [Term(word, skeleton_of(word)) for word in dict.fromkeys(words_of(query[:2000]))][:MOST_TERMS]
