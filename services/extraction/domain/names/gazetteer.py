"""The gazetteer: entries, one automaton over all their forms, and the tables that tell look-alikes apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import ahocorasick

from services.extraction.domain.names.endings import stems
from services.extraction.domain.names.entries import Entry, Lexicon, Tenure
from services.extraction.domain.names.patterns import Pattern, Reading, entry_patterns, split_form, word_patterns
from services.extraction.domain.names.slips import Slips, index_slips


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Built once by `build_gazetteer`, then only read."""

    entries: dict[str, Entry]
    lexicon: Lexicon
    patterns: dict[str, tuple[Pattern, ...]]
    automaton: Any  # ahocorasick.Automaton: key -> length of key and its patterns
    given_names: dict[str, frozenset[str]]  # person id -> folded given names (stems where they bend)
    tenures: dict[tuple[str, str], tuple[Tenure, ...]]
    roles_of: dict[str, frozenset[str]]  # person id -> role kinds ever held
    given: dict[str, frozenset[str]]  # language -> given names of the lexicon and of the entries
    slips: Slips  # long surnames by their spellings with a letter left out
    everyday: frozenset[str]  # folded words that alone make no name: common ones, titles, roles
    readings: dict[tuple[str, str], tuple[Pattern, ...]] = field(default_factory=dict)  # what was sorted out once
    borne: dict[tuple[object, ...], tuple[Reading, ...]] = field(default_factory=dict)  # the same with what is around
    resembled: dict[str, tuple[str, ...]] = field(default_factory=dict)  # word -> people whose surname it may misspell

    def given_in(self, language: str) -> frozenset[str]:
        """Given names that are no everyday words of the language."""
        return self.given.get(language) or self.given[""]

    def holder(self, role: str, of: str, day: str | None) -> str | None:
        """Who held the role on that ISO day, or holds it now where no day is given."""
        return next((t.holder for t in self.tenures.get((role, of), ()) if t.covers(day)), None)


def build_gazetteer(entries: Iterable[Entry], lexicon: Lexicon | None = None) -> Gazetteer:
    """Compile entries and lexicon into a gazetteer. Entries with one id are one: the first names it, all give forms."""
    lexicon = lexicon or Lexicon()
    known: dict[str, Entry] = {}
    for entry in entries:
        first = known.get(entry.id)
        known[entry.id] = replace(first, forms=first.forms + entry.forms) if first else entry
    keyed: dict[str, dict[Pattern, None]] = {}
    for entry in known.values():
        for key, pattern in entry_patterns(entry):
            keyed.setdefault(key, {})[pattern] = None
    for word in (word for word in lexicon.words if word.kind != "notgiven"):
        for key, pattern in word_patterns(word):
            keyed.setdefault(key, {})[pattern] = None
    patterns = {key: tuple(found) for key, found in keyed.items()}
    given = _given_names(known.values())
    return Gazetteer(
        known, lexicon, patterns, _automaton(patterns), given, _by_role(lexicon.tenures), _roles_of(lexicon.tenures),
        _all_given(known.values(), lexicon), index_slips(known.values()), lexicon.common | _beside_names(lexicon),
    )  # fmt: skip


def _automaton(patterns: dict[str, tuple[Pattern, ...]]) -> Any:
    automaton = ahocorasick.Automaton()
    for key, found in patterns.items():
        automaton.add_word(key, (len(key), found))
    if patterns:
        automaton.make_automaton()
    return automaton


def _given_names(entries: Iterable[Entry]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in entries:
        if entry.type == "person":
            words: set[str] = set()
            for form in entry.forms:
                for word in split_form(form.text.split("+")[0] if "+" in form.text else form.text)[:1]:
                    words.update(stems(word) if form.language in ("ukr", "rus") else (word,))
            found[entry.id] = frozenset(words)
    return found


def _all_given(entries: Iterable[Entry], lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Given names of the lexicon and the first words of people's full names, everyday words and titles left out."""
    found: set[str] = set()
    for entry in entries:
        for form in entry.forms if entry.type == "person" else ():
            words = split_form(form.text.split("+")[0])
            if len(form.text.split()) > 1 and not form.exact and not form.text.endswith("+"):
                found.update(stems(words[0]) if form.language in ("ukr", "rus") else words[:1])
    for name in lexicon.given:
        found.update(stems(name) if "а" <= name[0] <= "ї" else (name,))
    found = {name for name in found - lexicon.common - _beside_names(lexicon) if len(name) > 2}
    barred: dict[str, set[str]] = {language: set() for language in ("", "eng", "fra", "ukr", "rus", "arb", "fas")}
    for word in lexicon.words:
        if word.kind == "notgiven":
            barred[word.language].update(split_form(word.text))
    return {language: frozenset(found - words) for language, words in barred.items()}


def _beside_names(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word for one in lexicon.words for word in split_form(one.text))


def _by_role(tenures: tuple[Tenure, ...]) -> dict[tuple[str, str], tuple[Tenure, ...]]:
    found: dict[tuple[str, str], tuple[Tenure, ...]] = {}
    for tenure in tenures:
        found[tenure.role, tenure.of] = (*found.get((tenure.role, tenure.of), ()), tenure)
    return found


def _roles_of(tenures: tuple[Tenure, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for tenure in tenures:
        found[tenure.holder] = found.get(tenure.holder, frozenset()) | {tenure.role}
    return found
