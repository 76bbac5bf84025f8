"""Growing pauses between attempts of one delivery. Chance is an argument."""

FIRST = 1.0
LONGEST = 6 * 3600.0
GROWTH = 3.0


def pause_after(failures: int, chance: float, told: float = 0.0) -> float:
    """Seconds after the n-th failure in a row: 1, 3, 9, ... six hours, spread by `chance` (0 to 1) over half of it.

    What the receiver itself told (Retry-After) is kept to, as far as it is not longer than the longest pause.
    """
    grown = min(FIRST * GROWTH ** min(failures - 1, 30), LONGEST)
    return max(grown * (0.75 + chance / 2), min(told, LONGEST))
