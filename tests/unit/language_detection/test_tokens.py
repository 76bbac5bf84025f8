"""Words are cut with raw offsets, and folded so that keyboards and typesetting do not matter."""

from hypothesis import given
from hypothesis import strategies as st

from services.language_detection.domain.tokens import fold_form, skeleton, tokens


@given(st.text())
def test_offsets_point_at_what_was_read(text: str) -> None:
    """Every token lies inside the text, in order, without overlap."""
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert token.form
        end = token.end


def test_keyboards_and_invisible_characters_fold_away() -> None:
    """Arabic yeh and kaf, ZWNJ, kashida, vowel marks and bidi controls make no difference."""
    forms = {fold_form(word) for word in ("می‌کند", "ميكند", "مــیکند", "مِی‌کُنَد", "\u200fمی‌کند\u200e")}
    assert forms == {"میکند"}


def test_hamza_and_madda_stay_composed_or_not() -> None:
    """آمریکا and امریکا differ, however the madda was typed."""
    assert fold_form("ا\u0653مریکا") == fold_form("آمریکا") != fold_form("امریکا")
    assert fold_form("شبکه\u0654") == fold_form("شبکۀ") != fold_form("شبکه")
    assert fold_form("ري\u0654یس") == fold_form("رئیس")


def test_presentation_forms_read_as_letters() -> None:
    """Old typesetting (ﻛﺘﺎﺏ) reads as the letters it draws."""
    assert fold_form("ﻛﺘﺎﺏ") == fold_form("كتاب")


def test_numbers_of_every_digit_set_are_one_form() -> None:
    """Latin, Arabic and Persian digits say nothing about a language."""
    assert [token.form for token in tokens("27 ٢٧ ۲۷")] == ["#", "#", "#"]


def test_a_pack_entry_has_no_spaces() -> None:
    """Spaced, ZWNJ-joined and glued forms meet in one skeleton."""
    assert skeleton("به حیث") == skeleton("به‌حیث") == skeleton("بهحیث")
    assert skeleton("0 ثور") == "#ثور"
