"""The whole of extraction on every text: an answer whose spans slice the raw headline and body."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.messages.accepted_article import PublicationDateV1
from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.identified_article import IdentifiedArticleV1, LanguageV1
from services.extraction.handler import extract
from services.extraction.packs import load

PIECES: tuple[str, ...] = (
    "Macron said: ",
    "«",
    "»",
    '"',
    "27 ",
    "6 January 2026",
    "۱۶ دی ۱۴۰۴",
    "؟",
    ". ",
    ".",
    "\n\n",
    "\n",
    "(AP) – ",
)
PIECES += (
    "به گزارش ایلنا به نقل از رویترز، ",
    "گفت ",
    "ماکرون ",
    "الولايات المتحدة. ",
    "وقال ",
    "Зеленський ",
    "заявив, що ",
)
PIECES += (
    "мільярд ",
    "\u200c",
    "\u0640",
    "\u202e",
    "ﷺ",
    "ﬁ",
    "word ",
    "- ",
    "“",
    "”",
    "5,2 ",
    "%",
    "['",
    "будет ",
    "если ",
    "x",
)
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=50).map("".join)
LANGUAGES = ("pes", "prs", "fas", "arb", "eng", "ukr", "rus", "fra", "und")


def extracted(body: str, headline: str | None, language: str) -> ExtractedArticleV1:
    """An article read from end to end."""
    article = IdentifiedArticleV1(
        article_id="a",
        version_id="v",
        source_id="a",
        headline=headline,
        body=body,
        published=PublicationDateV1(value="2026-01-06", precision="day", source="header", confidence=1),
        received_at=datetime(2026, 1, 7, tzinfo=UTC),
        identified=LanguageV1(language=language, iso639_3=language, script="Zyyy", confidence=1, model_version="test"),
    )
    return extract(article, load())


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() >= {"part", "start", "end", "text"}:
            yield value
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _spans(inner)


@settings(max_examples=150, deadline=None)
@given(texts, st.one_of(st.none(), texts), st.sampled_from(LANGUAGES))
def test_every_span_slices_the_raw_text(body: str, headline: str | None, language: str) -> None:
    """Whatever is found stands in the text exactly where the message says."""
    article = extracted(body, headline, language)
    for span in _spans(article.extracted.model_dump()):
        source = article.headline if span["part"] == "headline" else article.body
        assert (source or "")[span["start"] : span["end"]] == span["text"] != ""


@pytest.mark.parametrize(
    "piece", ['"', "«", "(", "1", "AFP ", "слово. ", "a\n", "گفت: «", "المملكة المتحدة. ", "\u200c"]
)
def test_an_endless_text_ends(piece: str) -> None:
    """A long text of nothing but one thing is read, and what a bound cut off is said."""
    article = extracted(piece * 20_000, None, "eng")
    assert article.extracted.truncated == (len(article.extracted.sentences) >= 5000)
