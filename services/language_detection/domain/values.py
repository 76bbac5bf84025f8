"""The values language detection works with: tokens, packs, evidence, and the verdict on a text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Part = Literal["headline", "body"]
EvidenceKind = Literal["detector", "marker", "ngram", "prior"]

UNDETERMINED = "und"
MULTIPLE = "mul"


@dataclass(frozen=True, slots=True)
class Span:
    """`[start, end)` in raw code points of the headline or the body."""

    part: Part
    start: int
    end: int


class Token(NamedTuple):
    """A word or number: its folded form (ZWNJ, vowel marks and Arabic keyboards folded away) and its raw place."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Marker:
    """One line of a marker pack: a form that speaks for one variety, how strongly, and why. Equal only to itself."""

    form: str
    says: str
    weight: float
    group: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a language or variety, with the places it was read from."""

    kind: EvidenceKind
    says: str
    weight: float
    name: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """A language that is kept apart from the others: its codes, and words, letters and word beginnings that tell it."""

    iso639_3: str
    bcp47: str
    script: str
    words: Mapping[str, float]
    letters: Mapping[str, float]
    starts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a score becomes a probability, and from where on a variety is named at all.

    `bias` is what a text without any marker says: Dari shows itself oftener than Iranian Persian does. It grows with
    the square of the text's length up to `bias_words`: a headline's silence says next to nothing.
    """

    bias: float
    bias_words: float
    marker: float
    ngram: float
    ngram_cap: float
    ngram_words: float
    ngram_yields: float
    decide_document: float
    decide_paragraph: float


@dataclass(frozen=True, slots=True)
class WordFacts:
    """What a variety pack knows about one folded word: markers, whether a longer form may begin here, n-grams."""

    marker: Marker | None
    endings: tuple[Marker, ...]
    begins: bool
    odds: float
    features: int


@dataclass(frozen=True, slots=True)
class VarietyPack:
    """Two varieties of one language. `words` answers for any word; `joined`, `beginnings` and `pairs` for several."""

    language: str
    left: str
    right: str
    codes: Mapping[str, str]
    words: Mapping[str, WordFacts]
    joined: Mapping[str, Marker]
    beginnings: frozenset[str]
    pairs: Mapping[str, float]
    caps: Mapping[str, float]
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Judged:
    """The language of one text: ISO 639-3 code, calibrated confidence, and the evidence."""

    iso639_3: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PartJudged:
    """The language of one paragraph, with its place."""

    span: Span
    iso639_3: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The language of an article, its script, and paragraph by paragraph."""

    judged: Judged
    script: str
    parts: tuple[PartJudged, ...]
