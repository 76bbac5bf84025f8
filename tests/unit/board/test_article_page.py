"""An article's page: every mark with what was understood, and the reasons for the language."""

import pytest

from services.gateway.board import readings
from services.gateway.board.article_page import article_page
from services.gateway.board.catalogue import words_in
from tests.unit.board.stories import example_article

EXAMPLES = ("arabic", "awkward", "dari", "headline_alone", "persian")
EN = words_in("en")


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("interface", ["en", "fa", "fa-AF", "ar"])
def test_every_example_has_a_page(name: str, interface: str) -> None:
    """Whatever extraction gives, headline and body are shown whole, in every interface."""
    article = example_article(name)
    page = article_page(article, words_in(interface))
    assert "".join(segment.text for segment in page.headline) == (article.headline or "")
    shown = "".join(segment.text for paragraph in page.body for segment in paragraph)
    assert "".join(shown.split()) == "".join(article.body.split())


def test_every_mark_says_what_was_understood() -> None:
    """Names, numbers, dates, speakers, commitments: each with its meaning in the reader's words."""
    page = article_page(example_article("dari"), EN)
    told = {(row.kind, row.text.text, row.meaning) for row in page.understood}
    assert ("number", "۷ ملیارد یورو", "7 billion (euros)") in told
    assert ("place", "ژینو", "Geneva") in told
    assert any(kind == "date" and "11 March 2026" in meaning for kind, _, meaning in told)
    assert any(kind == "quotation" and meaning.startswith("direct speech of") for kind, _, meaning in told)
    assert all(row.meaning for row in page.understood)


def test_list_and_text_number_their_marks_alike() -> None:
    """Every row of the list leads to a place in the text."""
    page = article_page(example_article("persian"), EN)
    segments = [*page.headline, *(segment for paragraph in page.body for segment in paragraph)]
    places = {mark.number for segment in segments for mark in segment.first_of}
    assert {row.number for row in page.understood} <= places


def test_the_variety_comes_with_its_evidence() -> None:
    """Dari is Dari because of its words; the weightiest sign comes first, with its places in the text."""
    page = article_page(example_article("dari"), EN)
    assert page.language_name == "Dari"
    sign = next(each for each in page.signs if each.speaks_for == "Dari")
    assert sign.kind == "word or form"
    assert sign.places[0].text in page.article.body
    weights = [float(each.weight) for each in page.signs]
    assert weights == sorted(weights, reverse=True)


def test_very_many_marks_are_bounded() -> None:
    """A text with thousands of marks still makes a page."""
    article = example_article("dari")
    numbers = article.extracted.numbers * 5_000
    crowded = article.model_copy(
        update={"extracted": article.extracted.model_copy(update={"numbers": numbers})},
    )
    assert len(readings.marks(crowded, "body", EN)) <= readings.MOST_MARKS
    assert article_page(crowded, EN).understood
