"""When and after what the article plays, as its first paragraph tells: the measure of what is older."""

import re
from dataclasses import dataclass
from datetime import date

from services.extraction.domain.reading.rules import Rules, WordList
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
    weekdays: WordList

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
        found = self.weekdays.first(front)
        return found is not None and 1 <= (self.weekday - found[1]) % 7 <= _FEW_DAYS

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
    ahead = rules.has_word("future", lead)
    weekday = None if ahead else weekdays.first(lead)
    return Setting(weekday[1] if weekday else None, year, _causes(lead, rules), weekdays)


def _causes(lead: str, rules: Rules) -> frozenset[str]:
    causes: set[str] = set()
    after = rules.words.get("after_event")
    for found in after.regex.finditer(lead) if after else ():
        if lead[found.end() : found.end() + 1] == " ":
            following = _WORD.findall(lead[found.end() : found.end() + 40])[:2]
            causes.update(_stem(one) for one in following if len(one) >= _STEM)
    return frozenset(causes)


def _stem(word: str) -> str:
    return word.removeprefix("و").removeprefix("ال")[:_STEM]
