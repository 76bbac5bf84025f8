"""The words of numbers and dates, a table per language, read into the values the domain works with.

`words/<language>.tsv`: kind, value, forms separated by ` | `; `stem{a,b}` writes out endings.
`words/units.tsv`: what can be counted, a column per language. `words/cldr.tsv`: months and weekdays of further
languages, written by `python -m services.extraction.packs.quantities.from_cldr`.
"""

import functools
import re
from collections.abc import Iterator
from importlib.resources import files

from services.extraction.domain.quantities.lexicon import Lexicon, QuantityPack, Row, index_rows, plain_words
from services.extraction.packs.quantities import inflection
from services.shared.text.calendars import month_names, weekday_names
from services.shared.text.fold import fold_text

VERSION = "2026.1"
_LANGUAGES = ("eng", "fas", "arb", "ukr", "rus", "fra")
# in Arabic and Persian a full stop before three digits is a separator of thousands as often as not
_DECIMALS = {"eng": ".", "ukr": ",", "rus": ",", "fra": ","}
_CLITICS = re.compile("(?:[وف]?[بلک]?ل?(?:ال)?)")


@functools.cache
def load() -> QuantityPack:
    """The pack, read once."""
    tables = {language: list(_rows(language)) for language in _LANGUAGES}
    lexicons = {language: _lexicon(language, rows) for language, rows in tables.items()}
    lexicons["pes"] = lexicons["prs"] = lexicons["fas"]
    for language, rows in _further().items():
        lexicons.setdefault(language, _lexicon(language, rows))
    return QuantityPack(VERSION, lexicons)


def _lexicon(language: str, rows: list[Row]) -> Lexicon:
    index = index_rows(rows)
    return Lexicon(
        language=language,
        index=index,
        plain=plain_words(index),
        glue=_glue(rows) if language == "fas" else None,
        clitics=_CLITICS if language == "arb" else None,
        decimal=_DECIMALS.get(language, ""),
    )


def _lines(name: str) -> Iterator[list[str]]:
    text = (files(__package__) / "words" / name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def _rows(language: str) -> Iterator[Row]:
    for kind, value, forms in _lines(f"{language}.tsv"):
        for form in _split(forms):
            yield Row(kind, value, form)
    yield from inflection.number_words(language)
    yield from _calendar_rows(language)
    column = 2 + _LANGUAGES.index(language)
    for cells in _lines("units.tsv"):
        for kind, form in inflection.units(language, cells[column] if column < len(cells) else ""):
            yield Row(kind, f"{cells[1]}:{cells[0]}", form)


def _calendar_rows(language: str) -> Iterator[Row]:
    for form, calendar, month, weak in month_names(language):
        yield Row("month?" if weak else "month", f"{calendar}:{month}", form)
    for form, weekday, weak in weekday_names(language):
        yield Row("weekday?" if weak else "weekday", str(weekday), form)


def _split(forms: str) -> Iterator[str]:
    for form in forms.split("|"):
        if form.strip() and not form.rstrip().endswith("?"):
            yield from inflection.endings(form.strip())


def _further() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for language, kind, value, form in _lines("cldr.tsv"):
        found.setdefault(language, []).append(Row(kind, value, form))
    return found


def _glue(rows: list[Row]) -> re.Pattern[str]:
    """Persian number words written together, with the noun they count where it is glued on too."""
    words = {fold_text(row.form) for row in rows if row.kind in ("number", "number?", "one") and " " not in row.form}
    tails = {fold_text(row.form) for row in rows if row.kind == "unit" and " " not in row.form} | {
        "نفری",
        "نفره",
        "تن",
        "نفر",
    }
    number = "|".join(sorted(words, key=len, reverse=True))
    tail = "|".join(sorted((t for t in tails if len(t) > 2), key=len, reverse=True))
    return re.compile(f"(?:{number})(?:و?(?:{number}))*?(?:{tail})?$")
