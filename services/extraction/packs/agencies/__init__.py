"""Load the agencies and the phrases that make a name a credit."""

import re
import tomllib
from importlib.resources import files
from typing import Any

from services.extraction.domain.reading.credits import Agencies, Agency
from services.extraction.domain.reading.rules import Phrase, phrase_regex
from services.shared.text.fold import fold_text

_FIRST = re.compile(r"\w+")


def load() -> Agencies:
    """The agencies of all languages."""
    content, cues = _toml("agencies.toml"), _toml("cues.toml")
    forms: dict[str, dict[str, Agency]] = {}
    for entry in content["agency"]:
        agency = Agency(entry["id"], entry["name"], entry["kind"])
        for form in (fold_text(form) for form in entry["forms"]):
            first = _FIRST.search(form)
            if first:
                forms.setdefault(first.group(), {}).setdefault(form, agency)
    return Agencies(
        forms={word: tuple(sorted(found.items(), key=lambda pair: -len(pair[0]))) for word, found in forms.items()},
        before=_before(cues["before"], cues["nouns"]),
        after=tuple(Phrase(re.compile(phrase_regex(cue)), "credit") for cue in cues["after"]),
        photo=re.compile(rf"(?<!\w)(?:{_any(cues['photo'])})(?!\w)"),
        version=str(content["version"]),
    )


def _before(cues: list[str], nouns: list[str]) -> "re.Pattern[str]":
    """A cue, at most three nouns, and the end of the text before the name."""
    return re.compile(rf"(?<!\w)(?:{_any(cues)})(?:[ ]+(?:{_any(nouns)})){{0,3}}[ ]*[\"'(]?\Z")


def _any(phrases: list[str]) -> str:
    return "|".join(phrase_regex(phrase) for phrase in phrases)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
