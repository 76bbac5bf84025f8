"""Load a subject pack: `items.toml`, `positions.toml`, `modality.toml` in a folder of its own."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from services.extraction.domain.speech.lexicon import Lexicon
from services.extraction.domain.speech.subject import Firmness, Pattern, Subject
from services.shared.text.fold import fold_text

CODES = {
    "fas": ("fas", "pes", "prs"),
    "arb": ("arb", "ara"),
    "eng": ("eng",),
    "ukr": ("ukr",),
    "rus": ("rus",),
    "fra": ("fra",),
}
PROCLITICS = {
    "arb": ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "كال", "فال", "لل", "ولل", "ول", "وب", "وس", "س", "وا")
}
NEAR = 14
Table = dict[str, Any]


@cache
def load_subject(place: str) -> Subject:
    """The subject pack of a bundled name («ukraine-guarantees») or of a folder's path."""
    folder = files("services.extraction.packs").joinpath(place)
    return _subject(place, folder if folder.is_dir() else Path(place))


def _subject(place: str, folder: Traversable) -> Subject:
    items, positions, modality = (_read(folder, name) for name in ("items", "positions", "modality"))
    lists = items.get("words", {}) | positions.get("words", {}) | modality.get("words", {}) | _firmness_lists(modality)
    return Subject(
        name=items.get("name", Path(place).name),
        version=str(items.get("version", "0")),
        lexicons=_lexicons(lists),
        items=tuple(_pattern(one) for one in items.get("item", ())),
        positions=tuple(_pattern(one) for one in positions.get("position", ())),
        firmness={one["list"]: _firmness(rank, one) for rank, one in enumerate(modality.get("cue", ()), 1)},
    )


def _read(folder: Traversable, name: str) -> Table:
    file = folder.joinpath(f"{name}.toml")
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def _firmness_lists(modality: Table) -> Table:
    return {one["list"]: one["words"] for one in modality.get("cue", ())}


def _lexicons(lists: dict[str, dict[str, list[str]]]) -> dict[str, Lexicon]:
    made: dict[str, Lexicon] = {}
    for language, codes in CODES.items():
        words = {name: [fold_text(one) for one in by.get(language, ())] for name, by in lists.items()}
        lexicon = Lexicon(words, tuple(dict.fromkeys(fold_text(one) for one in PROCLITICS.get(language, ()))))
        made |= dict.fromkeys(codes, lexicon)
    return made


def _pattern(one: Table) -> Pattern:
    alternatives = tuple(tuple(tuple(need.split("|")) for need in needs) for needs in one["needs"])
    return Pattern(
        id=one["id"],
        alternatives=alternatives,
        near=one.get("near", NEAR),
        actor=one.get("actor"),
        default=one.get("default"),
        always=one.get("always"),
        over=tuple(one.get("over", ())),
        keys=frozenset(name for needs in alternatives for name in min(needs, key=len)),
    )


def _firmness(rank: int, one: Table) -> Firmness:
    marks = {name: one.get(name, False) for name in ("clear", "wide", "weak", "anywhere")}
    return Firmness(one["list"], one["modality"], rank, one.get("polarity", "positive"), **marks)
