"""Average linkage over a sparse graph, in whole numbers, so that no order of addition can change the result."""

import heapq
from collections.abc import Mapping, Sequence

SCALE = 1_000_000
"""Similarities are counted in millionths: whole numbers add up the same in every order."""

Graph = Mapping[int, Mapping[int, int]]


def average_linkage(members: Sequence[int], graph: Graph, threshold: float) -> list[list[int]]:
    """Join the two most similar clusters while their average similarity reaches `threshold`.

    `members` must be in canonical order: ties go to the earlier pair. A missing edge counts as zero.
    """
    rank = {member: index for index, member in enumerate(members)}
    links = {
        rank[m]: {rank[o]: weight for o, weight in graph.get(m, {}).items() if o in rank} for m in members
    }  # fmt: skip
    clusters = {index: [index] for index in range(len(members))}
    floor = -threshold * SCALE
    heap = [(float(-w), a, b, 1, 1) for a, row in links.items() for b, w in row.items() if a < b and -w <= floor]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if len(clusters.get(a, ())) == size_a and len(clusters.get(b, ())) == size_b:
            _join(a, b, clusters, links)
            _offer(a, clusters, links, heap, floor)
    return [[members[index] for index in sorted(cluster)] for _, cluster in sorted(clusters.items())]


def _join(a: int, b: int, clusters: dict[int, list[int]], links: dict[int, dict[int, int]]) -> None:
    clusters[a] += clusters.pop(b)
    row, gone = links[a], links.pop(b)
    row.pop(b, None)
    for other, weight in gone.items():
        if other != a:
            row[other] = row.get(other, 0) + weight
            links[other][a] = row[other]
            links[other].pop(b, None)


def _offer(
    a: int,
    clusters: dict[int, list[int]],
    links: dict[int, dict[int, int]],
    heap: list[tuple[float, int, int, int, int]],
    floor: float,
) -> None:
    """What a joined cluster could join next: only averages that reach the threshold are worth a place in the heap."""
    size = len(clusters[a])
    for other, weight in links[a].items():
        others = len(clusters[other])
        average = -weight / (size * others)
        if average <= floor:
            pair = (a, other, size, others) if a < other else (other, a, others, size)
            heapq.heappush(heap, (average, *pair))
