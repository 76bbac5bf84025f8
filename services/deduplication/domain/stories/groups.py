"""From a graph of similarities to groups, as a function of the graph alone.

Connected components are clustered by average linkage. A component that outgrows the bound is first cut by a higher
edge; whether it outgrew depends on what is in it, not on when it came.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from services.deduplication.domain.stories.attach import attach
from services.deduplication.domain.stories.linkage import SCALE, average_linkage
from services.deduplication.domain.stories.settings import StorySettings

_STEPS = (0.0, 0.05, 0.09, 0.13, 0.19, 0.27, 0.40, 0.55, 0.70)


@dataclass(slots=True)
class Component:
    """Handles joined by edges of at least `level`, and the stories found among them."""

    level: int
    members: frozenset[int]
    clusters: list[list[int]] = field(default_factory=list)


class Groups:
    """The graph, its components and their clusters. Handles are small numbers given by the caller."""

    def __init__(self, settings: StorySettings, order: Callable[[int], tuple[str, str]]) -> None:
        self.settings = settings
        self.order = order
        self.graph: dict[int, dict[int, int]] = {}
        self.component: dict[int, Component] = {}
        self._levels = [int((settings.edge + step) * SCALE) for step in _STEPS]

    def add(self, handle: int, edges: dict[int, int]) -> list[Component]:
        """Enter an article with its edges; the components that came of it."""
        self.graph[handle] = edges
        for other, weight in edges.items():
            self.graph[other][handle] = weight
        touched = {id(c): c for o, w in edges.items() if w >= (c := self.component[o]).level}
        return self._settle({handle}.union(*(c.members for c in touched.values())), growing=True)

    def remove(self, handle: int) -> list[Component]:
        """Take an article out; the components left of those it stood in."""
        neighbours = self.graph.pop(handle)
        for other in neighbours:
            del self.graph[other][handle]
        gone = self.component.pop(handle)
        return self._settle((gone.members | neighbours.keys()) - {handle})

    def restore(self, edges: list[tuple[int, ...]]) -> list[Component]:
        """Put a whole graph in place at once."""
        self.graph = {row[0]: {} for row in edges}
        for handle, *rest in edges:
            for other, weight in zip(rest[::2], rest[1::2], strict=True):
                self.graph[handle][other] = self.graph[other][handle] = weight
        return self._settle(set(self.graph))

    def forget(self, handles: Iterable[int]) -> None:
        """Drop articles whose story is over, leaving everybody else where they are."""
        for handle in handles:
            for other in self.graph.pop(handle, {}):
                self.graph.get(other, {}).pop(handle, None)
            component = self.component.pop(handle, None)
            if component is not None:
                component.members -= {handle}
                component.clusters = [kept for c in component.clusters if (kept := [h for h in c if h != handle])]

    def _settle(self, dirty: set[int] | frozenset[int], growing: bool = False) -> list[Component]:
        settled: list[Component] = []
        left = set(dirty)
        for level in self._levels:
            crowded: set[int] = set()
            for handle in sorted(left):
                if growing and self._was_crowded(handle, level):
                    crowded.add(handle)
                elif handle in left and handle not in crowded:
                    reached, closed = self._reach(handle, level, crowded, growing)
                    if closed:
                        settled.append(self._cluster(level, reached))
                        left -= reached
                    else:
                        crowded |= reached
        settled.extend(self._crowds(left))
        return settled

    def _reach(self, start: int, level: int, crowded: set[int], growing: bool) -> tuple[set[int], bool]:
        """The handles joined to `start`; stops, not closed, when there are too many of them.

        A group that was too large at this edge still is when only an article was added.
        """
        reached, frontier = {start}, [start]
        while frontier:
            for other, weight in self.graph[frontier.pop()].items():
                if weight >= level and other not in reached:
                    reached.add(other)
                    frontier.append(other)
                    too_many = len(reached) > self.settings.component_size
                    if too_many or other in crowded or (growing and self._was_crowded(other, level)):
                        return reached, False
        return reached, True

    def _was_crowded(self, handle: int, level: int) -> bool:
        known = self.component.get(handle)
        return known is not None and known.level > level

    def _crowds(self, left: set[int]) -> list[Component]:
        """What is crowded even at the highest edge is one story each."""
        settled = []
        while left:
            reached, frontier = {min(left)}, [min(left)]
            while frontier:
                fresh = {o for o, w in self.graph[frontier.pop()].items() if w >= self._levels[-1]} - reached
                reached |= fresh
                frontier.extend(fresh)
            members = sorted(reached, key=self.order)
            settled.append(self._keep(Component(self._levels[-1], frozenset(reached), [members])))
            left -= reached
        return settled

    def _cluster(self, level: int, reached: set[int]) -> Component:
        members = sorted(reached, key=self.order)
        graph = {m: {o: w for o, w in self.graph[m].items() if w >= level} for m in members}
        clusters = attach(members, average_linkage(members, graph, self.settings.threshold), graph, self.settings)
        return self._keep(Component(level, frozenset(reached), clusters))

    def _keep(self, component: Component) -> Component:
        for handle in component.members:
            self.component[handle] = component
        return component
