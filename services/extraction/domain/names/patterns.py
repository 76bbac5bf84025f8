"""From written forms to what the automaton looks for."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from services.extraction.domain.names.endings import stems, without_article
from services.extraction.domain.names.entries import Entry, Form, Word
from services.shared.text.fold import fold_text

_PARTS = re.compile(r"[ \-\u200c\u2019'ʼ]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_BICAMERAL = re.compile(r"[A-Z\u00c0-\u024f\u0400-\u052f]")


class Pattern(NamedTuple):
    """What to check where the automaton saw a key; `kind` is an entry type or the kind of a Word, `id` an entry."""

    kind: str
    id: str
    language: str
    weak: bool = False
    exact: bool = False
    surname: bool = False
    case: int = 0  # 1: wants a capital somewhere, 2: wants capitals throughout
    article: bool = False  # Arabic: wants its article
    near: tuple[str, ...] = ()  # a weak form links also where one of these entries is named
    breaks: tuple[int, ...] = ()  # squeezed offsets where the text may have a gap
    rest: tuple[tuple[str, ...], ...] = ()  # Cyrillic: stems of the words that must follow


class Reading(NamedTuple):
    """A pattern that the letters around a key allow: where its mention begins, seen from the key, and as what."""

    pattern: Pattern
    shift: int
    kind: str  # empty where the words that must follow decide


@cache
def _folded(word: str) -> str:
    return fold_text(word)


def split_form(text: str) -> list[str]:
    """The folded words of a form; a zero-width non-joiner, hyphen or apostrophe parts words as a space does."""
    return [word for word in map(_folded, _PARTS.split(text)) if word]


def entry_patterns(entry: Entry) -> Iterator[tuple[str, Pattern]]:
    """Every (key, pattern) of an entry; persons also by surname."""
    person = entry.type == "person"
    surnames: dict[tuple[str, str], None] = {}
    for form in entry.forms:
        full = form.text.replace("+", "")
        yield from _form_patterns(entry, form, full, person and " " not in full)
        surname = surname_of(form.text) if person and not form.exact else None
        if surname:
            surnames[surname, form.language] = None
    for surname, language in surnames:
        lower = entry.strong and len(surname) >= 6
        yield from _form_patterns(entry, Form(surname, language, not entry.strong, False, lower), surname, True)


def surname_of(text: str) -> str | None:
    """The part after `+` (nothing: no surname), else the last word of a name of several words."""
    if "+" in text:
        return text.split("+", 1)[1].strip() or None
    words = text.split()
    return words[-1] if len(words) > 1 else None


def word_patterns(word: Word) -> Iterator[tuple[str, Pattern]]:
    """Every (key, pattern) of a word that matters beside names."""
    for text in _arabic_variants(word.text) if word.language == "arb" else [word.text]:
        yield from _keys(text, Pattern(word.kind, word.text, word.language, exact=word.exact, case=_case(text, True)))


def _form_patterns(entry: Entry, form: Form, full: str, surname: bool) -> Iterator[tuple[str, Pattern]]:
    arabic = form.language == "arb"
    for text in _arabic_variants(full) if arabic and entry.type == "concept" else (full,):
        article = arabic and entry.type in ("place", "organisation") and text.startswith("ال") and " " not in text
        case = _case(text, form.lower)
        short = case == 2 and not (len(text) > 2 and _CYRILLIC.match(text))
        yield from _keys(
            text,
            Pattern(
                entry.type, entry.id, form.language, form.weak, form.exact or short, surname, case, article, form.near
            ),
        )


def _case(text: str, lower: bool) -> int:
    if text.islower() or not _BICAMERAL.search(text):
        return 0
    if text.isupper() and sum(map(str.isalpha, text)) <= 6:
        return 2
    return 0 if lower else 1


def _arabic_variants(text: str) -> list[str]:
    """An Arabic phrase with every article and with none: الضمانات الأمنية, ضمانات أمنية."""
    words = text.split()
    bare = [w[2:] if w.startswith("ال") and len(w) >= 5 else w for w in words]
    definite = [w if w.startswith("ال") else "ال" + w for w in words]
    return list(dict.fromkeys([text, " ".join(bare), " ".join(definite)]))


def _keys(text: str, pattern: Pattern) -> Iterator[tuple[str, Pattern]]:
    words = split_form(text)
    if not words:
        return
    if _CYRILLIC.search(text) and not pattern.exact:
        yield from _cyrillic_keys(words, text, pattern)
        return
    if pattern.language == "arb" and text.startswith("ال"):  # not ألمانيا, which only folds to one
        words[0] = without_article(words[0])
    breaks, at = [], 0
    for word in words[:-1]:
        at += len(word)
        breaks.append(at)
    yield "".join(words), pattern._replace(breaks=tuple(breaks)) if breaks else pattern


def _cyrillic_keys(words: list[str], text: str, pattern: Pattern) -> Iterator[tuple[str, Pattern]]:
    if "'" in text or "’" in text or "ʼ" in text:  # прем'єр is one word, with and without its apostrophe
        words = fold_text(text).replace("'", "").replace("-", " ").split()
    rest = tuple(stems(word) for word in words[1:])
    for stem in stems(words[0]):
        yield stem, pattern._replace(rest=rest) if rest else pattern
