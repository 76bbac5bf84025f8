"""A raw article becomes an accepted one, or is turned away with a reason."""

from datetime import UTC, datetime

import pytest

from contracts.messages.accepted_article import AcceptedArticleV1
from contracts.messages.raw_article import RawArticleV1
from contracts.rejection import Reason, Rejection
from services.ingest.handler import accept_message

RECEIVED = datetime(2026, 1, 7, 12, tzinfo=UTC)
BODY = "The bridge over the river is open.\n\n  Cars cross it.\u00a0\r\n"


def accepted(**fields: str | None) -> AcceptedArticleV1:
    """The accepted article of these raw fields."""
    result = accept_message(RawArticleV1.model_validate(fields), RECEIVED)
    assert isinstance(result, AcceptedArticleV1), result
    return result


def rejected(**fields: str | None) -> Reason:
    """The reason why these raw fields are turned away."""
    result = accept_message(RawArticleV1.model_validate(fields), RECEIVED)
    assert isinstance(result, Rejection), result
    assert result.detail
    return result.reason


def test_a_plain_body_is_kept_to_the_character() -> None:
    """Offsets point into the body, so nothing in it may change."""
    assert accepted(body=BODY).body == BODY


def test_a_headline_alone_is_an_article() -> None:
    """A headline without body is legal and has an empty body."""
    article = accepted(headline="Bridge opens")
    assert (article.body, article.body_from) == ("", "none")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, Reason.EMPTY_TEXT),
        ({"body": " \n\u200b… —"}, Reason.EMPTY_TEXT),
        ({"body": "a\x00b"}, Reason.NULL_BYTES),
        ({"headline": "a\x00b", "body": "text"}, Reason.NULL_BYTES),
        ({"body": "a" * 200_001}, Reason.TOO_LARGE),
        ({"html": "<p>" + "a" * 2_000_001}, Reason.TOO_LARGE),
        ({"html": "<html><script>var text = 1;</script></html>"}, Reason.UNREADABLE_HTML),
    ],
)
def test_what_cannot_be_read_is_turned_away(fields: dict[str, str], reason: Reason) -> None:
    """Empty, oversized and null-ridden articles go, each with its reason."""
    assert rejected(**fields) is reason


def test_control_characters_pass_marked() -> None:
    """Bidi overrides stay in the text, and the marks tell of them."""
    article = accepted(body="safe \u202etxet\u202c end", headline="a\x07b")
    assert {(mark.part, mark.kind, mark.count) for mark in article.marks} == {
        ("body", "bidi_control", 2),
        ("headline", "control", 1),
    }


def test_zwnj_is_no_mark() -> None:
    """The joiners of ordinary Persian are not worth a word."""
    assert accepted(body="می\u200cرود").marks == ()


PAGE = """<!doctype html><html lang="uk-UA"><head><title>Site</title>
<meta property="og:title" content="Міст відкрито"><meta property=og:site_name content="Річка">
<meta property="article:published_time" content="2026-01-05T10:00:00+02:00">
<link rel="canonical" href="https://richka.example/2026/01/05/mist"></head>
<body><nav><a href="/">Головна</a></nav><article><h1>Міст відкрито</h1>
<p>Міст через річку відкрили у понеділок після двох років ремонту, повідомила міська рада.</p>
<p>Ним уже проїхали перші машини, а пішоходи зібралися на березі, щоб побачити це на власні очі.</p>
</article></body></html>"""


def test_a_page_gives_everything_it_tells() -> None:
    """Text, headline, date, outlet, address and language are read out of the HTML."""
    article = accepted(html=PAGE)
    assert article.body_from == "html"
    assert article.body.startswith("Міст через річку") or "Міст через річку відкрили" in article.body
    assert "<" not in article.body
    assert (article.headline, article.outlet, article.declared_language) == ("Міст відкрито", "Річка", "uk-UA")
    assert (article.url, article.published.source) == ("https://richka.example/2026/01/05/mist", "meta")


def test_a_body_that_is_a_page_is_read_as_one() -> None:
    """A "plain" body that begins with a block tag and closes one is HTML."""
    article = accepted(body="<p>The bridge is open.</p>\n<p>Cars cross it.</p>")
    assert (article.body_from, article.body) == ("html", "The bridge is open.\nCars cross it.")


def test_a_body_with_a_stray_tag_stays_text() -> None:
    """A smaller-than sign or a leftover tag does not make a page."""
    body = "Prices fell by <5 percent. p> The bridge <b>opened</b>."
    assert accepted(body=body).body == body


def test_a_monstrous_page_is_stripped() -> None:
    """Thousands of nested elements cost no more than their letters."""
    assert accepted(html="<div>" * 5000 + "The bridge is open." + "</div>" * 5000).body == "The bridge is open."


def test_the_publishers_word_comes_before_the_pages() -> None:
    """Fields of the message win over what the page says."""
    article = accepted(html=PAGE, headline="Інший заголовок", outlet="Міст", published_at="2026-01-04")
    assert (article.headline, article.outlet, article.published.value) == ("Інший заголовок", "Міст", "2026-01-04")
