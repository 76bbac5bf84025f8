"""Circumstances with a name of their own between a subject and its verb."""

from services.extraction.domain.speech.cues import Marked


def apposed_within(
    marked: Marked, aside: tuple[int, int], kept: list[tuple[int, int]], segments: list[tuple[int, int]]
) -> bool:
    """Verb-last «X, of a call with president Y, Z, told»: Z belongs to the circumstance, the subject stands first."""
    first = segments[0]
    if marked.cues.language != "fas" or len(kept) > 1 or first[0] >= aside[0] or marked.is_a("stop", first[0]):
        return False
    tail = range(max(aside[0] + 1, aside[1] - 4), aside[1])
    short = kept[0][1] - kept[0][0] <= 5
    return short and aside[1] - aside[0] > 2 and (_roles_at(marked, tail) or _roles_at(marked, range(*kept[0])))


def _roles_at(marked: Marked, places: range) -> bool:
    return any(marked.is_a(name, at) for name in ("derived", "title") for at in places)
