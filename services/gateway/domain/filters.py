"""Which changes a subscriber wants. Every part that is given must agree; a part with several values, one of them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NamedTuple


def speaks(wanted: str, languages: AbstractSet[str]) -> bool:
    """Whether a language is among them: `fa` is every Persian, `fa-AF` is Dari alone."""
    return any(each == wanted or each.startswith(wanted + "-") for each in languages)


class Told(NamedTuple):
    """What filters ask of a change."""

    story_id: str
    kind: str
    links_only: bool
    entities: AbstractSet[str]
    languages: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Story ids, entity ids, languages (BCP 47) and kinds; an empty part lets everything through. Without `links`,
    changes that tell of links only are left out.
    """

    stories: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    links: bool = True

    def accepts(self, change: Told) -> bool:
        """Whether a change is wanted."""
        return (
            (self.links or not change.links_only)
            and (not self.stories or change.story_id in self.stories)
            and (not self.kinds or change.kind in self.kinds)
            and (not self.entities or not self.entities.isdisjoint(change.entities))
            and (not self.languages or any(speaks(wanted, change.languages) for wanted in self.languages))
        )

    def to_plain(self) -> dict[str, Any]:
        """The filter as JSON values, by part."""
        return {part: sorted(getattr(self, part)) for part in _SETS} | {"links": self.links}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "ChangeFilter":
        """The filter behind JSON values; a part that is missing lets everything through."""
        return cls(**{part: frozenset(plain.get(part, ())) for part in _SETS}, links=plain.get("links", True))


_SETS = ("stories", "entities", "languages", "kinds")
