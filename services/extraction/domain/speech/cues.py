"""The cues of a language (verbs and phrases that announce speech), and which language a line is read in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from services.extraction.domain.speech.lexicon import Hit, Lexicon
from services.extraction.domain.speech.lines import Line
from services.shared.text.fold import fold_text

_PERSIAN = frozenset("پچژگ")
_ARABIC = frozenset("ةىيكأإ")
_UKRAINIAN = frozenset("іїє")
_FRENCH = frozenset(
    ("le", "la", "les", "des", "une", "du", "est", "et", "dans", "que", "pour", "sur", "d'un", "d'une", "a")
)
_SCRIPT = {"fas": "arab", "pes": "arab", "prs": "arab", "arb": "arab", "ara": "arab", "ukr": "cyrl", "rus": "cyrl"}


@dataclass(frozen=True, slots=True)
class LanguageCues:
    """How one language announces speech: `speaker` stands before or after the verb, `bare` allows no «that»."""

    language: str
    speaker: str
    bare: bool
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of every language with a pack, by ISO code."""

    languages: Mapping[str, LanguageCues]

    def verbs(self, language: str) -> Callable[[str], bool]:
        """Whether a raw word is a verb of saying in the language."""
        known = self.languages.get(language)
        if known is None:
            return lambda word: False
        lexicon = known.lexicon
        return lambda word: any(hit.name in ("speech", "loose") for hit in lexicon.find((fold_text(word),)))

    def for_line(self, line: Line, raw: str, language: str) -> LanguageCues | None:
        """The article's own language where the line is in its script, else the likeliest of the line's script."""
        script = _script(line.words)
        known = self.languages.get(language)
        if known and _SCRIPT.get(known.language, "latn") == script:
            return known
        return self.languages.get(_guess(script, line.words, raw[line.start : line.end]))


def _script(words: Sequence[str]) -> str:
    counts = {"arab": 0, "cyrl": 0, "latn": 0}
    for word in words[:60]:
        first = word[0]
        if "\u0600" <= first <= "\u06ff":
            counts["arab"] += 1
        elif "\u0400" <= first <= "\u04ff":
            counts["cyrl"] += 1
        elif first.isalpha():
            counts["latn"] += 1
    return max(counts, key=lambda name: counts[name])


def _guess(script: str, words: Sequence[str], raw: str) -> str:
    letters = set(raw)
    if script == "arab":
        return "arb" if letters & _ARABIC and not letters & _PERSIAN else "fas"
    if script == "cyrl":
        return "ukr" if letters & _UKRAINIAN else "rus"
    return "fra" if sum(word in _FRENCH for word in words) * 8 > len(words) else "eng"


@dataclass(slots=True)
class Marked:
    """A line with every listed word found: `at[name]` maps a word's place to where the phrase ends."""

    line: Line
    cues: LanguageCues
    hits: list[Hit]
    at: dict[str, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for hit in self.hits:
            self.at.setdefault(hit.name, {}).setdefault(hit.start, hit.end)

    def is_a(self, name: str, place: int) -> bool:
        """Whether a phrase of the list `name` begins at a word."""
        return place in self.at.get(name, ())

    def end_of(self, name: str, place: int) -> int:
        """Where the phrase of list `name` that begins at `place` ends (0: none does)."""
        return self.at.get(name, {}).get(place, 0)


def mark(line: Line, cues: LanguageCues) -> Marked:
    """Find every listed word of a line."""
    return Marked(line, cues, cues.lexicon.find(line.words))
