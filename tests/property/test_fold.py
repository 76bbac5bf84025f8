"""The fold keeps its promise on every text: each folded character leads back to a raw one."""

from hypothesis import given
from hypothesis import strategies as st

from services.shared.text.fold import Level, fold, fold_text

anything = st.text(st.characters(codec=None), max_size=60)


@given(anything, st.sampled_from(Level))
def test_every_folded_character_has_its_raw_place(raw: str, level: Level) -> None:
    """Starts and ends are as many as folded characters, never go back, and stay in the text."""
    folded = fold(raw, level)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= a < b <= len(raw) for a, b in zip(folded.starts, folded.ends, strict=True))


@given(anything, st.sampled_from(Level))
def test_folding_a_span_again_gives_the_folded_stretch(raw: str, level: Level) -> None:
    """What a raw span folds to holds the folded stretch it came from."""
    folded = fold(raw, level)
    if folded.text:
        start, end = folded.raw_span(0, len(folded.text))
        assert fold_text(raw[start:end], level) == folded.text


@given(anything)
def test_the_fold_of_characters_is_the_fold_of_the_text(raw: str) -> None:
    """Folding has no memory: a text folds character by character, so keys and texts agree."""
    assert fold(raw).text == fold_text(raw) == "".join(fold_text(char) for char in raw)
