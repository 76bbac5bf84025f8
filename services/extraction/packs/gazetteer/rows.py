"""Read the entry files: one entry a line, columns parted by `|`, spellings of one column by `/`.

`id|type|name|wikidata|eng|fra|ukr|rus|arb|fas`; the type may carry `*`: a person known by the surname
alone, or `-`: one who has none (monarchs, popes). The name itself is an English spelling too.
A spelling may begin with `?` (links only after the full name), `=` (takes no endings, gives no surname), `~`
(may stand without a capital). `@a,b` at its end: it links also where entry a or b is named. `+` begins a surname.
"""

import re
from collections.abc import Iterable, Iterator

from services.extraction.domain.names import Entry, Form

PLAIN_NAME = re.compile(r"(?:^|/)=")  # where an exact spelling is given, the name is spelt out on purpose
NAMED = ("person", "organisation", "place")
LANGUAGES = ("eng", "fra", "ukr", "rus", "arb", "fas")


def read_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Entries of the lines; empty ones and `#` comments are skipped."""
    for line in lines:
        if line and not line.startswith("#"):
            yield read_entry(line)


def read_entry(line: str) -> Entry:
    """One entry of one line."""
    key, kind, name, wikidata, *cells = line.split("|")
    if kind.rstrip("*-") in NAMED and name and "(" not in name and not PLAIN_NAME.search(cells[0]):
        cells[0] = "/".join(filter(None, (name, cells[0])))
    unnamed = kind.endswith("-")
    forms = tuple(
        read_form(text + "+" * unnamed, language)
        for language, cell in zip(LANGUAGES, cells, strict=True)
        for text in cell.split("/")
        if text
    )
    return Entry(key, kind.rstrip("*-"), name, wikidata or None, kind.endswith("*"), forms)  # type: ignore[arg-type]


def read_form(text: str, language: str) -> Form:
    """One spelling with its markers."""
    text, _, near = text.partition("@")
    bare = text.lstrip("?=~")
    marks = text[: len(text) - len(bare)]
    return Form(bare, language, "?" in marks, "=" in marks, "~" in marks, tuple(near.split(",")) if near else ())
