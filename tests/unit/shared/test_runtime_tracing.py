"""One trace an article, from its publisher to its story; and nothing where tracing is off."""

import asyncio
import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from contracts import codec
from contracts.topics import CHANGES, RAW, STORIES
from services.shared.runtime import tracing
from services.shared.runtime.stage import Outgoing, Record
from tests.helpers.builders import raw, raw_bytes
from tests.helpers.rooms_in_process import Rooms
from tests.helpers.tiny_rooms import deduplication, stages

JOURNEY = [
    "send articles.raw.v1",
    "process articles.raw.v1",
    "send articles.accepted.v1",
    "process articles.accepted.v1",
    "send articles.identified.v1",
    "process articles.identified.v1",
    "send articles.extracted.v1",
    "process articles.extracted.v1",
    "send stories.v1",
]


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    """Tracing on, into memory."""
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    tracing.use(provider)
    yield kept
    tracing.use(None)


def _journey(home: Path, monkeypatch: pytest.MonkeyPatch, articles: list[Outgoing]) -> Rooms:
    rooms = Rooms(stages(), deduplication(), home)
    for article in articles:
        with tracing.publishing(RAW.name, article.headers) as headers:
            asyncio.run(rooms.send(Outgoing(article.topic, article.key, article.value, headers)))
    rooms.run(monkeypatch)
    return rooms


def _traces(exporter: InMemorySpanExporter) -> dict[int, list[ReadableSpan]]:
    traces: dict[int, list[ReadableSpan]] = {}
    for span in exporter.get_finished_spans():
        traces.setdefault(span.context.trace_id, []).append(span)
    return {
        trace: sorted(spans, key=lambda span: span.start_time or 0)
        for trace, spans in traces.items()
        if not spans[0].name.startswith("commit")
    }


def _attribute(span: ReadableSpan, name: str) -> object:
    return (span.attributes or {}).get(name)


def test_every_article_is_one_trace_from_publisher_to_story(
    exporter: InMemorySpanExporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nine spans, each the child of the one before, through four rooms and as many topics."""
    _journey(tmp_path, monkeypatch, [raw("a", "1 one"), raw("b", "2 two"), raw("c", "1 three")])
    traces = _traces(exporter)
    assert len(traces) == 3
    for spans in traces.values():
        assert [span.name for span in spans] == JOURNEY
        assert spans[0].parent is None
        for before, after in itertools.pairwise(spans):
            assert after.parent is not None
            assert after.parent.span_id == before.context.span_id


def test_spans_tell_where_the_article_was_and_what_became_of_it(
    exporter: InMemorySpanExporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Topic, partition, offset, article, outcome and story stand in the spans of processing."""
    _journey(tmp_path, monkeypatch, [raw("a", "1 one"), raw("b", "1 two")])
    _, second = _traces(exporter).values()
    processed = [span for span in second if span.name.startswith("process")]
    assert next(_attribute(span, "messaging.destination.name") for span in processed) == RAW.name
    assert {_attribute(span, "messaging.kafka.offset") for span in processed} == {1}
    assert {_attribute(span, "messaging.destination.partition.id") for span in processed} == {"0"}
    assert {_attribute(span, "storybraid.article_id") for span in processed} == {"b"}
    assert {_attribute(span, "storybraid.outcome") for span in processed} == {"passed"}
    assert _attribute(processed[-1], "storybraid.story_id") == "story-1"


def test_a_batch_is_linked_to_the_articles_in_it(
    exporter: InMemorySpanExporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction is a trace of its own with a link to each article's sending, which ends with it."""
    _journey(tmp_path, monkeypatch, [raw("a", "1 one"), raw("b", "2 two")])
    (commit,) = [span for span in exporter.get_finished_spans() if span.name == "commit deduplication"]
    sends = [span for span in exporter.get_finished_spans() if span.name == f"send {STORIES.name}"]
    assert {link.context.span_id for link in commit.links} == {span.context.span_id for span in sends}
    assert commit.parent is None
    assert all((span.end_time or 0) >= (commit.end_time or 0) for span in sends)


def test_stories_and_changes_carry_the_trace_of_their_article(
    exporter: InMemorySpanExporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A subscriber can go on with the trace: `traceparent` of a story names the article's trace."""
    rooms = _journey(tmp_path, monkeypatch, [raw("a", "1 one")])
    (trace,) = _traces(exporter)
    for topic in (STORIES, CHANGES):
        (record,) = rooms.topics[topic.name]
        assert dict(record.headers)["traceparent"].decode().split("-")[1] == f"{trace:032x}"
        assert codec.decode(topic, record.value, record.headers)


def test_dead_letters_keep_the_headers_they_came_with(
    exporter: InMemorySpanExporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be used stays byte for byte, its own trace included, and the span says why."""
    rooms = _journey(tmp_path, monkeypatch, [raw_bytes(b"{", "bad", [("from", b"somebody")])])
    original, letter = rooms.topics[RAW.name][0], rooms.topics[RAW.dead_letter or ""][0]
    assert [header for header in letter.headers if not header[0].startswith("dlq_")] == list(original.headers)
    spans = next(iter(_traces(exporter).values()))
    assert [span.name for span in spans] == ["send articles.raw.v1", "process articles.raw.v1", f"send {letter.topic}"]
    assert _attribute(spans[1], "storybraid.outcome") == "invalid_json"


def test_a_repeat_and_a_foreign_header_stop_nothing(
    exporter: InMemorySpanExporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same article again is `unchanged`; a traceparent that is none begins a new trace."""
    strange = raw_bytes(raw("a", "1 one").value, "a", [("traceparent", b"\xffnonsense")])
    rooms = Rooms(stages(), deduplication(), tmp_path)
    for article in (strange, raw("a", "1 one")):
        asyncio.run(rooms.send(article))
    rooms.run(monkeypatch)
    last = [spans[-1] for spans in _traces(exporter).values()]
    assert [_attribute(span, "storybraid.outcome") for span in last] == [None, "unchanged"]


def test_messages_do_not_depend_on_tracing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys, values, ids and every other header are the same with tracing on and off."""
    articles = [raw("a", "1 one"), raw_bytes(b"{", "bad"), raw("b", "1 two")]
    off = _journey(tmp_path / "off", monkeypatch, articles)
    tracing.use(TracerProvider())
    try:
        on = _journey(tmp_path / "on", monkeypatch, articles)
    finally:
        tracing.use(None)
    assert {name: [_plain(record) for record in log] for name, log in on.topics.items()} == {
        name: [_plain(record) for record in log] for name, log in off.topics.items()
    }
    assert not any("traceparent" in dict(record.headers) for log in off.topics.values() for record in log)


def _plain(record: Record) -> tuple[object, ...]:
    headers = [header for header in record.headers if header[0] != "traceparent"]
    return record.key, record.value, headers


def test_off_it_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variables no package of OpenTelemetry is imported by a worker's modules."""
    for name in tracing.SWITCHES:
        monkeypatch.delenv(name, raising=False)
    assert not tracing.configure("ingest")
    script = (
        "import sys\n"
        "import services.shared.runtime.faust_worker, services.shared.runtime.transactional_worker\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_configured_without_its_packages_it_stays_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose image lacks the extra works on, untraced, and says what to install."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    assert not tracing.configure("ingest")
