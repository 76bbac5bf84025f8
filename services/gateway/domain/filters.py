"""Which changes a subscriber wants. Every part that is given must agree; a part with several values, one of them."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass


def speaks(wanted: str, languages: AbstractSet[str]) -> bool:
    """Whether a language is among them: `fa` is every Persian, `fa-AF` is Dari alone."""
    return any(each == wanted or each.startswith(wanted + "-") for each in languages)


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Story ids, entity ids, languages (BCP 47) and kinds; an empty part lets everything through."""

    stories: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def accepts(self, story_id: str, kind: str, entities: AbstractSet[str], languages: AbstractSet[str]) -> bool:
        """Whether a change of this story, of this kind, with these entities and languages is wanted."""
        return (
            (not self.stories or story_id in self.stories)
            and (not self.kinds or kind in self.kinds)
            and (not self.entities or not self.entities.isdisjoint(entities))
            and (not self.languages or any(speaks(wanted, languages) for wanted in self.languages))
        )
