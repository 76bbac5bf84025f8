"""What an article costs in each room, without Kafka: the limit any deployment is held against.

python -m tests.benchmarks.replay [ARTICLES.jsonl]

Without a file the articles are those of tests/helpers/newsroom.py. They arrive one after the other in one window, as on
the bus; the first ones only warm it up.
"""

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from services.client.inputs import Line, read
from services.client.pipeline import Refused, Rooms
from services.deduplication.handler import State
from services.shared.runtime.lifecycle import settle
from tests.helpers.newsroom import articles

ROOMS = ("ingest", "language_detection", "extraction", "deduplication")
RECEIVED = datetime(2026, 3, 12, tzinfo=UTC)
WARM, MEASURED = 100, 400


def main() -> None:
    """Print milliseconds of processor time and share of every room."""
    given = list(read(sys.argv[1:])) or list(articles(WARM + MEASURED))
    warm = WARM if len(given) > 2 * WARM else 0
    show(replay(given, warm), len(given) - warm)


def show(spent: Sequence[float], number: int) -> None:
    """The table, and articles a second on one core."""
    total = sum(spent)
    print(f"replay, {number} articles: {number / total:.0f} a second on one core, {total / number * 1000:.2f} ms each")
    for room, seconds in zip(ROOMS, spent, strict=True):
        print(f"  {room:20}{seconds / number * 1000:8.2f} ms an article{seconds / total:7.0%}")


def replay(lines: Sequence[Line], warm: int) -> list[float]:
    """Seconds of processor time each room takes for the lines after the first `warm`."""
    rooms, state, spent = Rooms(), State(), [0.0] * len(ROOMS)
    rooms.versions()
    settle()
    for number, line in enumerate(lines):
        marks = _marks(rooms, state, line)
        for room in range(len(marks) - 1):
            spent[room] += (marks[room + 1] - marks[room]) if number >= warm else 0
    return spent


def _marks(rooms: Rooms, state: State, line: Line) -> list[float]:
    marks = [time.process_time()]
    accepted = rooms.accept(line, RECEIVED)
    marks.append(time.process_time())
    if isinstance(accepted, Refused):
        return marks
    identified = rooms.identify(accepted)
    marks.append(time.process_time())
    extracted = rooms.extract(identified)
    marks.append(time.process_time())
    state.apply(extracted)
    return [*marks, time.process_time()]


if __name__ == "__main__":
    main()
