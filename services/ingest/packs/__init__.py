"""Load the names of months and the words before printed dates."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from services.ingest.domain.dates import DateWords
from services.shared.text.calendars import Calendar, month_names
from services.shared.text.fold import fold_text

_LANGUAGES = ("eng", "fra", "rus", "ukr", "arb", "fas")
_SHORT_FORMS: tuple[Calendar, ...] = ("gregorian", "solar_hijri")


def load() -> DateWords:
    """The words of dates in all languages, folded."""
    content = tomllib.loads(files(__package__).joinpath("dates.toml").read_text(encoding="utf-8"))
    months: dict[str, list[tuple[Calendar, int]]] = {}
    for name, calendar, number in _months(content):
        months.setdefault(fold_text(name), []).append((calendar, number))
    printed = content["printed"]
    return DateWords(
        months={name: tuple(dict.fromkeys(meanings)) for name, meanings in months.items()},
        published=tuple(fold_text(words) for words in printed["published"]),
        updated=tuple(fold_text(words) for words in printed["updated"]),
    )


def _months(content: dict[str, Any]) -> Iterator[tuple[str, Calendar, int]]:
    for language in _LANGUAGES:
        yield from ((name, calendar, number) for name, calendar, number, _ in month_names(language))
    for calendar in _SHORT_FORMS:
        for number, names in content[calendar].items():
            yield from ((name, calendar, int(number)) for name in names)
