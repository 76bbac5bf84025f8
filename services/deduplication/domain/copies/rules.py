"""When shared words make a copy, and when they are only a form that is filled anew every day."""

from services.deduplication.domain.copies.alignment import Alignment
from services.deduplication.domain.copies.overlap import Overlap

COPY = 0.5
"""Half of the smaller text stands in the other."""
SHORT, SHORT_COPY = 36, 0.7
"""In an item of some forty words a title and a place name are soon half of it."""
TINY = 8
"""Below a dozen words only the very same text is a copy."""
SAME_NUMBERS = 0.5
"""Weekly prices, weather and index reports repeat their sentences and change their figures."""
WORD_FOR_WORD = 0.95
FEATURES = 10
"""Fewer shared names, numbers and days than this any two reports of one event have in common."""
LEAST_CONTAINMENT = 0.7
"""Below this no order of sentences makes a dispatch."""
BRIEF, LONG = 4, 8
"""Sentences with features: below the one order proves nothing, from the other on it proves much."""


def may_be_copies(shared: Overlap) -> bool:
    """Whether two texts are copies as far as their words and figures tell."""
    if shared.smaller < TINY:
        return shared.jaccard >= WORD_FOR_WORD
    if shared.smaller < SHORT:
        return shared.containment >= SHORT_COPY and not is_form(shared)
    return shared.containment >= COPY and not is_form(shared)


def is_form(shared: Overlap) -> bool:
    """Whether most figures differ inside shared sentences: another week's report, not a copy."""
    return shared.numbers is not None and shared.numbers < SAME_NUMBERS and shared.containment < WORD_FOR_WORD


def is_translation(aligned: Alignment) -> bool:
    """Sentence for sentence the same features: nobody reports one event twice in the same order by chance."""
    enough = aligned.shared >= FEATURES and aligned.sentences >= BRIEF
    return enough and aligned.containment >= 0.75 and aligned.cover >= 0.58


def is_dispatch(aligned: Alignment, *, same_credit: bool) -> bool:
    """Of a long text, abridged or rewritten, what is particular stays; a shared credit lets shorter texts speak too."""
    if aligned.sentences >= LONG and aligned.shared >= 2 * FEATURES:
        limits = (0.75, 0.25) if same_credit else (0.85, 0.3)
        return aligned.containment >= limits[0] and aligned.cover >= limits[1]
    if same_credit:
        return aligned.shared >= FEATURES and aligned.containment >= LEAST_CONTAINMENT and aligned.cover >= 0.45
    return False
