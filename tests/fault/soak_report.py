"""What a soak tells: a table by minute, how much grew, and a picture."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from tests.fault.soak_run import Sample, Soak

ROOMS = ("ingest", "language_detection", "extraction", "deduplication")


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute of the run."""

    number: int
    published: int
    memory: dict[str, float]
    open_stories: int
    waiting: int
    p50: float
    p95: float


def minutes(samples: Sequence[Sample]) -> list[Minute]:
    """The samples minute by minute; a last piece of a minute without publications is left out."""
    grouped: dict[int, list[Sample]] = defaultdict(list)
    for sample in samples:
        grouped[int(sample.at // 60)].append(sample)
    return [_minute(number, found) for number, found in sorted(grouped.items()) if any(s.latencies for s in found)]


def _minute(number: int, found: list[Sample]) -> Minute:
    latencies = sorted(each for sample in found for each in sample.latencies)
    memory = {room: mean(sample.memory[room] for sample in found) for room in found[0].memory}
    last = found[-1]
    return Minute(number, last.published, memory, last.open_stories, max(sample.waiting for sample in found),
                  latencies[len(latencies) // 2], latencies[int(len(latencies) * 0.95)])  # fmt: skip


def growth(found: Sequence[Minute]) -> dict[str, float]:
    """By what share each figure grew from the middle third of the run to the last."""
    third = max(1, len(found) // 3)
    middle, last = found[third : 2 * third], found[-third:]
    if not middle:
        return {}
    told = {f"memory of {room}": _grown([m.memory[room] for m in middle], [m.memory[room] for m in last])
            for room in ROOMS}  # fmt: skip
    told["latency, p50"] = _grown([m.p50 for m in middle], [m.p50 for m in last])
    told["open stories"] = _grown([m.open_stories for m in middle], [m.open_stories for m in last])
    return told


def _grown(before: list[float] | list[int], after: list[float] | list[int]) -> float:
    return median(after) / median(before) - 1 if median(before) else 0.0


def table(found: Sequence[Minute], tell: Callable[[str], None]) -> None:
    """A line a minute."""
    tell(f"{'minute':>6} {'published':>9} {'p50 s':>7} {'p95 s':>7} {'waiting':>7} {'stories':>7}  resident MB: "
         + ", ".join((*ROOMS, "broker")))  # fmt: skip
    for each in found:
        memory = " ".join(f"{each.memory[room]:7.1f}" for room in (*ROOMS, "broker"))
        tell(f"{each.number:6} {each.published:9} {each.p50:7.3f} {each.p95:7.3f} {each.waiting:7} "
             f"{each.open_stories:7}  {memory}")  # fmt: skip


def plot(found: Sequence[Minute], soak: Soak, path: Path) -> None:
    """Memory, latency and open stories over the minutes."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, (memory, latency, stories) = pyplot.subplots(3, 1, figsize=(9, 8), sharex=True, layout="constrained")
    at = [each.number for each in found]
    for room in ROOMS:
        memory.plot(at, [each.memory[room] for each in found], label=room.replace("_", " "))
    _dress(memory, "resident memory, MB")
    latency.plot(at, [each.p50 for each in found], label="median")
    latency.plot(at, [each.p95 for each in found], label="95th percentile")
    _dress(latency, "publication to story, s")
    stories.plot(at, [each.open_stories for each in found], label="open stories", color="tab:green")
    _dress(stories, "stories")
    stories.set_xlabel(f"minutes, at {soak.rate:g} articles a second; a day of news lasts {soak.day_seconds:g} s")
    figure.savefig(path, dpi=80)
    pyplot.close(figure)


def _dress(axes: Any, label: str) -> None:
    axes.set_ylabel(label)
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right", fontsize="small")
