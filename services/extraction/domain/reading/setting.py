"""When and after what the article plays, as its first paragraph tells: the measure of what is older."""

import re
from dataclasses import dataclass
from datetime import date

from services.extraction.domain.reading.rules import Rules
from services.extraction.domain.reading.segments import Segment
from services.shared.text.calendars import month_names
from services.shared.text.fold import fold_text

_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"(?<!\d)(?:19|20|13|14)\d{2}(?!\d)")
_LANGUAGES = ("eng", "fra", "rus", "ukr", "arb", "fas")
_MONTHS = {fold_text(form.replace("_", " ")) for language in _LANGUAGES for form, *_ in month_names(language)}
_DAY = re.compile(rf"(?<!\d)\d{{1,2}}[ ](?:{'|'.join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))})(?!\w)")
_SINCE = re.compile(r"(?<!\w)(?:since|from|depuis|с|со|з|із|від|منذ|از)(?!\w)")
_FRONT_WORDS, _FRONT_YEAR, _STEM = 4, 36, 5
_FEW_DAYS = 3
_SOLAR_OFFSET = 621


@dataclass(frozen=True, slots=True)
class Setting:
    """The weekday (0-6 in the order of the packs' lists) and year of the news, and stems of what it comes after."""

    weekday: int | None
    year: int | None
    causes: frozenset[str]
    weekdays: tuple[tuple[str, int], ...]

    def retells(self, text: str, segment: Segment) -> bool:
        """Whether a paragraph opens with the event the news comes after, and dates it."""
        if not self.causes:
            return False
        opening = _WORD.findall(text, segment.start, min(segment.end, segment.start + 60))[:2]
        about = any(_stem(word) in self.causes for word in opening)
        return about and _DAY.search(text, segment.start, segment.end) is not None

    def is_of_earlier_day(self, folded: str) -> bool:
        """Whether a sentence is set, by its first words, on a weekday shortly before that of the news."""
        if self.weekday is None:
            return False
        front = " ".join(_WORD.findall(folded[:80])[:_FRONT_WORDS])
        day = _weekday(front, self.weekdays)
        return day is not None and 1 <= (self.weekday - day) % 7 <= _FEW_DAYS

    def is_of_earlier_year(self, folded: str) -> bool:
        """Whether a sentence is set, by its first words, in a year before that of the news."""
        found = _YEAR.search(folded[:_FRONT_YEAR])
        if self.year is None or not found or _SINCE.search(folded, 0, found.start()):
            return False
        year = int(found.group())
        return year < (self.year if year > 1500 else self.year - _SOLAR_OFFSET - 1)


def setting_of(text: str, segments: list[Segment], rules: Rules, published: date | None) -> Setting:
    """Read the setting out of the first two paragraphs; the year is that of publication, else the latest named."""
    paragraphs = [segment for segment in segments if segment.kind == "paragraph"][:2]
    lead = " ".join(text[segment.start : segment.end][:700] for segment in paragraphs)
    weekdays = rules.weekdays
    years = [int(found) for found in _YEAR.findall(text[:20_000]) if 1990 <= int(found) <= 2099]
    year = published.year if published else max(years, default=None)
    # A preview names the day to come: what was said on the days before it is today's news.
    ahead = any(_find_word(lead, word) >= 0 for word in rules.words.get("future", ()))
    weekday = None if ahead else _weekday(lead, weekdays)
    return Setting(weekday, year, _causes(lead, rules), weekdays)


def _weekday(text: str, weekdays: tuple[tuple[str, int], ...]) -> int | None:
    found = [(place, -len(name), day) for name, day in weekdays if (place := _find_word(text, name)) >= 0]
    return min(found)[2] if found else None


def _find_word(text: str, name: str) -> int:
    """Where a word begins with `name`; Arabic prefixes and Persian compounds are tried by the longer names first."""
    found = re.search(rf"(?<!\w){re.escape(name)}", text)
    return found.start() if found else -1


def _causes(lead: str, rules: Rules) -> frozenset[str]:
    causes: set[str] = set()
    for word in rules.words.get("after_event", ()):
        for found in re.finditer(rf"(?<!\w){re.escape(word)} ", lead):
            following = _WORD.findall(lead[found.end() : found.end() + 40])[:2]
            causes.update(_stem(one) for one in following if len(one) >= _STEM)
    return frozenset(causes)


def _stem(word: str) -> str:
    return word.removeprefix("و").removeprefix("ال")[:_STEM]
