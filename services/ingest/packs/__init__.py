"""Load the names of months and the words before printed dates."""

import tomllib
from importlib.resources import files

from services.ingest.domain.calendars import Calendar
from services.ingest.domain.dates import DateWords
from services.shared.text.fold import fold_text


def load() -> DateWords:
    """The words of dates in all languages, folded."""
    content = tomllib.loads(files(__package__).joinpath("dates.toml").read_text(encoding="utf-8"))
    months: dict[str, list[tuple[Calendar, int]]] = {}
    for calendar in Calendar:
        for number, names in content[calendar.value].items():
            for name in names:
                months.setdefault(fold_text(name), []).append((calendar, int(number)))
    printed = content["printed"]
    return DateWords(
        months={name: tuple(dict.fromkeys(meanings)) for name, meanings in months.items()},
        published=tuple(fold_text(words) for words in printed["published"]),
        updated=tuple(fold_text(words) for words in printed["updated"]),
    )
