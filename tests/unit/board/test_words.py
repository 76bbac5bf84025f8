"""Languages, dates, figures and characters as the reader sees them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.board.catalogue import words_in
from services.gateway.board.characters import harmless
from services.gateway.board.dates import moment
from services.gateway.board.preferences import interface_of
from services.gateway.board.quantities import figure
from services.gateway.board.scripts import direction_of, distance, lang_attribute, language_name
from services.gateway.board.story.sources import web_address
from services.gateway.board.texts import excerpt
from tests.unit.board.stories import SENTENCE, support


@pytest.mark.parametrize(
    ("value", "english", "persian", "dari", "arabic"),
    [
        ("2026-03-21", "21 March 2026", "۱ فروردین ۱۴۰۵", "۱ حمل ۱۴۰۵", "٢١ مارس ٢٠٢٦"),
        ("2026-03-20", "20 March 2026", "۲۹ اسفند ۱۴۰۴", "۲۹ حوت ۱۴۰۴", "٢٠ مارس ٢٠٢٦"),
        ("2026-06", "June 2026", "ژوئن ۲۰۲۶", "جون ۲۰۲۶", "يونيو ٢٠٢٦"),
        ("2026", "2026", "۲۰۲۶", "۲۰۲۶", "٢٠٢٦"),
    ],
)
def test_a_day_is_told_in_the_readers_calendar(value: str, english: str, persian: str, dari: str, arabic: str) -> None:
    """Solar Hijri with Iranian or Afghan months, Gregorian in English and Arabic; machines read ISO 8601 throughout."""
    told = [moment(value, words_in(each)) for each in ("en", "fa", "fa-AF", "ar")]
    assert [each.shown for each in told] == [english, persian, dari, arabic]
    assert {each.machine for each in told} == {value}


def test_a_moment_keeps_the_time_of_its_place() -> None:
    """An outlet's time is shown with its offset; our own time is UTC."""
    told = moment("2026-03-11T21:10:00+03:30", words_in("en"))
    assert told.shown == "11 March 2026, 21:10 UTC+03:30"
    assert told.machine == "2026-03-11T21:10:00+03:30"
    assert moment(datetime(2026, 3, 11, 17, 5, tzinfo=UTC), words_in("fa")).shown == "۲۰ اسفند ۱۴۰۴، ۱۷:۰۵ UTC"


@pytest.mark.parametrize("value", ["2026-13-40", "2026-99", "yesterday", "0000-00-00", "12026-1-1", "2026-03-11Tnoon"])
def test_what_is_no_date_is_shown_as_it_is(value: str) -> None:
    """A broken date breaks no page."""
    assert moment(value, words_in("en")).shown == value


@pytest.mark.parametrize(
    ("value", "amount", "unit"),
    [
        ("24 country", "24", "countries"),
        ("more_than 20 country", "more than 20", "countries"),
        ("6.5e+09 EUR", "6.5 billion", "euros"),
        ("30-40 percent", "30 to 40", "per cent"),
        ("at_least 1234 head of state", "at least 1,234", "heads of state"),
        ("6.1 magnitude", "6.1", "magnitude"),
        ("1e+30 km", "1e+30", "kilometres"),
        ("nothing of the kind", "nothing of the kind", None),
    ],
)
def test_a_figure_is_read_out(value: str, amount: str, unit: str | None) -> None:
    """Qualifier, number, range, scale and unit, in words."""
    shown = figure(value, words_in("en"))
    assert (shown.amount, shown.unit.text if shown.unit else None) == (amount, unit)


def test_a_figure_has_the_readers_digits() -> None:
    """Digits and separators are those of the interface."""
    assert figure("about 12345.5 km", words_in("fa")).amount == "حدود ۱۲٬۳۴۵٫۵"
    assert figure("6.5e+09 EUR", words_in("ar")).amount == "٦٫٥ مليار"


@pytest.mark.parametrize(
    ("language", "direction", "lang"),
    [
        ("fa-AF", "rtl", "fa-AF"), ("prs", "rtl", "fa-AF"), ("arb", "rtl", "ar"), ("ur", "rtl", "ur"),
        ("uk", "ltr", "uk"), ("eng", "ltr", "en"), ("und", "auto", ""), ("mul", "auto", ""), ("", "auto", ""),
        ("x\" onload=", "ltr", ""),
    ],
)  # fmt: skip
def test_every_language_has_a_direction_and_an_honest_tag(language: str, direction: str, lang: str) -> None:
    """What is not known is left to the text's first strong letter and gets no tag."""
    assert (direction_of(language), lang_attribute(language)) == (direction, lang)


def test_a_reader_is_given_the_nearest_language() -> None:
    """One's own, a variety of it, English, any other."""
    near = sorted(["ar", "en", "fa-AF", "fa-IR"], key=lambda each: distance(each, "fa"))
    assert near == ["fa-IR", "fa-AF", "en", "ar"]
    assert distance("fa-AF", "fa-AF") < distance("fa-IR", "fa-AF") < distance("en", "fa-AF")
    assert language_name("prs", "en") == "Dari"
    assert language_name("fa-AF", "ar") == "الدارية"
    assert language_name("xqz", "en") == "xqz"


@pytest.mark.parametrize(
    ("query", "cookies", "header", "interface"),
    [
        ({"ui": "ar"}, {"ui": "fa"}, "en", "ar"),
        ({"ui": "nonsense"}, {"ui": "fa"}, "en", "fa"),
        ({}, {}, "fa-AF,fa;q=0.9", "fa-AF"),
        ({}, {}, "prs", "fa-AF"),
        ({}, {}, "de;q=0.9, ar-EG;q=0.8, en;q=0.1", "ar"),
        ({}, {}, "en;q=0, fa;q=oops", "en"),
        ({}, {}, "," * 10_000, "en"),
    ],
)
def test_the_interface_is_what_the_reader_wants(
    query: dict[str, str], cookies: dict[str, str], header: str, interface: str
) -> None:
    """The address wins over the choice made before, that over the browser's languages; else it is English."""
    assert interface_of(query, cookies, header) == interface


@given(st.text())
def test_no_character_turns_the_page_around(text: str) -> None:
    """Nothing that steers direction or a terminal is left, overrides can be seen, and all of it can be sent."""
    shown = harmless(text)
    assert not any(chr(code) in shown for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0, 7, 27, 0x9B))
    assert shown.count("[RLO]") >= text.count("\u202e")
    shown.encode()


def test_a_lone_surrogate_can_be_shown() -> None:
    """Half a character, which no browser can be sent, is a question mark."""
    assert harmless("a\ud800b") == "a?b"


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://courier.example/a?b=c", True), ("http://courier.example", True), ("HTTPS://courier.example", True),
        ("javascript:alert(1)", False),
        ("javascript://courier.example/%0aalert(1)", False),
        (" javascript:alert(1)", False), ("data:text/html,x", False),
        ("//courier.example", False), ("https:", False), ("http://[broken", False), ("ftp://courier.example", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_linked(url: str, linked: bool) -> None:
    """A publisher's address that runs something or leads elsewhere is no link."""
    assert (web_address(url) == url) is linked


def test_an_excerpt_marks_the_stretch_in_its_sentence() -> None:
    """Joined it is the sentence; a span that does not lie in it is shown alone."""
    given_support = support("a", "12 person")
    shown = excerpt(given_support.span, given_support.sentence, "en")
    assert (shown.before + shown.marked + shown.after, shown.marked) == (SENTENCE, "12")
    elsewhere = given_support.span.model_copy(update={"part": "headline"})
    assert excerpt(elsewhere, given_support.sentence, "en").before == ""
