"""Figures: equal ones agree, different ones of one thing differ, and 27 countries do not contradict 30 allies."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.deduplication.domain.consolidation.draft import Draft
from services.deduplication.domain.consolidation.facts import Voiced
from services.deduplication.domain.consolidation.story import Fact

# Units that count the same people or states from different sides: a difference of unit, never a contradiction.
_FAMILIES = {
    "participants": frozenset({
        "country", "state", "nation", "leader", "head_of_state", "ally", "delegation", "participant", "representative",
        "member", "partner", "government", "delegate",
    }),
}  # fmt: skip
_FAMILY_OF = {unit: family for family, units in _FAMILIES.items() for unit in units}
_SAME_SENTENCE = 0.5
_FACTOR = 3.0
_FEWEST_TAKING_PART = 5
_DIGITS = re.compile(r"\d+(?:\.\d+)?(?:e\+\d+)?")


def figure_facts(voiced: Iterable[Voiced], draft: Draft) -> list[Fact]:
    """One fact for each thing that is counted."""
    families: dict[str, list[Voiced]] = {}
    for voice in voiced:
        if voice.statement.kind == "figure":
            families.setdefault(_about(voice), []).append(voice)
    return [fact for about, group in sorted(families.items()) for fact in _facts(about, group, draft)]


def _unit(voice: Voiced) -> str:
    return voice.statement.about


def _about(voice: Voiced) -> str:
    unit = _unit(voice).replace(" ", "_")
    few = _number(voice) < _FEWEST_TAKING_PART
    return unit if few or voice.statement.background else _FAMILY_OF.get(unit, unit)


def _facts(about: str, group: list[Voiced], draft: Draft) -> list[Fact]:
    if about in _FAMILIES:
        units = {_unit(voice) for voice in group}
        return [draft.fact("figure", about, None, group, "unit_differs" if len(units) > 1 else None)]
    return [draft.fact("figure", about, None, like) for like in _alike(about, group, draft)]


def _alike(about: str, group: Sequence[Voiced], draft: Draft) -> list[list[Voiced]]:
    """Equal values together; different values of one unit only where the sentences speak of the same."""
    heaps, done = draft.grown(("figure", about), group, Heaps)
    for voice in group[done:]:
        heaps.add(voice)
    return [[group[figure.place] for figure in heap] for heap in heaps.all]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure with what it is compared by, worked out once."""

    place: int
    number: float
    marks: frozenset[str]
    said_by: tuple[str, bool]


class Heaps:
    """Figures of one unit that count the same thing, put together one after the other."""

    def __init__(self) -> None:
        self.all: list[list[_Figure]] = []
        self._of_value: dict[str, int] = {}
        self._added = 0

    def add(self, voice: Voiced) -> None:
        """Put a figure to the first heap with one like it, or begin another."""
        figure, value = _figure(self._added, voice), voice.statement.value
        self._added += 1
        equal = self._of_value.get(value, len(self.all))
        home = next((n for n, heap in enumerate(self.all[:equal]) if any(_same(figure, o) for o in heap)), equal)
        if home == len(self.all):
            self.all.append([])
        self.all[home].append(figure)
        self._of_value[value] = min(home, self._of_value.get(value, home))


def _figure(place: int, voice: Voiced) -> _Figure:
    marks = frozenset(voice.statement.marks)
    return _Figure(place, _number(voice), marks, (voice.dispatch_id, voice.withdrawn))


def _same(a: _Figure, b: _Figure) -> bool:
    """Whether two different values count the same thing: told apart by one source, they do not."""
    if a.said_by == b.said_by or max(a.number, b.number) > min(a.number, b.number) * _FACTOR:
        return False
    shared = len(a.marks & b.marks)
    return shared >= 2 and shared / (len(a.marks) + len(b.marks) - shared) >= _SAME_SENTENCE


def _number(voice: Voiced) -> float:
    return _number_in(voice.statement.value)


@lru_cache(maxsize=4_000)
def _number_in(value: str) -> float:
    found = _DIGITS.search(value)
    return float(found.group()) if found else 0.0
