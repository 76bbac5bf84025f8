"""Copies are a function of the set of articles: order of arrival, removals and repetitions leave no trace."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.deduplication.domain.copies.index import CopyIndex
from services.deduplication.domain.copies.overlap import overlap
from services.deduplication.domain.copies.sketch import sketch

_WORDS = st.sampled_from([f"word{number}" for number in range(60)] + ["12", "340", "باريس", "Київ"])
_SENTENCE = st.lists(_WORDS, min_size=6, max_size=14).map(" ".join)
_SENTENCES = st.lists(_SENTENCE, min_size=3, max_size=10)
_TEXTS = _SENTENCES.flatmap(
    lambda pool: st.lists(
        st.lists(st.sampled_from(pool), min_size=1, max_size=8).map(". ".join), min_size=2, max_size=9
    )
)


def pairs(texts: dict[str, str], order: list[str]) -> set[frozenset[str]]:
    """The pairs that an index finds when the texts arrive in this order."""
    index, found = CopyIndex(), set()
    for name in order:
        made = sketch(texts[name])
        found |= {frozenset((name, other)) for other in index.overlaps(made)}
        index.add(name, made)
    return found


@settings(deadline=None, max_examples=60)
@given(_TEXTS, st.randoms(use_true_random=False))
def test_the_pairs_found_do_not_depend_on_the_order_of_arrival(texts: list[str], random: object) -> None:
    """Any order of the same texts gives the same pairs."""
    named = {f"{number}": text for number, text in enumerate(texts)}
    shuffled = list(named)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pairs(named, list(named)) == pairs(named, shuffled)


@settings(deadline=None, max_examples=60)
@given(_TEXTS, st.data())
def test_what_is_removed_leaves_no_trace(texts: list[str], data: st.DataObject) -> None:
    """An index that forgot some texts answers like one that never saw them."""
    gone = data.draw(st.sets(st.integers(0, len(texts) - 1)))
    forgetful, fresh = CopyIndex(), CopyIndex()
    for number, text in enumerate(texts):
        forgetful.add(str(number), sketch(text))
        if number not in gone:
            fresh.add(str(number), sketch(text))
    for number in gone:
        forgetful.remove(str(number))
    for text in texts:
        assert forgetful.overlaps(sketch(text)) == fresh.overlaps(sketch(text))


@given(st.text(max_size=400), st.text(max_size=400))
def test_comparing_is_symmetric_and_bounded(one: str, other: str) -> None:
    """Containment and Jaccard are shares, and neither side is the first."""
    there, back = overlap(sketch(one), sketch(other)), overlap(sketch(other), sketch(one))
    assert there == back
    assert 0.0 <= there.jaccard <= there.containment <= 1.0


@given(st.text(min_size=1, max_size=400))
def test_a_text_contains_itself(text: str) -> None:
    """A text with words is wholly in itself; one without words has nothing to share."""
    made = sketch(text)
    assert overlap(made, made).containment == (1.0 if made.shingles else 0.0)
