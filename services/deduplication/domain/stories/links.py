"""Stories that belong together without being one: announcement, event, reaction, earlier round."""

from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from services.deduplication.domain.stories.fingerprint import Fingerprint
from services.deduplication.domain.stories.vector import Vector, dot, opened, unit

MOST_LINKS = 8
SAGA = 0.45
NEAR_DAYS = 7
_PROFILE = 40
_KEYS = 6
_POSTED = 60
_ROWS = 300
"""Outlines whose comparisons are remembered: an arrival asks for its story and those linked with it again and again."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A story in outline: what its articles are about, without days, and when its event is."""

    story_id: str
    day: int
    vector: Vector
    keys: tuple[int, ...]
    announced: bool
    """True where every article lies ahead of the event."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another story, and what it is to this one."""

    story_id: str
    relation: str
    score: float


def profile_of(story_id: str, prints: Iterable[Fingerprint], announced: bool) -> Profile:
    """The outline of a story out of its articles' fingerprints."""
    total: dict[int, float] = {}
    days: dict[int, int] = {}
    for found in sorted(prints, key=lambda p: p.order):
        for key, weight in found.features.items():
            if key not in found.day_keys:
                total[key] = total.get(key, 0.0) + weight
        days[found.event_day] = days.get(found.event_day, 0) + (2 if found.event_known else 1)
    heavy = sorted(total, key=lambda key: (-total[key], key))[:_PROFILE]
    day = max(days, key=lambda d: (days[d], -d))
    return Profile(story_id, day, unit({key: total[key] for key in heavy}), tuple(sorted(heavy[:_KEYS])), announced)


def link(own: Profile, other: Profile) -> Link | None:
    """What `other` is to `own`, or None. `link(b, a)` is the inverse of `link(a, b)`."""
    score = round(dot(own.vector, other.vector), 1)
    if score < SAGA:
        return None
    gap = other.day - own.day
    if abs(gap) > NEAR_DAYS:
        return Link(other.story_id, "earlier_round" if gap < 0 else "later_round", score)
    if gap == 0:
        return Link(other.story_id, "related", score)
    return Link(other.story_id, _near_relation(own, other, gap), score)


def _near_relation(own: Profile, other: Profile, gap: int) -> str:
    """The relation of `own` to `other`: own announces the later event, or reacts to the earlier one."""
    if gap > 0:
        return "announces" if own.announced else "related"
    return "related" if other.announced else "reacts_to"


@dataclass(frozen=True, slots=True)
class Row:
    """What was found out about an outline: other stories' outlines, each with what its story is to this one."""

    own: Profile
    read: Profile
    made: dict[str, tuple[Profile, Link | None]] = field(default_factory=dict)


class LinkBook:
    """Profiles of all stories, findable by what they are mostly about."""

    def __init__(self) -> None:
        self.profiles: dict[str, Profile] = {}
        self._posted: dict[int, list[str]] = {}
        self._rows: OrderedDict[str, Row] = OrderedDict()
        self._answers: dict[str, list[Link]] = {}
        """Links asked for since the last change: a version needs them twice."""

    def put(self, profile: Profile) -> set[str]:
        """Enter a story or its new outline; ids of the stories whose links may change by that."""
        touched = self.drop(profile.story_id)
        self.enter(profile)
        return touched | {found.story_id for found in self.links(profile.story_id)}

    def enter(self, profile: Profile) -> None:
        """Enter a story that is not inside, without asking whose links change."""
        self._answers.clear()
        self.profiles[profile.story_id] = profile
        for key in profile.keys:
            insort(self._posted.setdefault(key, []), profile.story_id)

    def drop(self, story_id: str) -> set[str]:
        """Take a story out; ids of the stories that were linked with it."""
        if story_id not in self.profiles:
            return set()
        touched = {found.story_id for found in self.links(story_id)}
        self._answers.clear()
        for key in self.profiles.pop(story_id).keys:
            posted = self._posted[key]
            del posted[bisect_left(posted, story_id)]
            if not posted:
                del self._posted[key]
        return touched

    def links(self, story_id: str) -> list[Link]:
        """The strongest links of a story, in canonical order."""
        known = self._answers.get(story_id)
        if known is None:
            known = self._answers[story_id] = self._found(story_id)
        return known

    def _found(self, story_id: str) -> list[Link]:
        own = self.profiles[story_id]
        near = {name for key in own.keys for name in self._posted.get(key, [])[:_POSTED]} - {story_id}
        found = [made for name in near if (made := self._link(own, name)) is not None]
        found.sort(key=lambda made: (-made.score, made.story_id))
        return found[:MOST_LINKS]

    def _link(self, own: Profile, name: str) -> Link | None:
        """What a story is to this one, worked out once for two outlines."""
        row, other = self._row(own), self.profiles[name]
        known = row.made.get(name)
        if known is None or known[0] is not other:
            known = row.made[name] = (other, link(row.read, other))
        return known[1]

    def _row(self, own: Profile) -> "Row":
        row = self._rows.get(own.story_id)
        if row is None or row.own is not own:
            row = self._rows[own.story_id] = Row(own, replace(own, vector=opened(own.vector)))
            if len(self._rows) > _ROWS:
                self._rows.popitem(last=False)
        self._rows.move_to_end(own.story_id)
        return row
