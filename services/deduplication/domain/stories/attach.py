"""Briefs join the story they are a part of.

A text of one sentence resembles the few articles with the same angle and none of the others, so its average is low. A
small group therefore also joins a larger one whose nearest members are clearly like it, when no other group comes near.
"""

from collections.abc import Mapping, Sequence

from services.deduplication.domain.stories.linkage import SCALE, Graph
from services.deduplication.domain.stories.settings import StorySettings


def attach(
    members: Sequence[int], clusters: Sequence[list[int]], graph: Graph, settings: StorySettings
) -> list[list[int]]:
    """The clusters after small ones joined; decided for all of them at once, so that no order matters."""
    home = {member: index for index, cluster in enumerate(clusters) for member in cluster}
    joins = {
        index: target
        for index, cluster in enumerate(clusters)
        if (target := _target(index, clusters, home, graph, settings)) is not None
    }
    grown = [list(cluster) for cluster in clusters]
    for index in joins:
        grown[_last(index, joins)] += clusters[index]
    rank = {member: position for position, member in enumerate(members)}
    return [sorted(cluster, key=rank.__getitem__) for index, cluster in enumerate(grown) if index not in joins]


def _last(index: int, joins: Mapping[int, int]) -> int:
    """Where a group ends that joins one that joins another; each is larger than the one before."""
    while index in joins:
        index = joins[index]
    return index


def _is_host(host: int, guest: int, settings: StorySettings) -> bool:
    return host > settings.attach_size and host >= settings.attach_times * guest


def _target(
    index: int, clusters: Sequence[list[int]], home: Mapping[int, int], graph: Graph, settings: StorySettings
) -> int | None:
    near: dict[int, list[int]] = {}
    for member in clusters[index]:
        for other, weight in graph.get(member, {}).items():
            if home[other] != index and _is_host(len(clusters[home[other]]), len(clusters[index]), settings):
                near.setdefault(home[other], []).append(weight)
    count = settings.attach_nearest * len(clusters[index])
    likeness = {target: sum(sorted(weights)[-count:]) / count for target, weights in near.items()}
    scores = sorted(((score, -target) for target, score in likeness.items()), reverse=True)
    bar = settings.attach if len(clusters[index]) <= settings.attach_size else settings.attach_group
    if not scores or scores[0][0] < bar * SCALE:
        return None
    if len(scores) > 1 and scores[0][0] < scores[1][0] * settings.attach_lead:
        return None
    return -scores[0][1]
