"""Numbers and dates on random and hostile text: spans slice the raw text, nothing breaks, the work stays linear."""

import datetime
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.extraction.domain.quantities import PublishedDay, Quantities, read_quantities
from services.extraction.domain.values import ArticleText, Span
from services.extraction.packs.quantities import load
from services.shared.text.calendars import to_gregorian, year_in
from tests.unit.extraction.quantity_samples import article, known

_LANGUAGES = ("eng", "fra", "rus", "ukr", "arb", "pes", "prs", "deu", "und")
_PIECES = [
    "27",
    "1,200",
    "1.5",
    "٣",
    "۲۷",
    "06.01.2026",
    "18:30",
    "2026",
    "-5",
    "+",
    "$",
    "€",
    "%",
    "°C",
    "-",
    "...",
    "(",
    ")",
    "/",
    "«",
    "»",
    "\n",
    "\u200c",
    "\u202e",
    "\ufeff",
    "�",
    "—",
    ",",
    "،",
    ".",
    "two",
    "million",
    "Tuesday",
    "January",
    "next",
    "ago",
    "soldiers",
    "خمسة",
    "وثلاثين",
    "ألف",
    "يوم",
    "الثلاثاء",
    "كانون",
    "الثاني",
    "دولتين",
    "قبل",
    "سی",
    "و",
    "پنج",
    "هزار",
    "نفر",
    "سهشنبه",
    "دی",
    "۱۴۰۴",
    "پیش",
    "двадцать",
    "семь",
    "тысяч",
    "человек",
    "вторник",
    "января",
    "назад",
    "двадцять",
    "п'ять",
    "осіб",
    "вересня",
    "тому",
    "quatre-vingt-dix",
    "millions",
    "mardi",
    "janvier",
    "une",
    "vingtaine",
    "بیستوهفت",
    "هشتصدهزارنفری",
    "между",
    "от",
    "до",
    "и",
    "по",
    "between",
    "from",
    "to",
    "and",
    "or",
]


def read(body: str, language: str) -> tuple[ArticleText, Quantities]:
    """All that is found in one paragraph."""
    text = article(body, language)
    return text, read_quantities(text, known(), load())


def spans(found: Quantities) -> list[Span]:
    """Every span of the reading."""
    return [
        *(one.span for one in found.dates),
        *(one.span for one in found.numbers),
        *(one.counted for one in found.numbers if one.counted),
        *(one for one in (found.published.span, found.event.span) if one),
    ]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40), st.sampled_from(_LANGUAGES), st.sampled_from(["", " ", "  "]))
def test_every_span_lies_in_the_text_whatever_it_says(pieces: list[str], language: str, joint: str) -> None:
    """No span is empty or leaves the body; values are finite and ranges rise."""
    text, found = read(joint.join(pieces), language)
    for span in spans(found):
        assert 0 <= span.start < span.end <= len(text.parts[0].raw)
        assert text.surface(span).strip()
    for one in found.numbers:
        assert abs(one.value) < 1e19
        assert one.high is None or one.value <= one.high
    for date in found.dates:
        assert date.day.year >= 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sampled_from(_LANGUAGES))
def test_any_text_is_read_without_a_fault(body: str, language: str) -> None:
    """Arbitrary Unicode never raises."""
    text, found = read(body, language)
    assert all(0 <= span.start < span.end <= len(body) for span in spans(found))
    assert text.parts == () or text.parts[0].raw == body


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 999_999), st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
def test_three_digit_sets_say_the_same(value: int, digits: str) -> None:
    """A count reads the same in Latin, Arabic-Indic and Persian digits."""
    written = "".join(digits[int(digit)] for digit in str(value))
    _, found = read(f"{written} نفر آمدند", "pes")
    assert [one.value for one in found.numbers] == [value]


@settings(max_examples=150, deadline=None)
@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 1, 1)))
def test_calendars_agree_with_themselves(day: datetime.date) -> None:
    """Every Gregorian day is found again in its Solar Hijri year."""
    year = year_in("solar_hijri", day)
    starts = (to_gregorian("solar_hijri", year, 1, 1), to_gregorian("solar_hijri", year + 1, 1, 1))
    assert all(starts)
    assert str(starts[0]) <= str(day) < str(starts[1])


@settings(max_examples=100, deadline=None)
@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2050, 1, 1)), st.integers(0, 6), st.integers(0, 200))
def test_an_assumed_day_is_only_ever_moved_back(day: datetime.date, weekday: int, late: int) -> None:
    """«Today, Tuesday» pins the latest such weekday not after the assumed day, whatever that day is."""
    names = ("دوشنبه", "سهشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
    text = article(f"او امروز {names[weekday]} گفت {late} نفر آمدند.", "pes")
    found = read_quantities(text, PublishedDay(day, "day", "assumed", 0.2), load()).published
    assert (found.value.weekday(), found.source) == (weekday, "text")
    assert datetime.timedelta(0) <= day - found.value < datetime.timedelta(days=7)


def calls(body: str, language: str) -> int:
    """How many function calls reading a text takes: a measure of work that no busy machine disturbs."""
    count = 0

    def counter(_frame: object, _event: str, _argument: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(counter)
    try:
        read(body, language)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("language", ["eng", "pes", "arb", "rus"])
@pytest.mark.parametrize(
    "hostile",
    [
        "1",
        "1,",
        "1 ",
        "9,999",
        "1-",
        "«",
        '"',
        "хх",
        "و",
        "صد و ",
        "هزار",
        "بیستو",
        "two ",
        "من ",
        "2026 ",
        "1.1.",
        "-5 °C ",
        "(1",
        "January ",
        "سه",
        "one or ",
        "half a ",
        "\n1. ",
        "+4 ",
    ],
)
def test_a_hostile_text_costs_no_more_than_its_length(language: str, hostile: str) -> None:
    """Twice the text takes about twice the work, however it is made up."""
    short, long = (hostile * (size // len(hostile)) for size in (1500, 3000))
    calls(long, language)  # fills what is read and cached once
    assert calls(long, language) <= 2.5 * calls(short, language) + 2000


def test_a_table_of_numbers_is_read_to_a_bound() -> None:
    """A hundred thousand numbers do not become a hundred thousand values."""
    _, found = read("17 " * 60_000, "eng")
    assert 1000 <= len(found.numbers) <= 2000
