"""What an article costs in each room, without Kafka: the limit any deployment is held against.

python -m tests.benchmarks.replay [ARTICLES.jsonl]
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from services.client.demonstration import SAMPLES
from services.client.inputs import Line, read
from services.client.pipeline import Refused, Rooms
from services.deduplication.handler import State

RECEIVED = datetime(2026, 3, 12, tzinfo=UTC)
SECONDS = 20.0


def main() -> None:
    """Replay the articles again and again for some seconds; print milliseconds and share of every room."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    lines = list(read([str(path)]))
    rooms, spent, articles = Rooms(), [0.0] * 4, 0
    _pass(rooms, lines, [0.0] * 4)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        articles += _pass(rooms, lines, spent)
    total = sum(spent)
    print(f"{path.name}: {articles} articles, {articles / total:.0f} a second on one core")
    for room, seconds in zip(("ingest", "language_detection", "extraction", "deduplication"), spent, strict=True):
        print(f"  {room:20} {seconds / articles * 1000:7.2f} ms an article  {seconds / total:5.0%}")


def _pass(rooms: Rooms, lines: list[Line], spent: list[float]) -> int:
    state, done = State(), 0
    for line in lines:
        marks = [time.perf_counter()]
        accepted = rooms.accept(line, RECEIVED)
        marks.append(time.perf_counter())
        if isinstance(accepted, Refused):
            continue
        identified = rooms.identify(accepted)
        marks.append(time.perf_counter())
        extracted = rooms.extract(identified)
        marks.append(time.perf_counter())
        state.apply(extracted)
        marks.append(time.perf_counter())
        for stage in range(4):
            spent[stage] += marks[stage + 1] - marks[stage]
        done += 1
    return done


if __name__ == "__main__":
    main()
