"""Lost joiners come back where rules know their place, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.shared.text.zwnj import ZWNJ, restore_joiners


@pytest.mark.parametrize(
    "right",
    [
        "می‌شود",
        "نمی‌گوید",
        "کتاب‌ها",
        "مدرسه‌ها",
        "حمله‌ای",
        "گفته‌اند",
        "مهم‌ترین",
        "آتش‌بس",
        "رئیس‌جمهوری",
        "گفت‌وگوهای",
    ],
)
def test_a_lost_joiner_is_put_back(right: str) -> None:
    """Verbs, plurals, perfects, superlatives and compounds are mended."""
    assert restore_joiners(right.replace(ZWNJ, "")) == right


@pytest.mark.parametrize(
    "word", ["تنها", "نهایی", "میدان", "دختر", "اتهام", "کشورهای", "پیشرفت", "میلیون", "رهایی", "سلام"]
)
def test_a_whole_word_stays(word: str) -> None:
    """Words that only look damaged are left alone."""
    assert restore_joiners(word) == word


@given(st.text())
def test_nothing_but_joiners_is_added(text: str) -> None:
    """Without its joiners the mended text is the text without its joiners, and mending twice changes nothing."""
    mended = restore_joiners(text)
    assert mended.replace(ZWNJ, "") == text.replace(ZWNJ, "")
    assert restore_joiners(mended) == mended
