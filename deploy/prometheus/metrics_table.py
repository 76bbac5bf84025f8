"""The table of all metrics: `python -m deploy.prometheus.metrics_table` writes deploy/METRICS.md from the code."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from prometheus_client.metrics import MetricWrapperBase

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "deploy" / "METRICS.md"
EVERY = "every worker"
HEAD = """# What every worker tells Prometheus

Written from the code by `python -m deploy.prometheus.metrics_table`; served at `/metrics` of each worker. Seconds and counts, no other units.
Counters whose labels are known begin at 0, so that the first growth is seen. How these become rates, quantiles and alerts:
[recording rules](prometheus/rules/recording.yml), [alerts](prometheus/rules/alerts.yml); what is held to: [OBJECTIVES.md](OBJECTIVES.md).

| metric | kind | labels | told by | meaning |
|---|---|---|---|---|
"""


def declared() -> Iterator[tuple[str, MetricWrapperBase]]:
    """Every metric with the room that tells it; a new room's metrics.py is found by itself."""
    for path in sorted((ROOT / "services").glob("**/metrics.py")):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        room = path.parent.name if path.parent.parent.name == "services" else EVERY
        for value in vars(module).values():
            if isinstance(value, MetricWrapperBase) and _at_home(value, module):
                yield room, value


def _at_home(metric: MetricWrapperBase, module: Any) -> bool:
    """Whether the module declares the metric itself rather than importing it."""
    return f'"{name(metric)}"' in Path(module.__file__).read_text(encoding="utf-8")


def name(metric: MetricWrapperBase) -> str:
    """The metric's name as Prometheus has it."""
    return str(metric._name) + ("_total" if metric._type == "counter" else "")


def table() -> str:
    """The whole document."""
    rows = []
    for room, metric in declared():
        labels = ", ".join(f"`{label}`" for label in metric._labelnames)
        rows.append((room != EVERY, room, f"| `{name(metric)}` | {metric._type} | {labels} | {room} | "
                                          f"{metric._documentation} |"))  # fmt: skip
    return HEAD + "".join(f"{row}\n" for _, _, row in sorted(rows))


if __name__ == "__main__":
    TARGET.write_text(table(), encoding="utf-8")
