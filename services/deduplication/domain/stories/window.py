"""The articles of the window and the stories they make: a function of which articles there are, not of their order."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from hashlib import sha256

from services.deduplication.domain.stories.candidates import CandidateIndex
from services.deduplication.domain.stories.fingerprint import Fingerprint
from services.deduplication.domain.stories.groups import Component, Groups
from services.deduplication.domain.stories.linkage import SCALE
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.domain.stories.similarity import compare
from services.deduplication.domain.stories.vector import opened

_REMEMBERED = 256
"""Stories of which it is remembered who in them is nearest to whom."""


def story_id_of(article_id: str) -> str:
    """The id of the story whose earliest article this is."""
    return "story-" + sha256(article_id.encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What an article did: stories that stood before, and those that stand now, as story id -> article ids."""

    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    compared: int = 0


@dataclass(frozen=True, slots=True)
class Nearest:
    """The fellow in its story an article is most like, and why."""

    handle: int
    weight: int
    parts: dict[str, float]


class Window:
    """Fingerprints, index and groups under small handles."""

    def __init__(self, settings: StorySettings) -> None:
        self.settings = settings
        self.groups = Groups(settings, lambda handle: self.prints[handle].order)
        self.prints: dict[int, Fingerprint] = {}
        self.handles: dict[str, int] = {}
        self.story: dict[str, str] = {}
        self.members: dict[str, tuple[str, ...]] = {}
        self._index = CandidateIndex()
        self._nearest: OrderedDict[str, dict[int, Nearest | None]] = OrderedDict()
        self._next = 0

    def add(self, found: Fingerprint) -> Regrouped:
        """Enter an article; it must not be in the window."""
        handle, self._next = self._next, self._next + 1
        met = self._index.near(found)
        edges, read = {}, _opened(found)
        for other in met:
            weight = round(compare(read, self.prints[other], self.settings).score * SCALE)
            if weight >= self.settings.edge * SCALE:
                edges[other] = weight
        self.prints[handle], self.handles[found.article_id] = found, handle
        self._index.add(handle, found)
        return self._reassign(self.groups.add(handle, edges), (), len(met))

    def remove(self, article_id: str) -> Regrouped:
        """Take an article out, as if it had never come."""
        handle = self.handles.pop(article_id)
        self._index.remove(handle, self.prints[handle])
        components = self.groups.remove(handle)
        del self.prints[handle]
        return self._reassign(components, (article_id,), 0)

    def forget(self, story_id: str) -> tuple[str, ...]:
        """Drop a story that is over, with its articles; returns their ids."""
        members = self.members.pop(story_id, ())
        handles = [self.handles.pop(article_id) for article_id in members]
        for handle, article_id in zip(handles, members, strict=True):
            self._index.remove(handle, self.prints[handle])
            self.story.pop(article_id, None)
        self.groups.forget(handles)
        for handle in handles:
            del self.prints[handle]
        return members

    def edges(self) -> list[tuple[int, ...]]:
        """Each handle with its later neighbours and their weights, for a snapshot."""
        graph = self.groups.graph
        return [
            (handle, *(part for other, weight in sorted(row.items()) if other > handle for part in (other, weight)))
            for handle, row in sorted(graph.items())
        ]

    def restore(self, prints: dict[int, Fingerprint], edges: list[tuple[int, ...]]) -> None:
        """Put a snapshot's articles in place; groups follow from the graph."""
        self.prints, self._next = dict(prints), max(prints, default=-1) + 1
        self.handles = {found.article_id: handle for handle, found in prints.items()}
        self._index.restore(prints)
        self._reassign(self.groups.restore(edges), (), 0)

    def prints_of(self, story_id: str) -> list[Fingerprint]:
        """The fingerprints of a story's articles."""
        return [self.prints[self.handles[article_id]] for article_id in self.members[story_id]]

    def matches(self, story_id: str) -> dict[str, dict[str, float]]:
        """Why each article is in the story: its likeness to the member most like it, part by part."""
        fellows = {self.handles[article_id] for article_id in self.members[story_id]}
        known = self._nearest.pop(story_id, {})
        fresh = fellows - known.keys()
        nearest = {handle: self._nearest_to(handle, fellows, fresh, known.get(handle)) for handle in fellows}
        self._nearest[story_id] = nearest
        if len(self._nearest) > _REMEMBERED:
            self._nearest.popitem(last=False)
        return {self.prints[handle].article_id: near.parts for handle, near in nearest.items() if near is not None}

    def _nearest_to(self, handle: int, fellows: set[int], fresh: set[int], known: "Nearest | None") -> "Nearest | None":
        """The fellow most like an article, of equally like ones the earliest; only newcomers can change that."""
        row = self.groups.graph[handle]
        asked = fresh if known is not None and known.handle in fellows else fellows
        weights = {o: row[o] for o in asked if o in row}
        if known is not None and known.handle in fellows:
            weights[known.handle] = known.weight
        if not weights:
            return None
        best = max(weights.values())
        near = min((o for o, weight in weights.items() if weight == best), key=lambda o: self.prints[o].order)
        if known is not None and near == known.handle:
            return known
        return Nearest(near, best, compare(self.prints[handle], self.prints[near], self.settings).parts)

    def _reassign(self, components: list[Component], gone: tuple[str, ...], compared: int) -> Regrouped:
        clusters = [[self.prints[h].article_id for h in c] for component in components for c in component.clusters]
        touched = [a for cluster in clusters for a in cluster] + list(gone)
        old = {self.story[a] for a in touched if a in self.story}
        before = {story: self.members.pop(story) for story in sorted(old)}
        for article_id in gone:
            self.story.pop(article_id, None)
        after = {story_id_of(cluster[0]): tuple(cluster) for cluster in clusters}
        for story, cluster_members in after.items():
            self.members[story] = cluster_members
            self.story.update(dict.fromkeys(cluster_members, story))
        changed = {s for s in before.keys() | after.keys() if before.get(s) != after.get(s)}
        return Regrouped(_only(before, changed), _only(after, changed), compared)


def _opened(found: Fingerprint) -> Fingerprint:
    """The fingerprint ready to be compared with many others."""
    return replace(found, features=opened(found.features), words=opened(found.words), places=opened(found.places))


def _only(stories: dict[str, tuple[str, ...]], chosen: set[str]) -> dict[str, tuple[str, ...]]:
    return {story: members for story, members in stories.items() if story in chosen}
