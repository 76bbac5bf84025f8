"""Find items and positions in a sentence: the smallest stretch of words that meets every need of a pattern."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.extraction.domain.speech.lexicon import Hit
from services.extraction.domain.speech.subject import Pattern

_ANCHORS = 12
_BESIDE = 6
Places = Mapping[str, Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Window:
    """A pattern found at words `[start, end)`."""

    pattern: Pattern
    start: int
    end: int


def by_list(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Hits by the list they are from."""
    places: dict[str, list[Hit]] = {}
    for hit in hits:
        places.setdefault(hit.name, []).append(hit)
    return places


def find_windows(patterns: Iterable[Pattern], places: Places) -> list[Window]:
    """The best window of each pattern that is met, without those another takes the place of."""
    possible = (pattern for pattern in patterns if not pattern.keys.isdisjoint(places))
    found = [window for pattern in possible if (window := _best(pattern, places))]
    return [one for one in found if not any(replaces(other, one) for other in found)]


def replaces(winner: Window, loser: Window) -> bool:
    """Whether one pattern found beside another takes its place."""
    if loser.pattern.id not in winner.pattern.over:
        return False
    return loser.start <= winner.end + _BESIDE and winner.start <= loser.end + _BESIDE


def _best(pattern: Pattern, places: Places) -> Window | None:
    for needs in pattern.alternatives:
        if _all_met(needs, places):
            options = [[hit for name in need for hit in places.get(name, ())] for need in needs]
            stretch = _tightest(options, pattern.near)
            if stretch:
                return Window(pattern, *stretch)
    return None


def _all_met(needs: Sequence[Sequence[str]], places: Places) -> bool:
    # plain loops: this runs for every item of the subject in every sentence
    for need in needs:
        for name in need:
            if name in places:
                break
        else:
            return False
    return True


def _tightest(options: list[list[Hit]], near: int) -> tuple[int, int] | None:
    """Around each hit of the rarest need, the nearest hit of every other; words serve one need only."""
    options.sort(key=len)
    best: tuple[int, int] | None = None
    for anchor in options[0][:_ANCHORS]:
        chosen = [anchor]
        for hits in options[1:]:
            free = [hit for hit in hits if not any(hit.start < c.end and c.start < hit.end for c in chosen)]
            if not free:
                break
            chosen.append(min(free, key=lambda hit: abs(hit.start - anchor.start)))
        if len(chosen) < len(options):
            continue
        start, end = min(hit.start for hit in chosen), max(hit.end for hit in chosen)
        if end - start <= near and (best is None or end - start < best[1] - best[0]):
            best = start, end
    return best
