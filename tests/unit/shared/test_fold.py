"""What the fold makes one, and what it keeps apart."""

import pytest

from services.shared.text.fold import Level, fold, fold_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كتاب علي", "کتاب علی"),
        ("۱۴۰۴", "1404"),
        ("٢٠٢٦", "2026"),
        ("أوكرانيا", "اوکرانیا"),
        ("می‌رود", "میرود"),
        ("قمـــة", "قمه"),
        ("Élysée", "elysee"),
        ("«نقل»", '"نقل"'),
        ("Зеленськийʼ", "зеленський'"),
        ("ещё", "еще"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    """Letters of two scripts, digits, joiners, kashida, accents, quotation marks and case tell no words apart."""
    assert fold_text(one) == fold_text(other)


def test_light_keeps_what_tells_varieties_apart() -> None:
    """Hamza, madda and case carry evidence, so the light fold leaves them."""
    assert fold_text("آمریکا", Level.LIGHT) != fold_text("امریکا", Level.LIGHT)
    assert fold_text("AP", Level.LIGHT) == "AP"


def test_cyrillic_letters_of_their_own_stay() -> None:
    """й and ї are letters, not accents."""
    assert fold_text("їй") == "їй"


def test_a_span_leads_back_to_the_raw_text() -> None:
    """What was dropped between letters lies inside the raw span, what was dropped outside does not."""
    folded = fold("\u200fمی‌رود خانه")
    start = folded.text.index("میرود")
    a, b = folded.raw_span(start, start + 5)
    assert folded.raw[a:b] == "می‌رود"
