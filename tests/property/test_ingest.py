"""Ingest on every text: an answer, never an exception, and the same one each time."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.messages.accepted_article import AcceptedArticleV1
from contracts.messages.raw_article import RawArticleV1
from contracts.rejection import Rejection
from services.ingest.handler import accept_message

RECEIVED = datetime(2026, 1, 7, 12, tzinfo=UTC)
short = st.one_of(st.none(), st.text(max_size=60))
pages = st.lists(
    st.sampled_from(["<p>", "</p>", "<div", ">", "text ", "<html lang=", "<!--", "&nbsp;", "<h1>", "\n", "<", "="])
).map("".join)


@settings(max_examples=150, deadline=None)
@given(body=short, headline=short, url=short, published_at=short, html=st.one_of(st.none(), pages))
def test_every_article_gets_an_answer(**fields: str | None) -> None:
    """Accepted or rejected; accepted twice alike; a readable plain body unchanged."""
    raw = RawArticleV1.model_validate(fields)
    answer = accept_message(raw, RECEIVED)
    assert answer == accept_message(raw, RECEIVED)
    if isinstance(answer, Rejection):
        assert answer.detail
        return
    assert isinstance(answer, AcceptedArticleV1)
    assert answer.body_from != "body" or answer.body == raw.body
    span = answer.published.span
    assert span is None or answer.body[span.start : span.end] == span.text
