"""A text's features packed into few bytes: numbered, weighed once, sentence by sentence."""

import zlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

Weight = Callable[[str], float]
"""A frozen inverse document frequency: what every article of the saga names proves little."""
MOST_SENTENCES = 80
MOST_IN_A_SENTENCE = 40
FEWEST_POSTED, MOST_POSTED = 12, 40
SENTENCE_END = 0
_DEMONYM = "_dem"
_UNITS, _HEAVIEST = 1000, 65_535  # whole thousandths: sums do not depend on the order of adding


@dataclass(frozen=True, slots=True)
class Features:
    """Feature numbers with `SENTENCE_END` after each sentence, the weight of each in thousandths, how many differ."""

    numbers: "array[int]"
    weights: "array[int]"
    different: int

    def sentences(self) -> list[dict[int, int]]:
        """Weight by feature, one dictionary a sentence."""
        found: list[dict[int, int]] = [{}]
        for number, weight in zip(self.numbers, self.weights, strict=True):
            if number == SENTENCE_END:
                found.append({})
            else:
                found[-1][number] = weight
        return found[:-1]

    def all(self) -> dict[int, int]:
        """Weight by feature for the whole text."""
        return {
            number: weight for number, weight in zip(self.numbers, self.weights, strict=True) if number != SENTENCE_END
        }

    def posted(self) -> int:
        """Under how many of its features a text is posted: the half that says most."""
        return min(self.different, max(FEWEST_POSTED, min(MOST_POSTED, self.different // 2)))

    def heaviest(self) -> list[int]:
        """The features a text is posted under."""
        weights = self.all()
        return sorted(weights, key=lambda feature: (-weights[feature], feature))[: self.posted()]


@dataclass(frozen=True, slots=True)
class OpenedFeatures(Features):
    """The same, read out once to be compared with many others; nobody keeps it."""

    by_sentence: list[dict[int, int]]
    whole: dict[int, int]

    def sentences(self) -> list[dict[int, int]]:
        """As they were read out."""
        return self.by_sentence

    def all(self) -> dict[int, int]:
        """As they were read out."""
        return self.whole


def opened_features(found: Features) -> OpenedFeatures:
    """Read the features out, to compare them with many others."""
    return OpenedFeatures(found.numbers, found.weights, found.different, found.sentences(), found.all())


def same_in_translation(feature: str) -> str:
    """One language says "Russia's leader" where another says "the Russian leader": a demonym is its country."""
    if feature.startswith("C:") and feature.endswith(_DEMONYM):
        return f"E:{feature[2 : -len(_DEMONYM)]}"
    return feature


def pack(sentences: tuple[tuple[str, ...], ...], weight: Weight, leave_out: frozenset[str] = frozenset()) -> Features:
    """Pack the features of a text; sentences without any are left out, endless ones are cut."""
    numbers, weights = array("I"), array("H")
    telling = (_telling(sentence, leave_out) for sentence in sentences)
    for sentence in islice(filter(None, telling), MOST_SENTENCES):
        for feature in sentence:
            numbers.append(zlib.crc32(feature.encode("utf-8", "surrogatepass")) or 1)
            weights.append(max(1, min(_HEAVIEST, round(weight(feature) * _UNITS))))
        numbers.append(SENTENCE_END)
        weights.append(0)
    different = len(set(numbers) - {SENTENCE_END})
    return Features(array("I", numbers), array("H", weights), different)


def _telling(sentence: tuple[str, ...], leave_out: frozenset[str]) -> list[str]:
    same = dict.fromkeys(same_in_translation(feature) for feature in sentence[:MOST_IN_A_SENTENCE])
    return [feature for feature in same if feature not in leave_out]
