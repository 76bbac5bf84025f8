"""Whom an article is taken from."""

import pytest

from tests.unit.extraction.reading_samples import credited


@pytest.mark.parametrize(
    ("body", "agency"),
    [
        ("GENEVA (AP) – The bridge is open. Cars cross it.", "ap"),
        ("ЖЕНЕВА, 3 мая. /ТАСС/. Мост открыт для машин.", "tass"),
        ("باريس (أ ف ب) - افتتح الوزير الجسر.", "afp"),
        ("لندن 3 مايو 2025 (شينخوا) افتتح الوزير الجسر.", "xinhua"),
        ("پل باز شد و خودروها از آن گذشتند.\nمنبع: رویترز", "reuters"),
        ("به گزارش ایلنا به نقل از آسوشیتدپرس، پل باز شد.", "ap"),
        ("The bridge is open, Reuters reported.", "reuters"),
        ("Міст відкрили, повідомляє агентство Reuters.", "reuters"),
        ("وفتح الجسر، بحسب ما أفادت وكالة رويترز.", "reuters"),
        ("Le pont est ouvert, rapporte l'AFP.", "afp"),
        ("The bridge is open to traffic again.\n- Reuters", "reuters"),
    ],
)
def test_a_credit_is_read_in_every_form(body: str, agency: str) -> None:
    """Datelines, footers, chains and clauses, in every language, name the agency."""
    assert credited(body)[:1] == [agency]


def test_the_deepest_of_a_chain_decides() -> None:
    """An outlet that quotes a channel that quotes an agency carries the agency's text."""
    assert credited("به گزارش خبرگزاری مهر به نقل از الجزیره، منبعی به «تاس» گفت پل باز است.")[0] == "tass"


@pytest.mark.parametrize(
    "body",
    [
        "به گزارش ایلنا، پل باز شد و خودروها گذشتند.",
        "The bridge is open.\n\nФото: Reuters\n\nCars cross it now.",
        "The bridge is open. Ivan Hrim/Pool via AP\n\nCars cross it now.",
        "Cars cross it. REUTERS/Ivan Hrim took a picture.",
        "The map shows the river. An app helps.",
    ],
)
def test_own_bylines_and_photographs_are_no_credits(body: str) -> None:
    """Neither the outlet itself nor those who took the pictures are a source of the text."""
    assert credited(body) == []


def test_what_the_publisher_declares_counts() -> None:
    """A declared agency is a credit without a place."""
    assert credited("The bridge is open.", declared="Agence France-Presse") == ["afp"]


def test_an_outlet_is_not_credited_with_itself() -> None:
    """Where the outlet is known, its own name in the text is no credit."""
    assert credited("به گزارش تابناک به نقل از الجزیره، پل باز شد.", outlet="تابناک") == ["aljazeera"]
