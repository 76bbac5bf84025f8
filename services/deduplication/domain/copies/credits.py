"""What agency credits allow: one dispatch needs one agency, and a vague credit names nobody."""

from typing import Literal

VAGUE = frozenset({"agencies", "agency", "wires"})
"""«وكالات», "agencies": the outlet republishes, it does not say whom."""

Agreement = Literal["same", "different", "unknown"]


def named(credits: tuple[str, ...]) -> frozenset[str]:
    """The agencies that are credited by name."""
    return frozenset(credits) - VAGUE


def only_vague(credits: tuple[str, ...]) -> bool:
    """Whether somebody else is credited, but nobody by name."""
    return bool(credits) and not named(credits)


def agreement(one: frozenset[str], other: frozenset[str]) -> Agreement:
    """`same` where an agency is shared (a chain of credits names several), `unknown` where one side is silent."""
    if not one or not other:
        return "unknown"
    return "same" if one & other else "different"
