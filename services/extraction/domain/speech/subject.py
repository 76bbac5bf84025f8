"""A subject's knowledge of commitments and positions: items, positions and how firmness is worded, by language."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.extraction.domain.speech.lexicon import Lexicon
from services.extraction.domain.speech.values import Modality, Polarity


@dataclass(frozen=True, slots=True)
class Pattern:
    """An item or position: found where each of the lists of one alternative stands within `near` words.

    Each alternative is a set of needs; a need is met by any of its lists. `over` names the items it takes the place of.
    """

    id: str
    alternatives: tuple[tuple[tuple[str, ...], ...], ...]
    near: int
    actor: str | None = None
    default: Modality | None = None
    always: Modality | None = None
    over: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()  # lists without one of which no alternative can be met


@dataclass(frozen=True, slots=True)
class Firmness:
    """A way of wording a modality: the earlier its rank, the more it outweighs others.

    `wide`: it governs all that follows in its sentence; `anywhere`: from behind as well; `weak`: an item's own default
    outweighs it; `clear`: it binds by itself, whatever the item.
    """

    list: str
    modality: Modality
    rank: int
    polarity: Polarity
    clear: bool
    wide: bool
    weak: bool
    anywhere: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject pack, ready for use. `lexicons` is by language code; list names are shared by all of them."""

    name: str
    version: str
    lexicons: Mapping[str, Lexicon]
    items: tuple[Pattern, ...]
    positions: tuple[Pattern, ...]
    firmness: Mapping[str, Firmness]
