"""What an article costs as stories grow: `python -m tests.benchmarks.stories [counts...]`.

    python -m tests.benchmarks.stories                   1,000, 10,000 and 100,000 active stories, most of them small
    python -m tests.benchmarks.stories --articles 1000   so many articles, twelve a story
    python -m tests.benchmarks.stories --large           one story as it grows to 10, 100 and 1,000 articles

Of the small ones six in ten have one article, one in a hundred dozens, the mean is about two and a half. The window is
filled at once; then articles of the last day's events arrive one by one. Prints the milliseconds an arrival (CPU time)
at each size, the ratio to the first size, the bytes of state an article, and how long a restart takes.
"""

import gc
import random
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context

from services.deduplication.handler import State
from tests.benchmarks.newsroom import LAST, Event, article, event, fill

SIZES = (1_000, 10_000, 100_000)
MEASURED = 200
PER_EVENT, LARGEST, STEEPNESS = 12, 60, 1.4
GROWN = (10, 100, 1_000)
MOST_RESTORED = 120_000
"""Articles: a state, its snapshot and the state read from it stand in memory together."""


@dataclass(frozen=True)
class Measured:
    """What a size costs: seconds an arrival, bytes of memory and of snapshot an article, seconds to come back."""

    stories: int
    articles: int
    arrival: float
    memory: float
    snapshot: float | None
    restore: float | None


def small_stories(count: int) -> list[Event]:
    """So many events, most of them with few articles."""
    chance = random.Random(3)
    return [event(chance, min(LARGEST, int((1 - chance.random()) ** (-1 / STEEPNESS)))) for _ in range(count)]


def dozens(articles: int) -> list[Event]:
    """So many articles, twelve an event."""
    chance = random.Random(3)
    return [event(chance, min(PER_EVENT, articles - first)) for first in range(0, articles, PER_EVENT)]


def measure(events: list[Event]) -> Measured:
    """Fill a state, let some more articles arrive, and bring the state back from its snapshot."""
    articles, state = sum(each.articles for each in events), State()
    gc.collect()
    before = _memory()
    fill(state, events)
    gc.collect()
    memory = (_memory() - before) / articles
    stories = sum(len(desk.window.members) for desk in state.desks.values())
    arrival = _arrivals(state, events, articles)
    if articles > MOST_RESTORED:
        return Measured(stories, articles, arrival, memory, None, None)
    held = state.snapshot()
    del state
    begun = time.process_time()
    State.restore(held)
    return Measured(stories, articles, arrival, memory, len(held) / articles, time.process_time() - begun)


def _arrivals(state: State, events: list[Event], articles: int) -> float:
    """Articles come to the events of the last day."""
    chance, spent = random.Random(2), 0.0
    latest = [each for each in events if each.day == 6]
    for number in range(articles, articles + MEASURED):
        arriving = article(chance, chance.choice(latest), number, LAST + timedelta(seconds=number - articles))
        begun = time.process_time()
        state.apply(arriving)
        spent += time.process_time() - begun
    return spent / MEASURED


def large() -> None:
    """One story, every article through the room: what the last ten arrivals cost at each size."""
    chance, state, spent = random.Random(4), State(), list[float]()
    about = event(chance, max(GROWN))
    for number in range(max(GROWN)):
        arriving = article(chance, about, number, LAST + timedelta(seconds=number))
        begun = time.process_time()
        outcome = state.apply(arriving)
        spent.append(time.process_time() - begun)
        if number + 1 in GROWN:
            told = max((len(story.articles) for story in outcome.stories), default=0)
            print(f"{told:>6} articles in the story  {100 * sum(spent[-10:]):7.2f} ms an arrival", flush=True)


def _memory() -> int:
    with open("/proc/self/statm", encoding="ascii") as pages:
        return int(pages.read().split()[1]) * resource.getpagesize()


def main() -> None:
    """Print one line a size, each measured in a process of its own. Give sizes as arguments to choose others."""
    if "--large" in sys.argv:
        large()
        return
    first, made = None, dozens if "--articles" in sys.argv else small_stories
    for size in [int(given) for given in sys.argv[1:] if given.isdigit()] or SIZES:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            found = alone.submit(measure_made, made, size).result()
        first = first or found.arrival
        print(
            f"{found.stories:>7} stories {found.articles:>7} articles  {1000 * found.arrival:7.2f} ms an arrival"
            f"  x{found.arrival / first:.2f}  {found.memory / 1024:5.1f} kB in memory an article" + _restart(found),
            flush=True,
        )


def _restart(found: Measured) -> str:
    if found.snapshot is None or found.restore is None:
        return "  too large to write and read a snapshot beside it"
    return f"  {found.snapshot / 1024:5.1f} kB in a snapshot  back in {found.restore:.1f} s"


def measure_made(made: Callable[[int], list[Event]], size: int) -> Measured:
    """Make the events and measure."""
    return measure(made(size))


if __name__ == "__main__":
    main()
