"""Ingest's shell wires its handler between its topics."""

from datetime import UTC, datetime

from contracts.messages.accepted_article import AcceptedArticleV1
from contracts.topics import ACCEPTED, RAW
from services.ingest.metrics import DATES
from services.ingest.worker import build
from services.shared.runtime.stage import Record, decide
from tests.helpers.builders import raw

AT = datetime(2026, 1, 7, tzinfo=UTC)


def test_reads_raw_and_writes_accepted() -> None:
    """A raw article becomes an accepted one, received when its record was published."""
    sent = raw("w-1")
    outgoing = decide(build(), Record(RAW.name, 0, 0, sent.key, sent.value, (), AT), datetime.now(UTC))
    assert isinstance(outgoing.message, AcceptedArticleV1)
    assert outgoing.topic == ACCEPTED.name
    assert outgoing.message.received_at == AT


def test_counts_where_dates_came_from() -> None:
    """Every accepted article is counted once under the source of its date."""
    stage, sent = build(), raw("w-2")
    outgoing = decide(stage, Record(RAW.name, 0, 0, sent.key, sent.value, (), AT), AT)
    assert isinstance(outgoing.message, AcceptedArticleV1)
    counter = DATES.labels(outgoing.message.published.source)
    before = counter._value.get()
    stage.observe(outgoing.message)
    assert counter._value.get() == before + 1
