"""Look each word and word pair up once and remember the answer, because news repeats its words.

The memory is bounded and changes no answer.
"""

from collections.abc import Mapping

from services.language_detection.domain import ngrams
from services.language_detection.domain.markers import Forms, endings_of, whole_of
from services.language_detection.domain.values import WordFacts

_REMEMBERED = 60_000


class WordMemory(dict[str, WordFacts]):
    """Word -> what a variety pack knows about it; asks the pack's tables for words it has not met."""

    def __init__(self, forms: Forms, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._forms = forms
        self._weights = weights

    def __missing__(self, form: str) -> WordFacts:
        total, count = ngrams.word_odds(form, self._weights)
        marker = whole_of(form, self._forms.whole)
        begins = form in self._forms.beginnings
        facts = WordFacts(marker, endings_of(form, self._forms.endings), begins, total, count)
        if len(self) < _REMEMBERED:
            self[form] = facts
        return facts


class PairMemory(dict[str, float]):
    """Two words side by side -> the n-gram model's log-odds for them."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, pair: str) -> float:
        total = ngrams.pair_odds(pair, self._weights) if self._weights else 0.0
        if len(self) < _REMEMBERED:
            self[pair] = total
        return total
