"""The words of the interface: one catalogue a language, as data, with plurals and digits of its own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from services.gateway.board.characters import harmless
from services.gateway.board.scripts import direction_of
from services.gateway.board.texts import Text

FOLDER = Path(__file__).parent / "catalogues"
INTERFACES = ("en", "fa", "fa-AF", "ar")
_LAID_OVER = {"fa-AF": "fa"}
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """One language of the interface. `words("page.key", n=3)` is a text of it."""

    interface: str
    table: Table
    plurals: Locale

    def __call__(self, key: str, /, **values: Any) -> str:
        """The words under a key, filled in; numbers in the digits of the interface."""
        found = self.table[key]
        if isinstance(found, Mapping):
            found = found.get(self.plurals.plural_form(values["n"]), found["other"])
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return str(found).format_map({name: harmless(str(value)) for name, value in shown.items()})

    @property
    def direction(self) -> str:
        """The direction of the page."""
        return direction_of(self.interface)

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return str(self.table["self.name"])

    def listed(self, *parts: str) -> str:
        """Words one after the other, with the comma of the language."""
        return str(self.table["self.comma"]).join(parts)

    def term(self, section: str, name: str) -> Text:
        """An open list's word (a unit, an item); where the catalogue has none, the English id in words."""
        found = self.table.get(f"{section}.{name}")
        return Text(found, self.interface) if found else Text(name.replace("_", " "), "en")

    def digits(self, text: str) -> str:
        """Latin digits as digits of the interface."""
        return text.translate(str.maketrans("0123456789", self.table["self.digits"]))

    def number(self, value: float, places: int = 0) -> str:
        """A number with the digits and separators of the interface."""
        grouping, point = self.table["self.separators"]
        plain = f"{value:,.{places}f}"
        return self.digits(plain.replace(",", "\0").replace(".", point).replace("\0", grouping))

    def share(self, value: float) -> str:
        """A share of one, in per cent."""
        return self.number(round(value * 100)) + ("%" if self.interface == "en" else "٪")


@cache
def words_in(interface: str) -> Words:
    """The catalogue of an interface language."""
    table = dict(_flat(_read(_LAID_OVER[interface]))) if interface in _LAID_OVER else {}
    table |= _flat(_read(interface))
    return Words(interface, table, Locale.parse(interface, sep="-"))


def _read(interface: str) -> Table:
    return tomllib.loads((FOLDER / f"{interface}.toml").read_text(encoding="utf-8"))


def _flat(sections: Table) -> dict[str, Any]:
    """`section.key` for every key; the plurals, `count.key`, keep their forms."""
    return {
        f"{section}.{key}": {form: str(text) for form, text in value.items()} if isinstance(value, dict) else value
        for section, entries in sections.items()
        for key, value in entries.items()
    }
