"""Load the speech packs: one file per language, folded once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from services.extraction.domain.speech.cues import Cues, LanguageCues
from services.extraction.domain.speech.lexicon import Lexicon
from services.shared.text.fold import fold_text

LANGUAGES = ("fas", "arb", "eng", "ukr", "rus", "fra")
LISTS = ("speech", "participle", "source", "written", "judging", "that", "bare_after", "told", "passive", "auxiliary")
MORE_LISTS = ("within", "loose", "never", "adposition", "title", "noun_mark", "pointing", "nominal", "hearers", "month")
NAME_LISTS = ("stop", "time", "pronoun", "derived", "document", "naming", "joiner", "object", "predicate", "of")


@cache
def load() -> Cues:
    """The cues of every language that has a pack."""
    packs = [_read(files(__package__).joinpath(f"{name}.toml").read_text("utf-8")) for name in LANGUAGES]
    return Cues({code: pack for codes, pack in packs for code in codes})


def _read(raw: str) -> tuple[list[str], LanguageCues]:
    data: dict[str, Any] = tomllib.loads(raw)
    lists = {name: [fold_text(entry) for entry in data.get(name, ())] for name in LISTS + NAME_LISTS + MORE_LISTS}
    lexicon = Lexicon(lists, tuple(fold_text(one) for one in data.get("proclitics", ())))
    return data["covers"], LanguageCues(data["language"], data["speaker"], data["bare"], lexicon)
