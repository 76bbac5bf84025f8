"""Which of two varieties a text is written in: markers, the n-gram model, named priors; and when not to say.

Everything is added up as log-odds of the left variety against the right one. Below the pack's threshold the variety is
left open: the plain language is an honest answer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from services.language_detection.domain import markers, ngrams
from services.language_detection.domain.markers import Hit
from services.language_detection.domain.values import Evidence, Judged, Marker, Part, Span, Token, VarietyPack

_SHOWN = 24  # markers shown as evidence, strongest first
_PLACES = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """What one paragraph's narration says: markers found in it, n-gram log-odds with their number, and its words."""

    part: Part
    hits: tuple[Hit, ...]
    odds: float
    features: int
    words: int


def read(part: Part, text: str, start: int, words: Sequence[Token], pack: VarietyPack) -> Passage:
    """Read the words of a paragraph, cut from `text` that begins at `start`; quoted words are left out before."""
    hits = markers.find(text, start, words, pack)
    total, count = ngrams.odds(ngrams.sequence(text, start, words), pack.words, pack.pairs)
    return Passage(part, tuple(hits), total, count, len(words))


def weigh(passages: Sequence[Passage], pack: VarietyPack, priors: Sequence[Evidence] = ()) -> float:
    """The log-odds of the left variety in these passages together."""
    sums = _sums(passages, pack)
    marked = sums.get(pack.left, 0.0) - sums.get(pack.right, 0.0)
    prior = sum(item.weight if item.says == pack.left else -item.weight for item in priors)
    calibration = pack.calibration
    silence = calibration.bias * min(1.0, _words(passages) / calibration.bias_words) ** 2
    return silence + calibration.marker * marked + read_like(passages, pack, sum(sums.values())) + prior


def _sums(passages: Sequence[Passage], pack: VarietyPack) -> dict[str, float]:
    if len(passages) == 1:
        return markers.totals(passages[0].hits, pack.caps)
    return markers.totals(markers.merge(hit for p in passages for hit in p.hits), pack.caps)


def _words(passages: Sequence[Passage]) -> int:
    return sum(passage.words for passage in passages)


def read_like(passages: Sequence[Passage], pack: VarietyPack, marked: float) -> float:
    """What the n-gram model may say: calibrated, under a cap that falls with length and with what the markers say.

    It learns a hand more than a variety: a long text without markers is no text whose n-grams should be believed, and
    where markers speak, on whichever side, they know better.
    """
    score = ngrams.scale(sum(p.odds for p in passages), sum(p.features for p in passages))
    words = max(1, _words(passages))
    cap = pack.calibration.ngram_cap * min(1.0, pack.calibration.ngram_words / words)
    cap /= 1.0 + marked / pack.calibration.ngram_yields
    return max(-cap, min(cap, pack.calibration.ngram * score))


def decide(score: float, pack: VarietyPack, threshold: float) -> Judged:
    """The variety where the score is beyond `threshold`, else the language itself, of which there is no doubt here."""
    left = probability(score)
    if abs(score) < threshold:
        return Judged(pack.language, 1.0)
    return Judged(pack.left if score > 0 else pack.right, round(max(left, 1 - left), 4))


def probability(score: float) -> float:
    """Log-odds to a probability that never claims certainty."""
    return min(0.995, max(0.005, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))))


def evidence(passages: Sequence[Passage], pack: VarietyPack, model: str) -> tuple[Evidence, ...]:
    """What to show: the strongest markers with their places, and the n-gram model's opinion."""
    score = read_like(passages, pack, sum(_sums(passages, pack).values()))
    shown = _markers_shown(passages)
    if round(abs(score), 3):
        shown.append(Evidence("ngram", pack.left if score > 0 else pack.right, round(abs(score), 3), model))
    return tuple(shown)


def _markers_shown(passages: Sequence[Passage]) -> list[Evidence]:
    places: dict[Marker, list[Span]] = {}
    for passage in passages:
        for hit in passage.hits:
            spans = places.setdefault(hit.marker, [])
            spans.extend(Span(passage.part, start, end) for start, end in hit.places[: _PLACES - len(spans)])
    ordered = sorted(places, key=lambda marker: (-marker.weight, marker.says, marker.form))
    return [Evidence("marker", m.says, m.weight, m.form, tuple(places[m])) for m in ordered[:_SHOWN]]
