"""Figures: equal ones agree, different ones of one thing differ, and 27 countries do not contradict 30 allies."""

import re
from collections.abc import Iterable, Sequence

from services.deduplication.domain.consolidation.facts import Voiced, fact_of
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


def figure_facts(voiced: Iterable[Voiced]) -> list[Fact]:
    """One fact for each thing that is counted."""
    families: dict[str, list[Voiced]] = {}
    for voice in voiced:
        if voice.statement.kind == "figure":
            families.setdefault(_about(voice), []).append(voice)
    return [fact for about, group in sorted(families.items()) for fact in _facts(about, group)]


def _unit(voice: Voiced) -> str:
    return voice.statement.about


def _about(voice: Voiced) -> str:
    unit = _unit(voice).replace(" ", "_")
    few = _number(voice) < _FEWEST_TAKING_PART
    return unit if few or voice.statement.background else _FAMILY_OF.get(unit, unit)


def _facts(about: str, group: list[Voiced]) -> list[Fact]:
    if about in _FAMILIES:
        units = {_unit(voice) for voice in group}
        return [fact_of("figure", about, None, group, "unit_differs" if len(units) > 1 else None)]
    return [fact_of("figure", about, None, like) for like in _alike(group)]


def _alike(group: Sequence[Voiced]) -> list[list[Voiced]]:
    """Equal values together; different values of one unit only where the sentences speak of the same."""
    heaps: list[list[Voiced]] = []
    for voice in group:
        home = next((heap for heap in heaps if any(_same(voice, other) for other in heap)), None)
        if home is None:
            heaps.append([voice])
        else:
            home.append(voice)
    return heaps


def _same(a: Voiced, b: Voiced) -> bool:
    if a.statement.value == b.statement.value:
        return True
    if a.dispatch_id == b.dispatch_id and a.withdrawn == b.withdrawn:
        return False
    left, right = set(a.statement.marks), set(b.statement.marks)
    shared = left & right
    return len(shared) >= 2 and len(shared) / len(left | right) >= _SAME_SENTENCE and _near(a, b)


def _near(a: Voiced, b: Voiced) -> bool:
    low, high = sorted((_number(a), _number(b)))
    return high <= low * _FACTOR


def _number(voice: Voiced) -> float:
    found = _DIGITS.search(voice.statement.value)
    return float(found.group()) if found else 0.0
