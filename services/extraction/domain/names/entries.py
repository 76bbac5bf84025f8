"""What a gazetteer is made of: entries with their forms, roles with their holders, and the words around names."""

from dataclasses import dataclass, field
from typing import Literal

EntryType = Literal["person", "organisation", "place", "concept", "demonym"]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name. `language` is eng, fra, ukr, rus, arb or fas (Iranian Persian and Dari)."""

    text: str
    language: str
    weak: bool = False  # links only where the entry is named in full elsewhere in the article, or by a title
    exact: bool = False  # takes no endings
    lower: bool = False  # may stand without a capital
    near: tuple[str, ...] = ()  # a weak form links also where one of these entries is named


@dataclass(frozen=True, slots=True)
class Entry:
    """A person, organisation, place, topic concept, or the demonym of a country (`id` is then `<country>_dem`)."""

    id: str
    type: EntryType
    name: str
    wikidata: str | None = None
    strong: bool = False  # a person whose surname alone is enough
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held a role of a country or body, and when; dates are ISO, empty means open."""

    role: str
    of: str
    holder: str
    since: str = ""
    until: str = ""

    def covers(self, day: str | None) -> bool:
        """Whether the tenure holds on the ISO day; without a day only a tenure that is still open does."""
        if day is None:
            return not self.until
        return (not self.since or self.since <= day) and (not self.until or day < self.until)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that matters beside a name: `kind` is role:<id>, body:<id>, owned:<id>, title or former."""

    kind: str
    text: str
    language: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything beside the entries: words, tenures, composed bodies and given names."""

    words: tuple[Word, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    bodies: dict[tuple[str, str], str] = field(default_factory=dict)  # (body kind, country) -> entry id
    body_names: dict[str, str] = field(default_factory=dict)  # body kind -> "{} government"
    given: frozenset[str] = frozenset()  # folded given names
    common: frozenset[str] = frozenset()  # folded words that are no part of a name
