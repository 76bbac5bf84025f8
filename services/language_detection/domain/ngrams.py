"""A linear model over words, word pairs and letter sequences: which of two varieties a text reads like.

The features are the same in training and in use; the score is divided by the square root of their number, so that a
sentence and an article are measured on one scale.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from services.language_detection.domain.tokens import NUMBER

WORDS_READ = 250  # the lead and what follows; later paragraphs repeat the same hand
_LONGEST_WORD = 16
_ORDERS = (3, 4, 5)


def features(forms: Sequence[str]) -> Iterator[str]:
    """Everything the model looks at in a sequence of folded words."""
    previous = "^"
    for long_form in forms:
        form = long_form[:_LONGEST_WORD]
        yield f"{previous} {form}"
        previous = form
        if form != NUMBER:
            yield form
            padded = f"<{form}>"
            for order in _ORDERS:
                for start in range(len(padded) - order + 1):
                    yield "~" + padded[start : start + order]


def score(forms: Sequence[str], weights: Mapping[str, float]) -> float:
    """Positive for the left variety, negative for the right one, 0.0 for nothing known."""
    if not forms or not weights:
        return 0.0
    get = weights.get
    found = [get(feature, 0.0) for feature in features(forms[:WORDS_READ])]
    return sum(found) / math.sqrt(len(found))
