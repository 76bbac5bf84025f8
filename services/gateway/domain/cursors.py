"""Cursors: where a page of stories ended. Opaque to clients; every string of the right form is a legal one."""

from dataclasses import dataclass

PATTERN = r"^[0-9]{1,14}-([0-9a-f]{2}){0,400}$"


@dataclass(frozen=True, slots=True)
class Place:
    """The last story of a page: when it changed (milliseconds), and which it is."""

    changed: int
    story_id: str


def write(place: Place) -> str:
    """A place as a cursor."""
    return f"{place.changed}-{place.story_id.encode(errors='replace').hex()}"


def read(cursor: str) -> Place:
    """The place of a cursor; raises ValueError where it is none."""
    changed, _, named = cursor.partition("-")
    return Place(int(changed), bytes.fromhex(named).decode(errors="replace"))
