"""Average linkage over a sparse graph, in whole numbers, so that no order of addition can change the result."""

import heapq
from collections.abc import Mapping, Sequence

SCALE = 1_000_000
"""Similarities are counted in millionths: whole numbers add up the same in every order."""

Graph = Mapping[int, Mapping[int, int]]


def average_linkage(members: Sequence[int], graph: Graph, threshold: float) -> list[list[int]]:
    """Join the two most similar clusters while their average similarity reaches `threshold`.

    `members` must be in canonical order: ties go to the earlier pair. A missing edge counts as zero. Of each cluster
    only its best later partner waits in the heap, and is looked up again when its turn comes: a joined pair is never
    more like a third cluster than the liker of the two was, so nobody waits too far behind.
    """
    rank = {member: index for index, member in enumerate(members)}
    links = {
        rank[m]: {rank[o]: weight for o, weight in graph.get(m, {}).items() if o in rank} for m in members
    }  # fmt: skip
    clusters = {index: [index] for index in range(len(members))}
    heap = [_best(index, clusters, links) for index in clusters]
    heapq.heapify(heap)
    floor = -threshold * SCALE
    while heap and heap[0][0] <= floor:
        waiting = heap[0]
        _, a, b = waiting
        if a not in clusters:
            heapq.heappop(heap)
            continue
        if (now := _best(a, clusters, links)) == waiting:
            _join(a, b, clusters, links)
            now = _best(a, clusters, links)
        heapq.heapreplace(heap, now)
    return [[members[index] for index in sorted(cluster)] for _, cluster in sorted(clusters.items())]


def _best(a: int, clusters: dict[int, list[int]], links: dict[int, dict[int, int]]) -> tuple[float, int, int]:
    """The likest of the clusters after `a`, as (average with its sign turned, a, other)."""
    size, highest, likest = len(clusters[a]), 0.0, a
    for other, weight in links[a].items():
        if other > a:
            average = weight / (size * len(clusters[other]))
            if average > highest or (average == highest and other < likest):
                highest, likest = average, other
    return (-highest, a, likest)


def _join(a: int, b: int, clusters: dict[int, list[int]], links: dict[int, dict[int, int]]) -> None:
    clusters[a] += clusters.pop(b)
    row, gone = links[a], links.pop(b)
    row.pop(b, None)
    for other, weight in gone.items():
        if other != a:
            row[other] = row.get(other, 0) + weight
            links[other][a] = row[other]
            links[other].pop(b, None)
