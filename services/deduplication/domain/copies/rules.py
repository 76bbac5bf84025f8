"""When shared words make a copy, when they are only a form that is filled anew, and when features make a dispatch."""

from services.deduplication.domain.copies.alignment import Alignment
from services.deduplication.domain.copies.overlap import Overlap

LADDER = ((36, 0.8), (60, 0.6))
"""Up to so many five-word sequences a copy shares at least so much: of forty words titles and places are soon half."""
COPY = 0.5
"""Half of the smaller text stands in the other."""
OTHER_DAY, OTHER_DAY_COPY = 2, 0.6
"""Two days on, the same office's telegrams and forecasts share half of their words and report something else."""
TINY = 8
"""Below a dozen words only the very same text is a copy."""
WORD_FOR_WORD = 0.95
SAME_TEXT = 0.8
"""So much shared of both texts, not only of the smaller, is one text whatever the credits say."""
SAME_NUMBERS = 0.5
NUMBERS_OF_A_FORM = 0.04
"""Prices, weather and index reports repeat their sentences and change their figures, one in 25 words at least."""
FEW_FEATURES, FEATURES = 7, 10
"""Fewer shared names, numbers and days than this any two reports of one event have in common."""
LEAST_CONTAINMENT = 0.75
"""Below this no order of sentences makes a dispatch."""
BRIEF, LONG = 4, 8
"""Sentences with features: below the one order proves nothing, from the other on it proves much."""


def are_copies(shared: Overlap, days_apart: int = 0) -> bool:
    """Whether two texts are copies as far as their words and figures tell."""
    if shared.smaller < TINY:
        return shared.jaccard >= WORD_FOR_WORD
    return shared.containment >= _least(shared.smaller, days_apart) and not is_form(shared)


def _least(smaller: int, days_apart: int) -> float:
    for_length = next((least for length, least in LADDER if smaller < length), COPY)
    return max(for_length, OTHER_DAY_COPY) if days_apart >= OTHER_DAY else for_length


def is_form(shared: Overlap) -> bool:
    """Whether most figures differ inside shared sentences: another week's report, not a copy."""
    if shared.numbers is None or shared.density < NUMBERS_OF_A_FORM:
        return False
    return shared.numbers < SAME_NUMBERS and shared.containment < WORD_FOR_WORD


def is_same_text(shared: Overlap) -> bool:
    """Whether two texts are one, with another intro or a cut tail at most."""
    return (shared.containment + shared.jaccard) / 2 >= SAME_TEXT


def is_translation(aligned: Alignment, *, same_credit: bool) -> bool:
    """Sentence for sentence the same features: nobody reports one event twice in the same order by chance."""
    if aligned.sentences < BRIEF or aligned.shared < FEW_FEATURES:
        return False
    least, cover = (0.75, 0.57) if same_credit else (0.8, 0.68)
    return aligned.containment >= least and aligned.cover >= cover


def is_dispatch(aligned: Alignment, *, same_credit: bool) -> bool:
    """Of a long text, abridged or rewritten, what is particular stays; a shared credit lets shorter texts speak too."""
    if aligned.sentences >= LONG and aligned.shared >= 2 * FEATURES:
        least, cover = (LEAST_CONTAINMENT, 0.25) if same_credit else (0.85, 0.3)
        return aligned.containment >= least and aligned.cover >= cover
    if same_credit:
        return aligned.shared >= FEATURES and aligned.containment >= 0.8 and aligned.cover >= 0.55
    return False
