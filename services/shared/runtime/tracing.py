"""One trace an article, from its publisher to its story, carried by W3C `traceparent` headers.

Off unless OpenTelemetry's own variables configure it (OTEL_EXPORTER_OTLP_ENDPOINT, or ..._TRACES_ENDPOINT) and the
extra `storybraid[tracing]` is installed; off, it costs some microseconds a record. Dead letters keep the headers they
came with, and ids never depend on a trace. Names: https://opentelemetry.io/docs/specs/semconv/messaging/
"""

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from contracts.codec import Headers
from contracts.messages.base import Message
from services.shared.runtime.logs import logger
from services.shared.runtime.stage import Outgoing, Record

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

SWITCHES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
CARRIED = ("traceparent", "tracestate")
FLUSH_MS = 3000
_tracer: "Tracer | None" = None
_provider: Any = None


def configure(room: str) -> bool:
    """Start tracing where the environment asks for it; whether it is on now."""
    if _tracer is not None or not any(os.environ.get(name) for name in SWITCHES):
        return _tracer is not None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        logger().warning("tracing is configured, but its packages are missing: pip install 'storybraid[tracing]'")
        return False
    provider = TracerProvider(resource=Resource.create({"service.name": room, "service.namespace": "storybraid"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    use(provider)
    return True


def use(provider: Any) -> None:
    """Trace with this provider; None turns tracing off."""
    global _tracer, _provider  # noqa: PLW0603  (one process, one tracer)
    _provider = provider
    _tracer = provider.get_tracer("storybraid") if provider is not None else None


def flush() -> None:
    """Send what is gathered, within bounds; for the end of a process."""
    if _provider is not None:
        _provider.force_flush(FLUSH_MS)


@contextlib.contextmanager
def publishing(topic: str, headers: Headers) -> Iterator[Headers]:
    """A publisher sends a record: a trace begins, or goes on where the caller is already in one."""
    if _tracer is None:
        yield headers
        return
    with _tracer.start_as_current_span(f"send {topic}", **_producer(topic)) as span:
        yield _carrying(headers, span)


@contextlib.contextmanager
def processing(stage: str, record: Record) -> Iterator[None]:
    """A stage handles a record, as part of the trace in its headers; what is told inside is told of this span."""
    if _tracer is None:
        yield
        return
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    found = {name: value.decode(errors="replace") for name, value in record.headers if name in CARRIED and value}
    facts: dict[str, Any] = {
        "messaging.system": "kafka",
        "messaging.operation.type": "process",
        "messaging.operation.name": "process",
        "messaging.destination.name": record.topic,
        "messaging.destination.partition.id": str(record.partition),
        "messaging.kafka.offset": record.offset,
        "storybraid.stage": stage,
    }
    context = TraceContextTextMapPropagator().extract(found)
    with _tracer.start_as_current_span(f"process {record.topic}", context, SpanKind.CONSUMER, facts):
        yield


def decided(outgoing: Sequence[Outgoing], message: Message | None = None) -> None:
    """What became of the record being processed."""
    if _tracer is None:
        return
    from opentelemetry.trace import get_current_span

    reason = next((each.reason for each in outgoing if each.reason is not None), None)
    span = get_current_span()
    span.set_attribute("storybraid.outcome", str(reason) if reason else "passed" if outgoing else "unchanged")
    messages = [message, *(each.message for each in outgoing)]
    for name in ("article_id", "story_id"):
        if value := next((found for each in messages if (found := getattr(each, name, None))), None):
            span.set_attribute(f"storybraid.{name}", value)


@contextlib.contextmanager
def sending(outgoing: Outgoing) -> Iterator[Outgoing]:
    """What the record being processed led to is written; the record to send carries the trace on."""
    if _tracer is None:
        yield outgoing
        return
    with _tracer.start_as_current_span(f"send {outgoing.topic}", **_producer(outgoing.topic)) as span:
        yield _traced(outgoing, span)


def begin_sending(outgoing: Sequence[Outgoing]) -> tuple["Span | None", tuple[Outgoing, ...]]:
    """The same for a record of a batch: `transaction` ends the span."""
    if _tracer is None or not outgoing:
        return None, tuple(outgoing)
    topic = outgoing[0].topic
    span = _tracer.start_span(f"send {topic}", **_producer(topic, len(outgoing)))
    return span, tuple(_traced(each, span) for each in outgoing)


@contextlib.contextmanager
def transaction(stage: str, sends: Sequence["Span | None"]) -> Iterator[None]:
    """A batch is written at once: a trace of its own, linked to the articles in it, whose sends end with it."""
    spans = [span for span in sends if span is not None]
    if _tracer is None or not spans:
        yield
        return
    from opentelemetry.trace import Link

    links = [Link(span.get_span_context()) for span in spans]
    facts: dict[str, Any] = {"messaging.batch.message_count": len(spans), "storybraid.stage": stage}
    with _tracer.start_as_current_span(f"commit {stage}", links=links, attributes=facts):
        yield
    for span in spans:
        span.end()


def _producer(topic: str, count: int = 1) -> dict[str, Any]:
    from opentelemetry.trace import SpanKind

    facts: dict[str, Any] = {
        "messaging.system": "kafka",
        "messaging.operation.type": "send",
        "messaging.operation.name": "send",
        "messaging.destination.name": topic,
    }
    if count > 1:
        facts["messaging.batch.message_count"] = count
    return {"kind": SpanKind.PRODUCER, "attributes": facts}


def _traced(outgoing: Outgoing, span: "Span") -> Outgoing:
    if outgoing.reason is not None:
        return outgoing
    return replace(outgoing, headers=_carrying(outgoing.headers, span))


def _carrying(headers: Headers, span: "Span") -> Headers:
    from opentelemetry.trace import set_span_in_context
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier, set_span_in_context(span))
    kept = [(name, value) for name, value in headers if name not in CARRIED]
    return kept + [(name, value.encode()) for name, value in carrier.items()]
