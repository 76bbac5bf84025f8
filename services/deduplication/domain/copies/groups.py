"""Join articles into dispatches, strongest lineage first, without letting a round-up join what it gathers."""

from collections.abc import Collection, Mapping

from services.deduplication.domain.copies.credits import agreement
from services.deduplication.domain.copies.lineage import Lineage

Links = Mapping[str, Mapping[str, Lineage]]
"""Later article -> earlier article -> what the later is to it."""
ENOUGH_BY_WORDS, ENOUGH_BY_FEATURES = 0.5, 0.3
"""Share of the pairs between two groups that must be linked themselves before one link joins the groups."""
MOST_ASKED = 16
MOST_LINKS = 32
"""Of a text that hundreds print each article keeps its strongest links; one with so many counts as linked to all."""


class Groups:
    """Disjoint groups of articles, each under its smallest id; a function of the articles and their links."""

    def __init__(self, agencies: Mapping[str, frozenset[str]], links: Links) -> None:
        self._links = links
        self._group = {name: name for name in agencies}
        self._members = {name: [name] for name in agencies}
        self._agencies = dict(agencies)

    def all(self) -> list[list[str]]:
        """Every group, its members sorted."""
        return [self._members[name] for name in sorted(self._members)]

    def offer(self, later: str, link: Lineage) -> None:
        """Join the groups of two linked articles, if their credits and their other members allow it."""
        one, other = sorted((self._group[later], self._group[link.to or later]))
        if one != other and self._credits_allow(one, other, link) and self._members_allow(one, other, link):
            self._join(one, other)

    def _credits_allow(self, one: str, other: str, link: Lineage) -> bool:
        return link.word_for_word or agreement(self._agencies[one], self._agencies[other]) != "different"

    def _members_allow(self, one: str, other: str, link: Lineage) -> bool:
        left, right = self._members[one][:MOST_ASKED], self._members[other][:MOST_ASKED]
        if len(left) == len(right) == 1:
            return True
        linked = sum(self._linked(a, b) for a in left for b in right)
        enough = ENOUGH_BY_WORDS if link.by_words else ENOUGH_BY_FEATURES
        return linked >= enough * len(left) * len(right)

    def _linked(self, one: str, other: str) -> bool:
        mine, yours = self._links.get(one, {}), self._links.get(other, {})
        return other in mine or one in yours or max(len(mine), len(yours)) >= MOST_LINKS

    def _join(self, one: str, other: str) -> None:
        moved = self._members.pop(other)
        self._members[one] = sorted(self._members[one] + moved)
        self._group.update(dict.fromkeys(moved, one))
        self._agencies[one] |= self._agencies.pop(other)


def grouped(agencies: Mapping[str, frozenset[str]], links: Links) -> list[list[str]]:
    """The dispatches among these articles, as sorted ids."""
    groups = Groups(agencies, links)
    inside = [(link, later) for later in agencies for link in _within(links.get(later, {}), agencies)]
    inside.sort(key=lambda pair: (-pair[0].strength, pair[1], pair[0].to or ""))
    for link, later in inside:
        groups.offer(later, link)
    return groups.all()


def _within(links: Mapping[str, Lineage], names: Collection[str]) -> list[Lineage]:
    return [link for earlier, link in links.items() if earlier in names]
