"""A small OpenTelemetry collector for tests: takes traces over OTLP/HTTP, keeps the spans, draws one as a waterfall."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

WIDTH = 44


@dataclass(frozen=True)
class Span:
    """What the collector keeps of a span."""

    trace: str
    span: str
    parent: str
    name: str
    room: str
    start: int
    end: int
    facts: dict[str, str]
    links: tuple[str, ...]


@dataclass
class Collector:
    """Where workers send their spans, and what has come."""

    address: str
    spans: list[Span] = field(default_factory=list)

    def traces(self) -> dict[str, list[Span]]:
        """The spans by trace, each trace in the order of time."""
        found: dict[str, list[Span]] = defaultdict(list)
        for span in sorted(self.spans, key=lambda span: span.start):
            found[span.trace].append(span)
        return dict(found)

    def articles(self) -> dict[str, list[Span]]:
        """The traces that begin with a publisher."""
        return {trace: spans for trace, spans in self.traces().items() if spans[0].name == "send articles.raw.v1"}

    def take(self, body: bytes) -> None:
        """Keep the spans of one export."""
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            named = {each.key: each.value.string_value for each in resource.resource.attributes}
            for scope in resource.scope_spans:
                self.spans.extend(_span(each, named["service.name"]) for each in scope.spans)


def _span(told, room: str) -> Span:  # type: ignore[no-untyped-def]  # a protobuf message
    facts = {each.key: each.value.string_value or str(each.value.int_value) for each in told.attributes}
    return Span(
        told.trace_id.hex(),
        told.span_id.hex(),
        told.parent_span_id.hex(),
        told.name,
        room,
        told.start_time_unix_nano,
        told.end_time_unix_nano,
        facts,
        tuple(link.span_id.hex() for link in told.links),
    )


@contextmanager
def collector() -> Iterator[Collector]:
    """A collector on loopback, as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Exports are not news."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kept = Collector(f"http://127.0.0.1:{server.server_address[1]}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()


def waterfall(spans: list[Span]) -> str:
    """One trace as text: a line a span, its bar where it was in time."""
    begin, end = spans[0].start, max(span.end for span in spans)
    lines = [f"trace {spans[0].trace}, {(end - begin) / 1e6:.1f} ms"]
    for span in spans:
        left = round((span.start - begin) / (end - begin) * WIDTH)
        width = max(1, round((span.end - span.start) / (end - begin) * WIDTH))
        bar = (" " * left + "=" * width)[:WIDTH]
        took = f"{(span.start - begin) / 1e6:7.1f} +{(span.end - span.start) / 1e6:6.1f} ms"
        outcome = span.facts.get("storybraid.outcome", "")
        lines.append(f"{took} |{bar:<{WIDTH}}| {span.room:<18} {span.name} {outcome}".rstrip())
    return "\n".join(lines)
