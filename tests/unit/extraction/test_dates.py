"""Dates of the news: one sample per kind of expression, published on Tuesday, 6 January 2026 unless said."""

import datetime

import pytest

from services.extraction.packs.quantities import load
from services.shared.text.calendars import month_names, to_gregorian, weekday_names
from tests.unit.extraction.quantity_samples import TUESDAY, dates, days

WEDNESDAY = TUESDAY + datetime.timedelta(days=1)
_LANGUAGES = ("eng", "fra", "rus", "ukr", "arb", "fas")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("eng", "They met on Tuesday, January 6, 2026.", ["2026-01-06"]),
        ("eng", "They met on 4 September and on Jan. 3.", ["2025-09-04", "2026-01-03"]),
        ("eng", "On Sunday, 14 December, it rained.", ["2025-12-14"]),
        ("eng", "Signed on the 5th of March 2024.", ["2024-03-05"]),
        ("eng", "Between 15-17 January they rest.", ["2026-01-15", "2026-01-17"]),
        ("eng", "War began in February 2022.", ["2022-02"]),
        ("eng", "Talks go on since May.", ["2025-05"]),
        ("eng", "He may march on.", []),
        ("eng", "In 2014 and by 2030.", ["2014", "2030"]),
        ("eng", "They spoke yesterday and meet tomorrow.", ["2026-01-05", "2026-01-07"]),
        ("eng", "The day before yesterday it snowed.", ["2026-01-04"]),
        ("eng", "Last month, this year and two months ago.", ["2025-12", "2026", "2025-11"]),
        ("eng", "Last week nothing happened for three weeks.", []),
        ("fra", "Le mardi 6 janvier 2026 au matin.", ["2026-01-06"]),
        ("fra", "Le 1er mars 2025, puis hier soir.", ["2025-03-01", "2026-01-05"]),
        ("fra", "Il y a deux ans, en février 2022.", ["2024", "2022-02"]),
        ("rus", "Во вторник, 6 января 2026 года.", ["2026-01-06"]),
        ("rus", "Шестого января и двадцать пятого декабря.", ["2026-01-06", "2025-12-25"]),
        ("rus", "06.01.2026 и 5-го марта 2025 года.", ["2026-01-06", "2025-03-05"]),
        ("rus", "Два года назад, в 2014 году.", ["2024", "2014"]),
        ("ukr", "У неділю, 14 грудня, йшов дощ.", ["2025-12-14"]),
        ("ukr", "Шостого січня, позавчора.", ["2026-01-06", "2026-01-04"]),
        ("ukr", "У лютому 2022 року лютий мороз.", ["2022-02"]),
        ("ukr", "4 вересня цього року", ["2026-09-04"]),
        ("arb", "يوم الثلاثاء 6 يناير 2026.", ["2026-01-06"]),
        ("arb", "منذ تشرين الثاني/نوفمبر.", ["2025-11"]),
        ("arb", "في 4 أيلول (سبتمبر) وفي غشت.", ["2025-09-04", "2025-08"]),
        ("arb", "5 جانفي 2025 و12 أوت 2024.", ["2025-01-05", "2024-08-12"]),
        ("arb", "السادس من يناير والخامس والعشرين من ديسمبر.", ["2026-01-06", "2025-12-25"]),
        ("arb", "في 16 رجب 1447 هـ.", ["2026-01-05"]),
        ("arb", "أمس الاثنين، قبل شهرين.", ["2026-01-05", "2025-11"]),
        ("arb", "منذ اليوم التالي.", []),
        ("arb", "في شهر فبراير من عام 2022.", ["2022-02"]),
        ("eng", "The strongest January since 2016.", ["2026-01", "2016"]),
        ("eng", "It was set for 2 January.", ["2026-01-02"]),
        ("eng", "On January 3 and 5 it rained.", ["2026-01-03", "2026-01-05"]),
        ("eng", "Between 2022 and 2024.", ["2022", "2024"]),
        ("arb", "بين عامي 2022 و2024.", ["2022", "2024"]),
        ("rus", "1990-е годы, 2022–2024 годы.", ["2022", "2024"]),
        ("prs", "ماه حوت سال گذشته.", ["2025-03"]),
        ("pes", "سه‌شنبه ۱۶ دی ۱۴۰۴ در تهران.", ["2026-01-06"]),
        ("pes", "۲۱ آذرماه باران بارید.", ["2025-12-12"]),
        ("pes", "۱۴۰۴/۱۰/۱۶ و ۶ ژانویه ۲۰۲۶.", ["2026-01-06", "2026-01-06"]),
        ("pes", "امروز -سه‌شنبه- باران بارید.", ["2026-01-06"]),
        ("pes", "بیست و پنجم دسامبر و ۴ می ۲۰۲۵.", ["2025-12-25", "2025-05-04"]),
        ("pes", "دی را می‌شناسد و مهر مادر را می‌داند.", []),
        ("pes", "تا چند روز آینده.", []),
        ("prs", "شنبه، ۱۱ اسد، هوا گرم بود.", ["2025-08-02"]),
        ("prs", "روز سه‌شنبه (ششم جنوری) و ۲۵ نومبر.", ["2026-01-06", "2025-11-25"]),
        ("prs", "۱۳ سنبله ۱۴۰۴ و ۵ جدی.", ["2025-09-04", "2025-12-26"]),
        ("prs", "یکشنبه شب ۳۱ اگست لرزید.", ["2025-08-31"]),
        ("prs", "اسد و قوس نام کسان است.", []),
    ],
)
def test_a_date_is_resolved_against_the_day_of_publication(language: str, text: str, expected: list[str]) -> None:
    """Every expression of a day, month or year gives its ISO value; vague ones and weeks give none."""
    assert days(text, language) == expected


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_month_name_makes_a_day_with_a_number_and_a_year(language: str) -> None:
    """The golden test of the month tables: one date per form and calendar."""
    years = {"gregorian": 2025, "solar_hijri": 1404, "hijri": 1447}
    for form, calendar, month, _ in month_names(language):
        expected = to_gregorian(calendar, years[calendar], month, 6)
        assert expected is not None
        written = form.capitalize() if language == "eng" else form
        found = days(f"6 {written} {years[calendar]}.", "pes" if language == "fas" else language)
        if language == "fas" and calendar == "gregorian":
            found = days(f"6 {written} 2025.", "pes")
        assert found == [expected.isoformat()], form


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_strong_weekday_name_is_a_day_of_the_last_week(language: str) -> None:
    """A weekday without a verb lies in the seven days up to the publication."""
    for form, weekday, weak in weekday_names(language):
        written = form.capitalize() if language == "eng" else form
        if not weak:
            found = days(written, "prs" if language == "fas" else language)
            expected = TUESDAY - datetime.timedelta(days=(TUESDAY.weekday() - weekday) % 7)
            assert found == [expected.isoformat()], form


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("eng", "They met on Friday.", "2026-01-02"),
        ("eng", "They will meet on Friday.", "2026-01-09"),
        ("eng", "Next Friday is a holiday.", "2026-01-09"),
        ("eng", "Last Tuesday it rained.", "2025-12-30"),
        ("rus", "В пятницу прошла встреча.", "2026-01-02"),
        ("rus", "В пятницу состоится встреча.", "2026-01-09"),
        ("ukr", "У п'ятницю відбудеться зустріч.", "2026-01-09"),
        ("ukr", "Найближчої п'ятниці зустріч.", "2026-01-09"),
        ("arb", "سيجتمعون الجمعة.", "2026-01-09"),
        ("arb", "الجمعة الماضي.", "2026-01-02"),
        ("pes", "جمعه دیدار خواهند کرد.", "2026-01-09"),
        ("pes", "جمعه بعد از دیدار گفت.", "2026-01-02"),
        ("pes", "سهشنبه آینده می‌آید.", "2026-01-13"),
        ("fra", "Il annonce pour le vendredi une fête.", "2026-01-09"),
    ],
)
def test_a_weekday_follows_the_tense_of_its_sentence(language: str, text: str, expected: str) -> None:
    """Past by default, ahead where the verb or an adjective says so."""
    assert days(text, language) == [expected]


