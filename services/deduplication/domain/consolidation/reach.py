"""How much of a very large story is read: every source before a second word of one."""

from collections.abc import Iterable, Sequence

from services.deduplication.domain.consolidation.facts import Voiced
from services.deduplication.domain.copies.dispatch import Dispatch

MOST_READ = 200
"""Articles whose statements, names and days are read; the others are counted and listed."""
MOST_OF_A_KIND = 1_200
"""Figures of a story that are compared with each other, and quotations."""


def read_in_full(dispatches: Iterable[Dispatch]) -> frozenset[str]:
    """The first article of every dispatch, then the second of every one, and so on: a function of the set."""
    ranked = [(rank, number, name) for number, d in enumerate(dispatches) for rank, name in enumerate(d.articles)]
    return frozenset(name for _, _, name in sorted(ranked)[:MOST_READ])


def heard(voiced: Sequence[Voiced]) -> list[Voiced]:
    """Of very many statements of one kind those that stand first in their articles; the order stays."""
    ranks: dict[str, list[tuple[int, int]]] = {}
    counts: dict[tuple[str, str], int] = {}
    for place, voice in enumerate(voiced):
        said = (voice.article.article_id, voice.statement.kind)
        counts[said] = counts.get(said, 0) + 1
        ranks.setdefault(voice.statement.kind, []).append((counts[said], place))
    kept = sorted(place for rows in ranks.values() for _, place in sorted(rows)[:MOST_OF_A_KIND])
    return list(voiced) if len(kept) == len(voiced) else [voiced[place] for place in kept]
