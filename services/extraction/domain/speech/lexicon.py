"""Find listed words in a line: whole words, stems («заяв*»), phrases, phrases with a gap («تاکید ~ کرد*»).

Entries are folded (Level.MATCH). `_` marks a join that may be written open or closed («می_گوید»), `~` stands for up to
four words, a trailing `*` for any ending. Each word is looked up once and remembered.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

GAP = 6
HYPHEN = "\u2010"  # a dash inside a word, told apart from one between words
_MEMORY = 20000
_LONGEST = 24
_ENTRY_WORD = re.compile(r"\d+(?:[.,:]\d+)+|\w+(?:'\w+)*'?\*?|[^\w\s]")


class Hit(NamedTuple):
    """A listed phrase at words `[start, end)`; `name` says which list it is from."""

    start: int
    end: int
    name: str


class _Entry(NamedTuple):
    name: str
    rest: tuple[str, ...]


def _spellings(entry: str) -> list[str]:
    return [entry.replace("_", ""), entry.replace("_", " ")] if "_" in entry else [entry]


@dataclass(slots=True)
class Lexicon:
    """Named word lists of one language, ready to be found in lines of folded words."""

    lists: Mapping[str, Iterable[str]]
    proclitics: tuple[str, ...] = ()
    _exact: dict[str, list[_Entry]] = field(default_factory=dict)
    _stems: dict[str, list[_Entry]] = field(default_factory=dict)
    _memory: dict[str, tuple[_Entry, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, entries in self.lists.items():
            for entry in entries:
                for spelling in _spellings(entry):
                    self._add(name, _ENTRY_WORD.findall(spelling.replace("-", HYPHEN)))

    def _add(self, name: str, words: Sequence[str]) -> None:
        first, rest = words[0], tuple(words[1:])
        table = self._stems if first.endswith("*") else self._exact
        table.setdefault(first.rstrip("*"), []).append(_Entry(name, rest))

    def _entries(self, word: str) -> tuple[_Entry, ...]:
        known = self._memory.get(word)
        if known is None:
            known = tuple(dict.fromkeys(entry for form in self.bare_forms(word) for entry in self._listed(form)))
            if len(self._memory) < _MEMORY:
                self._memory[word] = known
        return known

    def bare_forms(self, word: str) -> list[str]:
        """The word as it stands, and without the particles its script glues to it (Arabic «و», «بال»)."""
        return [word, *(word[len(p) :] for p in self.proclitics if word.startswith(p) and len(word) > len(p) + 1)]

    def _listed(self, form: str) -> list[_Entry]:
        found = list(self._exact.get(form, ()))
        for length in range(2, min(len(form), _LONGEST) + 1):
            found += self._stems.get(form[:length], ())
        return found

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Every listed phrase, by start, longest first. Empty words and punctuation break a phrase."""
        hits: list[Hit] = []
        memory = self._memory
        for index, word in enumerate(words):
            known = memory.get(word)
            if known is None:
                known = self._entries(word)
            if known:
                hits += self._here(words, index, known)
        return hits

    def _here(self, words: Sequence[str], index: int, known: tuple[_Entry, ...]) -> list[Hit]:
        """Which of a word's entries stand there: most phrases fail at their second word, so that is asked first."""
        here = []
        after = words[index + 1] if index + 1 < len(words) else ""
        for name, rest in known:
            if not rest:
                here.append(Hit(index, index + 1, name))
            elif (rest[0] == after or rest[0][-1] in "*~") and (end := self._match(words, index + 1, rest)):
                here.append(Hit(index, end, name))
        if len(here) > 1:
            here.sort(key=_length, reverse=True)
        return here

    def _match(self, words: Sequence[str], at: int, rest: tuple[str, ...]) -> int:
        for number, wanted in enumerate(rest):
            if wanted == "~":
                return self._match_after_gap(words, at, rest[number + 1 :])
            if at >= len(words) or not _fits(words[at], wanted):
                return 0
            at += 1
        return at

    def _match_after_gap(self, words: Sequence[str], at: int, rest: tuple[str, ...]) -> int:
        for skip in range(GAP + 1):
            end = self._match(words, at + skip, rest)
            if end:
                return end
            if at + skip >= len(words) or not words[at + skip][:1].isalnum():
                return 0
        return 0


def _length(hit: Hit) -> int:
    return hit.end - hit.start


def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
