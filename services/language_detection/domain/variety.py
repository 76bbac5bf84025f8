"""Which of two varieties a text is written in: markers, the n-gram model, named priors; and when not to say.

Everything is added up as log-odds of the left variety against the right one. Below the pack's threshold the variety is
left open: the plain language is an honest answer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from services.language_detection.domain import markers, ngrams
from services.language_detection.domain.values import Evidence, Judged, Part, Span, Token, VarietyPack

SHOWN = 24  # markers shown as evidence, strongest first
_PLACES = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of narration: the text its tokens were cut from, where it starts, and the tokens."""

    part: Part
    text: str
    start: int
    words: Sequence[Token]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The log-odds of the left variety, and what they rest on."""

    score: float
    evidence: tuple[Evidence, ...]
    words: int


def weigh(passages: Sequence[Passage], pack: VarietyPack, model: str, priors: Sequence[Evidence] = ()) -> Weighed:
    """Add up what the passages say; quotations must have been blanked before."""
    found = [(passage.part, hit) for passage in passages for hit in _hits(passage, pack)]
    sums = markers.totals(markers.merge(hit for _, hit in found), pack.caps)
    words = [word for passage in passages for word in passage.words]
    calibration = pack.calibration
    marked = sums.get(pack.left, 0.0) - sums.get(pack.right, 0.0)
    read = ngrams.score([word.form for word in words[: ngrams.WORDS_READ]], pack.ngrams)
    prior = sum(item.weight if item.says == pack.left else -item.weight for item in priors)
    score = calibration.bias + calibration.marker * marked + calibration.ngram * read + prior
    shown = [*_shown(found), *_ngram_evidence(read, pack, model), *priors]
    return Weighed(score, tuple(shown), len(words))


def decide(weighed: Weighed, pack: VarietyPack, threshold: float) -> Judged:
    """The variety where the score is beyond `threshold`, else the language itself."""
    left = probability(weighed.score)
    if abs(weighed.score) < threshold:
        return Judged(pack.language, round(1 - abs(2 * left - 1) / 2, 4), weighed.evidence)
    code = pack.left if weighed.score > 0 else pack.right
    return Judged(code, round(max(left, 1 - left), 4), weighed.evidence)


def probability(score: float) -> float:
    """Log-odds to a probability that never claims certainty."""
    return min(0.995, max(0.005, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))))


def _hits(passage: Passage, pack: VarietyPack) -> list[markers.Hit]:
    return markers.find(passage.text, passage.start, passage.words, pack)


def _shown(found: Sequence[tuple[Part, markers.Hit]]) -> list[Evidence]:
    places: dict[tuple[str, str], list[Span]] = {}
    weights: dict[tuple[str, str], float] = {}
    for part, hit in found:
        key = hit.marker.says, hit.marker.form
        weights[key] = hit.marker.weight
        spans = places.setdefault(key, [])
        spans.extend(Span(part, start, end) for start, end in hit.places[: _PLACES - len(spans)])
    ordered = sorted(places, key=lambda key: (-weights[key], key))
    return [Evidence("marker", key[0], weights[key], key[1], tuple(places[key])) for key in ordered[:SHOWN]]


def _ngram_evidence(read: float, pack: VarietyPack, model: str) -> list[Evidence]:
    weight = round(abs(read) * pack.calibration.ngram, 3)
    return [Evidence("ngram", pack.left if read > 0 else pack.right, weight, model)] if weight else []
