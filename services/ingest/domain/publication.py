"""When an article was published: from the publisher's field, the page, the address or the text, else assumed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from services.ingest.domain.calendars import calendar_of_year
from services.ingest.domain.dates import DateWords, When, find_when, parse_when
from services.shared.text.calendars import to_gregorian
from services.shared.text.fold import fold

Source = Literal["header", "meta", "url", "text", "assumed"]
_CONFIDENCE: dict[Source, float] = {"header": 0.95, "meta": 0.9, "url": 0.85, "text": 0.85, "assumed": 0.3}
_EARLIEST = date(1995, 1, 1)  # before the news was on the web a "date" is an empty field's default
_FUTURE = timedelta(days=2)
_DISAGREE = timedelta(days=2)
_GUESSED, _CONTESTED = 0.75, 0.7
_LINES, _LINE_LENGTH = 6, 160
_URL_DAY = re.compile(r"(?<!\d)(\d{4})[/_-](\d{1,2})[/_-](\d{1,2})(?!\d)")
_URL_COMPACT = re.compile(r"(?<![\d\w])((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})(?=/)")


@dataclass(frozen=True, slots=True)
class Publication:
    """When, where that was read, how sure one may be; `place` is its raw span in the body, where the text told it."""

    when: When
    source: Source
    confidence: float
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that may tell a date of publication."""

    header: str | None
    meta: str | None
    url: str | None
    body: str
    received: datetime


def publication(told: Told, words: DateWords) -> Publication:
    """The first believable date; less sure where the sources contradict each other."""
    found = [one for one in _sources(told, words) if _believable(one.when, told.received)]
    if not found:
        assumed = When(told.received.date())
        return Publication(assumed, "assumed", _CONFIDENCE["assumed"])
    best = found[0]
    factor = _CONTESTED if any(_contradicts(best.when, other.when) for other in found[1:]) else 1.0
    factor *= 1.0 if best.when.clear else _GUESSED
    return Publication(best.when, best.source, round(best.confidence * factor, 3), best.place)


def _believable(when: When, received: datetime) -> bool:
    return _EARLIEST <= when.day <= received.date() + _FUTURE


def _contradicts(one: When, other: When) -> bool:
    if "month" in (one.precision, other.precision):
        return (one.day.year, one.day.month) != (other.day.year, other.day.month)
    return abs(one.day - other.day) > _DISAGREE


def _sources(told: Told, words: DateWords) -> Iterator[Publication]:
    fields: tuple[tuple[Source, str | None], ...] = (("header", told.header), ("meta", told.meta))
    for source, text in fields:
        when = parse_when(text, told.received, words) if text else None
        if when:
            yield Publication(when, source, _CONFIDENCE[source])
    day = day_in_url(told.url)
    if day:
        yield Publication(day, "url", _CONFIDENCE["url"])
    yield from _in_text(told, words)
    month = None if day else month_in_url(told.url)
    if month:
        yield Publication(month, "url", _CONFIDENCE["url"])


def day_in_url(url: str | None) -> When | None:
    """The day in an address like /2026/01/06/, /1404/10/16/, -20260106."""
    for pattern in (_URL_DAY, _URL_COMPACT):
        for found in pattern.finditer(url or ""):
            year, month, day = (int(part) for part in found.groups())
            calendar = calendar_of_year(year)
            gregorian = to_gregorian(calendar, year, month, day) if calendar else None
            if gregorian:
                return When(gregorian)
    return None


def month_in_url(url: str | None) -> When | None:
    """The month in an address like /2026/01/."""
    found = _URL_MONTH.search(url or "")
    if not found or not 1 <= int(found.group(2)) <= 12:
        return None
    return When(date(int(found.group(1)), int(found.group(2)), 1), "month")


def _in_text(told: Told, words: DateWords) -> Iterator[Publication]:
    """The first lines, and the last, where one begins with a word of publication or is nothing but a date."""
    starts = [found.start() for found in re.finditer(r"[^\n]+", told.body[:4000])][:_LINES]
    tail = max(told.body.rfind("\n") + 1, len(told.body) - _LINE_LENGTH)
    for start in dict.fromkeys([*starts, tail]):
        line = told.body[start : start + _LINE_LENGTH].split("\n", 1)[0]
        found = _in_line(line, told.received, words)
        if found:
            when, begin, end = found
            yield Publication(when, "text", _CONFIDENCE["text"], (start + begin, start + end))
            return


def _in_line(line: str, received: datetime, words: DateWords) -> tuple[When, int, int] | None:
    folded = fold(line)
    text = folded.text
    begin = len(text) - len(text.lstrip())
    marker = _marker(text[begin:], words)
    found = find_when(text, received, words) if marker is not None or _is_short(text) else None
    if found is None:
        return None
    when, start, end = found
    before = text[begin + (marker or 0) : start].strip(" :,،|-")
    alone = not before and (marker is not None or not text[end:].strip(" :.,،|-"))
    weekday = len(before) <= 12 and (marker is not None or not text[end:].strip(" :.,،|-"))
    if not (alone or weekday):
        return None
    return (when, *folded.raw_span(start, end))


def _is_short(text: str) -> bool:
    return len(text) <= 60


def _marker(text: str, words: DateWords) -> int | None:
    """The length of the word of publication a line begins with."""
    lengths = [len(word) for word in words.published if text.startswith(word) and not text[len(word) :][:1].isalpha()]
    return max(lengths, default=None)