def test_the_same_weekday_means_the_same_day_throughout_an_article() -> None:
    """A bare Friday takes the day of the Friday that the text dates."""
    assert days("On Friday, 9 January, they meet. Friday brings rain.", "eng") == ["2026-01-09", "2026-01-09"]


def test_month_and_day_are_told_apart_by_language_and_nearness() -> None:
    """06/01 is January in French, June in American English; near the publication the other order may win."""
    assert days("Le 06/02/2025", "fra") == ["2025-02-06"]
    assert days("On 06/02/2025", "eng") == ["2025-06-02"]
    assert days("On 06/01/2026", "eng") == ["2026-01-06"]


def test_a_span_slices_to_the_expression() -> None:
    """Proclitics stay outside, brackets and the word for day inside."""
    text = "وقال الثلاثاء إنه وصل"
    assert [text[one.span.start : one.span.end] for one in dates(text, "arb")] == ["الثلاثاء"]
    text = "او روز سهشنبه(۶ جنوری) آمد"
    assert [text[one.span.start : one.span.end] for one in dates(text, "prs")] == ["روز سهشنبه(۶ جنوری)"]


def test_a_holiday_is_a_day() -> None:
    """The eve of Orthodox Christmas is 6 January."""
    assert [(one.value, one.kind) for one in dates("عشية عيد الميلاد الأرثوذكسي", "arb")] == [("2026-01-06", "holiday")]


def test_the_pack_knows_further_languages_from_cldr() -> None:
    """German and Turkish months need no table of ours."""
    assert {"deu", "tur", "pol", "spa"} <= set(load().lexicons)
    assert days("Am 4. September 2025 kam er.", "deu") == ["2025-09-04"]


def test_one_day_by_two_calendars_is_told_twice() -> None:
    """A day with its solar date in brackets is two expressions of one day; today's weekday with a date is one."""
    assert days("روز سه‌شنبه ۶ جنوری (۱۶ جدی) آمدند.", "prs") == ["2026-01-06", "2026-01-06"]
    assert days("امروز (سه‌شنبه، ۱۵ جدی) آمدند.", "prs") == ["2026-01-06"]
    assert days("به تاریخ ۶ جنوری (۲۰ جدی) آمدند.", "prs") == ["2026-01-06", "2026-01-10"]


def test_years_that_are_counted_are_no_last_year() -> None:
    """Of the past ten years none is named."""
    assert days("در ده سال گذشته باران کم بود.", "pes") == []
    assert days("سال گذشته باران کم بود.", "pes") == ["2025"]
