"""The words of a language that numbers and dates are made of, indexed by their first token."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from services.shared.text.fold import fold_text


class Row(NamedTuple):
    """One line of a pack: what kind of word, what it stands for, and a form as it is written."""

    kind: str
    value: str
    form: str


class Entry(NamedTuple):
    """A form in the index: the tokens after the first one must follow."""

    kind: str
    value: str
    rest: tuple[str, ...]


class Mark(NamedTuple):
    """What a lexicon entry says of the tokens from here: `size` tokens, the first after `lead` proclitic letters."""

    value: str
    size: int
    lead: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All forms of one language; `glue` are glued number words, `clitics` prefixes that may hide a word.

    `plain` are the words that begin no longer form: their marks never change, so they are made once.
    """

    language: str
    index: Mapping[str, tuple[Entry, ...]]
    plain: Mapping[str, Mapping[str, Mark]]
    glue: re.Pattern[str] | None = None
    clitics: re.Pattern[str] | None = None
    endings: re.Pattern[str] | None = None
    decimal: str = "."


@dataclass(frozen=True, slots=True)
class QuantityPack:
    """A lexicon per language (ISO 639-3) and the pack's version."""

    version: str
    lexicons: Mapping[str, Lexicon]

    def lexicon(self, language: str, sample: str) -> Lexicon:
        """The lexicon of a language; for one that has none, that of the script of `sample`."""
        found = self.lexicons.get(language)
        return found or self.lexicons[_by_script(sample)]


WORD = re.compile(r"\d+|[^\W\d_]+|\S")
_PERSIAN = re.compile("[پچژگ]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_UKRAINIAN = re.compile("[іїє]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def _by_script(sample: str) -> str:
    if _ARABIC.search(sample):
        return "pes" if _PERSIAN.search(sample) else "arb"
    if _CYRILLIC.search(sample):
        return "ukr" if _UKRAINIAN.search(sample) else "rus"
    return "eng"


def index_rows(rows: Iterable[Row]) -> dict[str, tuple[Entry, ...]]:
    """Fold every form and file it under its first token, longest continuation first."""
    found: dict[str, dict[Entry, None]] = {}
    for row in rows:
        tokens = WORD.findall(fold_text(row.form))
        if tokens:
            found.setdefault(tokens[0], {})[Entry(row.kind, row.value, tuple(tokens[1:]))] = None
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry.rest))) for first, entries in found.items()}


def plain_words(index: Mapping[str, tuple[Entry, ...]]) -> dict[str, dict[str, Mark]]:
    """The ready marks of the words that stand for themselves alone."""
    return {
        word: {entry.kind: Mark(entry.value, 1, 0) for entry in reversed(entries)}
        for word, entries in index.items()
        if not any(entry.rest for entry in entries)
    }
