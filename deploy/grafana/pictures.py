"""The dashboard's panels as pictures, from a real run: `python -m deploy.grafana.pictures [MINUTES] [BROKER]`.

Starts a broker, the four workers, Prometheus and a trace collector, sends made-up news with some trouble on the way
(rubbish, a burst, a worker that stands still), asks Prometheus for every panel's data, and writes the PNG files of
pictures/ and one article's trace. Needs the development requirements, and Debian's prometheus.
"""

import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.colors import LogNorm

from deploy.grafana.build import PANELS
from services.client.brokers import BrokerKind
from services.client.library import Publisher
from services.shared.runtime import tracing
from services.shared.runtime.brokers import java
from services.shared.runtime.clock import SystemClock
from tests.helpers.collector import waterfall
from tests.helpers.newsroom import articles
from tests.helpers.watched import Watched, watched

FOLDER = Path(__file__).parent / "pictures"
PAGE = Path(__file__).parents[1] / "WATCHING.md"
STEP = 5
A_SECOND = 2
BURST = 100
BROKEN = (b"{broken", b'{"body": "  "}', b"\xff\xfe", b'{"html": "<html><body></body></html>"}')
PICTURES = {"flow": (0, 1, 2, 3, 8, 9), "latency": (4, 5, 6, 7), "stories": (10, 11, 12, 13, 14, 15, 17, 18)}


def news(seconds: float) -> Iterator[bytes]:
    """As much as is sent in that time: one in forty is rubbish."""
    for number, line in enumerate(articles(int(seconds * A_SECOND) + BURST + 100)):
        yield line.value if number % 40 else BROKEN[number // 40 % len(BROKEN)]


async def traffic(pipeline: Watched, seconds: float) -> None:
    """News at an even pace; a burst after two fifths of the time, a worker standing still after three."""
    source, begin = news(seconds), time.monotonic()
    trouble = [(0.4, _burst), (0.6, _standstill)]
    async with Publisher(pipeline.stack.brokers) as publisher:
        while (passed := time.monotonic() - begin) < seconds:
            await publisher.publish_bytes(next(source))
            if trouble and passed > trouble[0][0] * seconds:
                await trouble.pop(0)[1](pipeline, publisher, source)
            await asyncio.sleep(1 / A_SECOND)


async def _burst(pipeline: Watched, publisher: Publisher, source: Any) -> None:
    await asyncio.gather(*(publisher.publish_bytes(value) for value in islice(source, BURST)))


async def _standstill(pipeline: Watched, publisher: Publisher, source: Any) -> None:
    worker = pipeline.stack._workers["extraction"].pid
    os.kill(worker, signal.SIGSTOP)
    for value in islice(source, 5 * A_SECOND):
        await publisher.publish_bytes(value)
        await asyncio.sleep(1 / A_SECOND)
    os.kill(worker, signal.SIGCONT)


def draw(pipeline: Watched, begin: float, end: float) -> None:
    """Write one file a group of panels."""
    FOLDER.mkdir(exist_ok=True)
    for name, numbers in PICTURES.items():
        figure, axes = plt.subplots(-(-len(numbers) // 2), 2, figsize=(12, 2.4 * -(-len(numbers) // 2)))
        for axis, number in zip(axes.flat, numbers, strict=False):
            title, kind, unit, queries = PANELS[number]
            axis.set_title(f"{title}" + (f" [{unit}]" if unit in ("s", "reqps") else ""), fontsize=9, loc="left")
            (_heat if kind == "heatmap" else _lines)(axis, pipeline, queries, begin, end)
            axis.tick_params(labelsize=7)
        figure.tight_layout()
        figure.savefig(FOLDER / f"{name}.png", dpi=75)
        plt.close(figure)


def _series(pipeline: Watched, query: str, begin: float, end: float) -> list[dict[str, Any]]:
    found = pipeline.get("query_range", query=query, start=str(begin), end=str(end), step=str(STEP))
    result: list[dict[str, Any]] = found["result"]
    return result


def _lines(axis: Any, pipeline: Watched, queries: list[tuple[str, str]], begin: float, end: float) -> None:
    for query, legend in queries:
        for series in _series(pipeline, query, begin, end):
            label = legend
            for name, value in series["metric"].items():
                label = label.replace("{{" + name + "}}", value)
            times = [(at - begin) / 60 for at, _ in series["values"]]
            axis.plot(times, [float(value) for _, value in series["values"]], linewidth=1.2, label=label)
    axis.set_xlim(0, (end - begin) / 60)
    axis.set_ylim(0, 1.5 * max(axis.get_ylim()[1], 0.1))  # room for the legend
    axis.grid(alpha=0.25)
    axis.legend(fontsize=6, loc="upper left", ncols=2, framealpha=0.6)


def _heat(axis: Any, pipeline: Watched, queries: list[tuple[str, str]], begin: float, end: float) -> None:
    series = sorted(_series(pipeline, queries[0][0], begin, end), key=lambda row: float(row["metric"]["le"]))
    steps = range(int((end - begin) / STEP) + 1)
    counts = []
    for row in series:
        found = {round((at - begin) / STEP): value for at, value in row["values"]}
        counts.append([found.get(step, "0") for step in steps])
    below = [0.0] * len(steps)
    cells = []
    for row in counts:
        upto = [float(value) for value in row]
        cells.append([max(0.0, total - under) for total, under in zip(upto, below, strict=True)])
        below = upto
    minutes = [STEP * step / 60 for step in steps]
    shown = axis.pcolormesh(
        minutes, range(len(cells)), cells, cmap="viridis", norm=LogNorm(0.5, max(1.0, *map(max, cells)))
    )
    axis.set_yticks(range(len(series)), [f"<= {row['metric']['le']}" for row in series], fontsize=6)
    axis.figure.colorbar(shown, ax=axis, label="articles a minute").ax.tick_params(labelsize=6)


def trace(pipeline: Watched) -> str:
    """The trace of the article in the middle, as text."""
    whole = [spans for spans in pipeline.collector.articles().values() if len(spans) == 9]
    return waterfall(sorted(whole, key=lambda spans: spans[-1].end - spans[0].start)[len(whole) // 2])


def _show(text: str) -> None:
    """Keep the trace, and put it where the page shows one."""
    (FOLDER / "trace.txt").write_text(text + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition("One article of the run above")
    head, _, rest = rest.partition("```\n")
    _, _, after = rest.partition("```\n")
    PAGE.write_text(f"{before}One article of the run above{head}```\n{text}\n```\n{after}", encoding="utf-8")


def main() -> None:
    """Run, then draw."""
    seconds = 60 * float(sys.argv[1]) if len(sys.argv) > 1 else 300.0
    kind = BrokerKind(sys.argv[2]) if len(sys.argv) > 2 else BrokerKind.EMBEDDED if java.missing() else BrokerKind.KAFKA
    with tempfile.TemporaryDirectory(prefix="storybraid-") as home, watched(Path(home), kind) as pipeline:
        os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = pipeline.collector.address
        tracing.configure("client")
        begin = SystemClock().now().timestamp()
        asyncio.run(traffic(pipeline, seconds))
        asyncio.run(asyncio.sleep(15))
        draw(pipeline, begin, SystemClock().now().timestamp())
        _show(trace(pipeline))
        tracing.flush()


if __name__ == "__main__":
    main()
