"""Load the rules of reading from the TOML files beside this one."""

import re
import tomllib
from collections import defaultdict
from dataclasses import replace
from importlib.resources import files

from services.extraction.domain.reading.rules import Phrase, PhraseBook, Rules, phrase_book, phrase_regex, word_list
from services.shared.text.fold import fold_text

_Rules = dict[str, list[tuple[str, str]]]


def load() -> Rules:
    """All packs together: a page mixes languages, and one language's phrases do not match another's text."""
    rules: _Rules = defaultdict(list)
    words: dict[str, set[str]] = defaultdict(set)
    weekdays: dict[str, int] = {}
    versions: dict[str, str] = {}
    for pack in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if pack.name.endswith(".toml"):
            content = tomllib.loads(pack.read_text(encoding="utf-8"))
            versions[f"boilerplate/{pack.name[:-5]}"] = str(content.pop("version"))
            days = content.pop("weekdays", [])
            weekdays.update({fold_text(name): day for day, names in enumerate(days) for name in names})
            for name, forms in content.pop("words", {}).items():
                words[name].update(fold_text(form) for form in forms)
            _collect(content, rules)
    return replace(_build(rules, words, versions), weekdays=word_list(weekdays))


def _collect(content: dict[str, dict[str, list[str]]], rules: _Rules) -> None:
    for place, reasons in content.items():
        for reason, phrases in reasons.items():
            rules[place].extend((phrase, reason) for phrase in phrases)


def _book(rules: _Rules, place: str) -> PhraseBook:
    return phrase_book(rules[place])


def _phrases(rules: _Rules, place: str) -> tuple[Phrase, ...]:
    return tuple(Phrase(re.compile(phrase_regex(phrase)), reason) for phrase, reason in rules[place])


def _signs(rules: list[tuple[str, str]]) -> "re.Pattern[str]":
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrase_regex(phrase) for phrase, _ in rules)})")


def _build(rules: _Rules, words: dict[str, set[str]], versions: dict[str, str]) -> Rules:
    return Rules(
        lines=_book(rules, "lines"),
        starts=_book(rules, "starts"),
        inserts=_book(rules, "inserts"),
        tails=_book(rules, "tails"),
        openings=_book(rules, "openings"),
        endings=_phrases(rules, "endings"),
        inside=_phrases(rules, "inside"),
        background_blocks=_book(rules, "background_blocks"),
        background_sentences=_book(rules, "background_sentences"),
        background_signs=_signs(rules["background_signs"]),
        subheads=_book(rules, "subheads"),
        words={name: word_list(dict.fromkeys(forms, 0)) for name, forms in words.items()},
        abbreviations=frozenset(words["abbreviations"]),
        split_names=frozenset(words["split_names"]),
        versions=versions,
    )
