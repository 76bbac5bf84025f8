"""Load the speech packs: one file per language, folded once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from services.extraction.domain.speech.cues import Cues, LanguageCues
from services.extraction.domain.speech.lexicon import Lexicon
from services.shared.text.fold import fold_text

LISTS = ("speech", "participle", "source", "that", "stop", "time", "pronoun", "derived", "document", "naming", "joiner")
LISTS += ("bare_after", "told", "written", "judging", "auxiliary", "object", "predicate", "of", "within", "passive")


@cache
def load() -> Cues:
    """The cues of every language that has a pack."""
    packs = [
        _read(file.read_text("utf-8"))
        for file in sorted(files(__package__).iterdir(), key=str)
        if file.name.endswith(".toml")
    ]
    return Cues({code: pack for codes, pack in packs for code in codes})


def _read(raw: str) -> tuple[list[str], LanguageCues]:
    data: dict[str, Any] = tomllib.loads(raw)
    lists = {name: [fold_text(entry) for entry in data.get(name, ())] for name in LISTS}
    lexicon = Lexicon(lists, tuple(fold_text(one) for one in data.get("proclitics", ())))
    return data["covers"], LanguageCues(data["language"], data["speaker"], data["bare"], lexicon)
