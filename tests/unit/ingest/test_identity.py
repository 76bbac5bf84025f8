"""Ids depend on the article alone."""

import pytest

from services.ingest.domain.address import canonical_url, host_of
from services.ingest.domain.identity import article_id, version_id


@pytest.mark.parametrize(
    "url",
    [
        "https://www.news.example/a/bridge?utm_source=feed#top",
        "http://m.news.example/a/bridge/",
        "https://amp.news.example/a/bridge?fbclid=x",
        "https://news.example/a/bridge/amp/",
        "news.example/a//bridge",
        "https://NEWS.example:443/a/bridge/index.html",
    ],
)
def test_one_article_has_one_address(url: str) -> None:
    """Tracking, fragments, mobile and AMP hosts do not make another article."""
    assert canonical_url(url) == "https://news.example/a/bridge"


def test_what_tells_articles_apart_stays() -> None:
    """A query that names the article is part of its address, in any order."""
    assert canonical_url("https://n.example/?id=7&a=1") == canonical_url("https://n.example/?a=1&id=7")
    assert canonical_url("https://n.example/?id=7") != canonical_url("https://n.example/?id=8")


@pytest.mark.parametrize("url", [None, "", "no address", "mailto:a@b.example", "http://", "http://[bad", "word"])
def test_no_address_is_none(url: str | None) -> None:
    """What is no web address has no canonical form, and breaks nothing."""
    assert canonical_url(url) is None
    assert host_of(url) is None


def test_the_same_publisher_id_is_the_same_article() -> None:
    """A changed text under one id keeps the article and makes a new version."""
    first = article_id("7", "River News", None, "Old", "Old text.")
    assert first == article_id("7", "river news", "https://x.example/1", "New", "New text.")
    assert version_id("Old", "Old text.") != version_id("New", "New text.")


def test_ids_of_two_outlets_do_not_meet() -> None:
    """The same number at two publishers names two articles; the host stands in for the outlet."""
    assert article_id("7", "A", None, None, "x") != article_id("7", "B", None, None, "x")
    assert article_id("7", None, "https://a.example/1", None, "x") != article_id(
        "7", None, "https://b.example/1", None, "x"
    )


def test_without_id_the_address_decides_and_without_it_the_text() -> None:
    """Mobile and desktop copies are one article; a text is itself however it is spelt."""
    assert article_id(None, "A", "https://m.a.example/x", None, "1") == article_id(
        None, None, "http://a.example/x", None, "2"
    )
    assert article_id(None, None, None, "سرخط", "كتاب  علي") == article_id(None, None, None, "سرخط", "کتاب علی")
    assert article_id(None, None, None, None, "one") != article_id(None, None, None, None, "two")


def test_an_id_of_blanks_is_none() -> None:
    """An empty publisher id does not make all articles one."""
    assert article_id(" ", None, None, None, "one") != article_id(" ", None, None, None, "two")
