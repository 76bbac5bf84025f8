"""When an article was published, and how sure that is."""

from datetime import UTC, datetime

import pytest

from services.ingest.domain.publication import Publication, Told, publication
from services.ingest.packs import load

RECEIVED = datetime(2026, 1, 7, 12, tzinfo=UTC)
WORDS = load()


def told(header: str | None = None, meta: str | None = None, url: str | None = None, body: str = "") -> Publication:
    """The publication read from these sources."""
    return publication(Told(header, meta, url, body, RECEIVED), WORDS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-09-04", "2025-09-04"),
        ("2025-09-04T14:00:00Z", "2025-09-04T14:00:00+00:00"),
        ("2025-09-04 14:00", "2025-09-04"),
        ("Thu, 04 Sep 2025 14:00:00 +0300", "2025-09-04T14:00:00+03:00"),
        ("1757000000", "2025-09-04T15:33:20+00:00"),
        ("1757000000000", "2025-09-04T15:33:20+00:00"),
        ("20260106", "2026-01-06"),
        ("04.09.2025", "2025-09-04"),
        ("1404/10/16", "2026-01-06"),
        ("۱۴۰۴/۱۰/۱۶ - ۱۲:۳۰", "2026-01-06"),
        ("سه‌شنبه ۱۶ دی ۱۴۰۴", "2026-01-06"),
        ("۱۶ جدی ۱۴۰۴", "2026-01-06"),
        ("6 كانون الثاني/يناير 2026", "2026-01-06"),
        ("٦ يناير ٢٠٢٦", "2026-01-06"),
        ("17 رجب 1447", "2026-01-06"),
        ("6 січня 2026, 17:32", "2026-01-06"),
        ("6 января 2026 г.", "2026-01-06"),
        ("6 janvier 2026 à 17h30", "2026-01-06"),
        ("January 6, 2026", "2026-01-06"),
        ("2026-01", "2026-01"),
    ],
)
def test_a_field_is_read_in_every_form(text: str, value: str) -> None:
    """Three calendars, three digit sets, seven languages, seconds since 1970."""
    found = told(header=text)
    assert (found.when.value, found.source) == (value, "header")


@pytest.mark.parametrize(
    "text", ["yesterday", "0001-01-01", "1970-01-01", "2026-02-30", "2031-01-01", "99999999999999", ""]
)
def test_what_cannot_be_true_is_passed_over(text: str) -> None:
    """Words, defaults, impossible and future days leave the next source to speak."""
    found = told(header=text, url="https://n.example/2026/01/05/bridge")
    assert (found.when.value, found.source) == ("2026-01-05", "url")


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://n.example/2026/01/06/x", "2026-01-06"),
        ("https://n.example/1404/10/16/x", "2026-01-06"),
        ("https://n.example/news-20260106.html", "2026-01-06"),
        ("https://n.example/2026/01/slug", "2026-01"),
    ],
)
def test_an_address_tells_the_day(url: str, value: str) -> None:
    """Days and months in addresses are read, in both calendars."""
    assert told(url=url).when.value == value


@pytest.mark.parametrize(
    ("body", "value", "surface"),
    [
        (" date 2025-09-04 The bridge", "2025-09-04", "2025-09-04"),
        ("تاریخ انتشار: ۱۶ دی ۱۴۰۴\nپل باز شد", "2026-01-06", "۱۶ دی ۱۴۰۴"),
        ("Published: 6 January 2026\nThe bridge", "2026-01-06", "6 January 2026"),
        ("Опубліковано: 26 жовтня 2025 17:32\nМіст", "2025-10-26", "26 жовтня 2025 17:32"),
        ("منتشر شده در ۱۴۰۴/۱۰/۱۶\nپل", "2026-01-06", "۱۴۰۴/۱۰/۱۶"),
        ("نُشر في 6 كانون الثاني 2026\nالجسر", "2026-01-06", "6 كانون الثاني 2026"),
        ("جمعه ۱۴۰۴/۰۸/۰۹\n\nپل", "2025-10-31", "۱۴۰۴/۰۸/۰۹"),
    ],
)
def test_a_printed_date_line_tells_the_day_and_its_place(body: str, value: str, surface: str) -> None:
    """The first lines may say when; the span is exactly the date."""
    found = told(body=body)
    assert (found.when.value, found.source) == (value, "text")
    assert found.place is not None
    assert body[found.place[0] : found.place[1]] == surface


def test_a_date_in_a_sentence_is_no_date_line() -> None:
    """What the article tells of is not when it was published."""
    assert told(body="On 5 January 2026 the leaders met on the bridge.").source == "assumed"


def test_nothing_told_is_assumed_with_little_confidence() -> None:
    """The day of receipt is a guess, and says so."""
    found = told(body="The bridge is open.")
    assert (found.when.value, found.source) == ("2026-01-07", "assumed")
    assert found.confidence < 0.5


def test_sources_that_contradict_each_other_make_less_sure() -> None:
    """A crawl date far from the address's date is kept, and doubted."""
    sure, doubted = (
        told("2025-09-04", url="https://n.example/2025/09/04/x"),
        told("2025-09-04", url="https://n.example/2021/09/04/x"),
    )
    assert doubted.when == sure.when
    assert doubted.confidence < sure.confidence


def test_an_ambiguous_day_and_month_is_less_sure() -> None:
    """04/09/2025 may be read in two ways."""
    assert told("04/09/2025").confidence < told("24/09/2025").confidence
