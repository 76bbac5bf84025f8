"""A real Prometheus watches a running pipeline: it scrapes the workers, the rules fire, every panel shows something.

On a real Apache Kafka where there is one, else on the embedded broker. The same run is traced, into a collector.
"""

import asyncio
import contextlib
import itertools
import math
import os
import runpy
import signal
from collections.abc import Iterator

import pytest

from services.client import demonstration
from services.client.brokers import BrokerKind
from services.client.inputs import Line, read
from services.client.library import Publisher
from services.shared.runtime import tracing
from services.shared.runtime.brokers import java
from tests.helpers.collector import waterfall
from tests.helpers.watched import DEPLOY, Watched, until
from tests.helpers.watched import watched as watched_pipeline

# Names of nobody and no words of one country: Persian of no variety, and nothing for the gazetteer to know.
PLAIN = "باران بارید و هوا سرد شد. آب رود بالا آمد و راه بسته شد. شماره {}."


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """The four workers, scraped by Debian's Prometheus."""
    home = tmp_path_factory.mktemp("prometheus")
    kind = BrokerKind.EMBEDDED if java.missing() else BrokerKind.KAFKA
    with watched_pipeline(home, kind) as pipeline:
        yield pipeline


async def _publish(watched: Watched, values: list[bytes]) -> None:
    async with Publisher(watched.stack.brokers) as publisher:
        for value in values:
            await publisher.publish_bytes(value)


def _samples() -> list[bytes]:
    lines: list[Line] = list(read([str(demonstration.SAMPLES)]))
    return [line.value for line in lines]


async def test_every_panel_of_the_dashboard_shows_something(watched: Watched) -> None:
    """After articles have flowed, no query of the dashboard comes back empty, or with a number that is none."""
    await _publish(watched, [*_samples(), b"{broken"])
    watched.eventually("storybraid_stories_open > 0")
    # Rates need growth that Prometheus has seen: a second wave after the first scrape.
    await _publish(watched, [*_samples(), b"{broken"])
    panels = runpy.run_path(str(DEPLOY / "grafana/build.py"))["PANELS"]
    for _, _, _, queries in panels:
        for expression, _ in queries:
            await _see(watched, expression)


async def _see(watched: Watched, expression: str) -> None:
    """Growth before Prometheus's first look at a worker is none to it: where nothing shows, another wave is sent."""
    for _ in range(3):
        with contextlib.suppress(AssertionError):
            until(lambda: _numbers(watched, expression), "nothing yet", 15)
            return
        await _publish(watched, [*_samples(), b"{broken"])
    until(lambda: _numbers(watched, expression), f"nothing to see of {expression}")


def _numbers(watched: Watched, expression: str) -> list[float]:
    found = [float(row["value"][1]) for row in watched.query(expression)]
    return [] if any(map(math.isnan, found)) else found


async def test_what_goes_in_is_counted_out_or_rejected(watched: Watched) -> None:
    """Articles read by a stage are either written or put aside with a reason; nothing disappears."""
    await _publish(watched, [*_samples(), b"{broken"])
    watched.eventually('storybraid_dead_letters_total{reason="invalid_json"} > 0')
    rejected = 'sum(storybraid_articles_rejected_total{stage="ingest"})'
    passed = 'sum(storybraid_articles_out_total{stage="ingest"})'
    assert watched.eventually(f'sum(storybraid_articles_in_total{{stage="ingest"}}) == {passed} + {rejected}')
    reached = "sum(storybraid_end_to_end_seconds_count) + sum(storybraid_dead_letters_total)"
    assert watched.eventually(f'sum(storybraid_articles_in_total{{stage="ingest"}}) == {reached}')


@pytest.fixture
def traced_client(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The publisher in this process traces, too, as its environment asks."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", watched.collector.address)
    assert tracing.configure("client")
    yield
    tracing._provider.shutdown()
    tracing.use(None)


@pytest.mark.usefixtures("traced_client")
async def test_every_article_is_traced_to_its_story(watched: Watched) -> None:
    """The collector gets one trace an article: four rooms and the publisher, each span the child of the one before."""
    before = set(watched.collector.articles())
    await _publish(watched, [f'{{"id": "traced-{n}", "body": "{_event(n)}"}}'.encode() for n in range(5)])

    def complete() -> list[list[str]]:
        traces = [spans for trace, spans in watched.collector.articles().items() if trace not in before]
        return traces if len(traces) == 5 and all(len(spans) == 9 for spans in traces) else []  # type: ignore[return-value]

    for spans in until(complete, f"the traces never came: {watched.collector.articles()}"):
        assert all(after.parent == span.span for span, after in itertools.pairwise(spans))
        rooms = [room for room, _ in itertools.groupby(span.room for span in spans)]
        assert rooms == ["client", "ingest", "language_detection", "extraction", "deduplication"]
        assert len({span.facts["storybraid.article_id"] for span in spans[3::2]}) == 1
        assert len(waterfall(spans).splitlines()) == 10
    linked = {link for span in watched.collector.spans if span.name == "commit deduplication" for link in span.links}
    assert {spans[-1].span for spans in complete()} <= linked  # type: ignore[attr-defined]


def _event(number: int) -> str:
    return f"The council of Dorrin opened bridge {number} over the Kell on Monday. It cost {number + 3} million."


async def test_knowledge_that_does_not_fit_the_news_raises_its_alerts(watched: Watched) -> None:
    """Rubbish, Persian of no variety, and articles without a known name each raise the alert made for them."""
    assert not {"StorybraidDeadLetters", "StorybraidVarietyUndecided", "StorybraidFewNames"} & watched.firing()
    plain = [f'{{"id": "plain-{n}", "body": "{PLAIN.format(n)}"}}'.encode() for n in range(300)]
    await _publish(watched, [*plain, *[b"{broken"] * 30])
    expected = {"StorybraidDeadLetters", "StorybraidVarietyUndecided", "StorybraidFewNames"}
    until(lambda: expected <= watched.firing(), lambda: f"only {watched.firing()} of {expected}")


async def test_a_slow_pipeline_raises_the_alert_of_its_objective(watched: Watched) -> None:
    """When a worker stands still for some seconds, late articles burn the budget, and Prometheus says so."""
    late = "sum(storybraid_end_to_end_seconds_count) - sum(storybraid_end_to_end_seconds_bucket{le='2.0'})"
    (before,) = _numbers(watched, late)
    worker = watched.stack._workers["deduplication"].pid
    os.kill(worker, signal.SIGSTOP)
    try:
        await _publish(watched, _samples() * 4)
        await asyncio.sleep(4)
    finally:
        os.kill(worker, signal.SIGCONT)
    watched.eventually(f"{late} >= {before + 4 * len(_samples())}")
    expected = {"StorybraidLatencyOverObjective", "StorybraidLatencyBudgetBurning"}
    until(lambda: expected <= watched.firing(), lambda: f"only {watched.firing()} of {expected}")


def test_a_dead_worker_raises_its_alert(watched: Watched) -> None:
    """When a worker is killed, Prometheus itself says so, by the project's own rule."""
    until(lambda: "StorybraidWorkerDown" not in watched.firing(), "a worker seems to be down already")
    watched.stack._workers["extraction"].kill()
    until(lambda: "StorybraidWorkerDown" in watched.firing(), "the alert never came")
