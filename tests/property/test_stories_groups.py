"""Groups are a function of the graph: also where crowds are cut by higher edges, and after a restart."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.deduplication.domain.stories.groups import Groups
from services.deduplication.domain.stories.linkage import SCALE, average_linkage
from services.deduplication.domain.stories.settings import StorySettings

Edges = dict[tuple[int, int], int]
SMALL = StorySettings(component_size=4)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Edges]:
    """Up to fourteen articles with random likenesses, so many that groups of four are crowded."""
    count = draw(st.integers(2, 14))
    weights = st.sampled_from([0, 0, 0.06, 0.11, 0.15, 0.2, 0.3, 0.5, 0.8])
    pairs = [(a, b) for a in range(count) for b in range(a)]
    drawn = draw(st.lists(weights, min_size=len(pairs), max_size=len(pairs)))
    return count, {pair: round(weight * SCALE) for pair, weight in zip(pairs, drawn, strict=True) if weight}


def grouped(order: list[int], edges: Edges) -> set[frozenset[int]]:
    """The clusters after the articles came in this order. Handles differ from run to run; names do not."""
    handle = {name: position for position, name in enumerate(order)}
    groups = Groups(SMALL, lambda h: ("", f"{order[h]:03d}"))
    for name in order:
        near = {handle[o]: w for o in range(len(order)) if handle[o] < handle[name] and (w := weight(edges, name, o))}
        groups.add(handle[name], near)
    return {frozenset(order[h] for h in c) for part in groups.component.values() for c in part.clusters}


def weight(edges: Edges, a: int, b: int) -> int:
    """The likeness of two articles."""
    return edges.get((max(a, b), min(a, b)), 0)


@settings(max_examples=200, deadline=None)
@given(graphs(), st.randoms(use_true_random=False))
def test_crowded_groups_do_not_know_their_order(graph: tuple[int, Edges], chance: random.Random) -> None:
    """Any order of arrival gives the same groups, however crowded; each article is in one."""
    count, edges = graph
    order = list(range(count))
    chance.shuffle(order)
    found = grouped(order, edges)
    assert found == grouped(list(range(count)), edges)
    assert sorted(name for group in found for name in group) == list(range(count))


@settings(max_examples=100, deadline=None)
@given(graphs())
def test_a_restored_graph_gives_the_same_groups(graph: tuple[int, Edges]) -> None:
    """Settling a whole graph at once ends where adding one article after the other did."""
    count, edges = graph
    rows = [(a, *(x for b in range(a + 1, count) if (w := weight(edges, a, b)) for x in (b, w))) for a in range(count)]
    fresh = Groups(SMALL, lambda h: ("", f"{h:03d}"))
    fresh.restore(rows)
    found = {frozenset(c) for part in fresh.component.values() for c in part.clusters}
    assert found == grouped(list(range(count)), edges)


def joined_one_by_one(count: int, edges: Edges, threshold: float) -> list[list[int]]:
    """Average linkage as the textbook has it: all pairs are looked at before every join."""
    clusters = [[name] for name in range(count)]
    while True:
        pairs = [
            (-sum(weight(edges, x, y) for x in a for y in b) / (len(a) * len(b)), i, j)
            for i, a in enumerate(clusters) for j, b in enumerate(clusters) if i < j
        ]  # fmt: skip
        average, i, j = min(pairs, default=(0.0, 0, 0))
        if not pairs or average > -threshold * SCALE:
            return clusters
        clusters[i] = sorted(clusters[i] + clusters.pop(j))


@settings(max_examples=200, deadline=None)
@given(graphs())
def test_linkage_joins_whom_the_textbook_joins(graph: tuple[int, Edges]) -> None:
    """Looking up partners only when their turn comes gives the clusters of looking at all pairs every time."""
    count, edges = graph
    rows = {a: {b: w for b in range(count) if b != a and (w := weight(edges, a, b))} for a in range(count)}
    assert average_linkage(range(count), rows, 0.15) == joined_one_by_one(count, edges, 0.15)
