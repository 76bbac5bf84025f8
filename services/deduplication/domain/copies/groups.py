"""Disjoint groups of ids whose representative is always the smallest id: a function of what was joined."""

from collections.abc import Iterable


class Groups:
    """Union-find over strings."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parent = {name: name for name in names}

    def find(self, name: str) -> str:
        """The smallest id of the group `name` is in."""
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, one: str, other: str) -> str:
        """Make one group of two; returns its representative."""
        smaller, larger = sorted((self.find(one), self.find(other)))
        self._parent[larger] = smaller
        return smaller

    def all(self) -> list[list[str]]:
        """Every group, sorted, its members sorted."""
        members: dict[str, list[str]] = {}
        for name in sorted(self._parent):
            members.setdefault(self.find(name), []).append(name)
        return [members[name] for name in sorted(members)]
