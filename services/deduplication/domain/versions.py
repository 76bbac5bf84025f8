"""The versions of each article: the newest stands, the older ones are remembered as replaced."""

from dataclasses import dataclass
from datetime import datetime

MOST_VERSIONS = 8


@dataclass(frozen=True, slots=True)
class Kept:
    """One version: when it was received, and its account in few bytes."""

    version_id: str
    received: datetime
    packed: bytes
    preview: bool = False
    arrived: int = 0
    """The day it counts as received on (an ordinal): never before the newest day seen when it came."""

    @property
    def order(self) -> tuple[datetime, str]:
        """Later receipt wins; the id breaks ties."""
        return (self.received, self.version_id)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a delivered version is to those before it."""

    first: bool
    newest: bool

    @property
    def replaces(self) -> bool:
        """Whether an older version stood until now."""
        return self.newest and not self.first


class Versions:
    """Article id -> its versions, oldest first."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Kept, ...]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, article_id: str, version: Kept) -> Standing | None:
        """Remember a version; None where it was delivered before."""
        known = self._kept.get(article_id, ())
        if any(kept.version_id == version.version_id for kept in known):
            return None
        ordered = sorted((*known, version), key=lambda kept: kept.order)[-MOST_VERSIONS:]
        self._kept[article_id] = tuple(ordered)
        return Standing(first=not known, newest=ordered[-1] is version)

    def newest(self, article_id: str) -> Kept:
        """The version that stands."""
        return self._kept[article_id][-1]

    def packed(self, article_id: str) -> tuple[bytes, ...]:
        """All versions as bytes, oldest first."""
        return tuple(kept.packed for kept in self._kept[article_id])

    def all(self) -> dict[str, tuple[Kept, ...]]:
        """Every article with its versions, for a snapshot."""
        return dict(self._kept)

    def restore(self, kept: dict[str, tuple[Kept, ...]]) -> None:
        """Put a snapshot's versions in place."""
        self._kept = dict(kept)

    def drop(self, article_id: str) -> None:
        """Forget an article."""
        self._kept.pop(article_id, None)
