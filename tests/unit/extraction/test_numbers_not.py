"""What looks like a number and counts nothing."""

import pytest

from services.extraction.domain.quantities import Number, find_numbers, read_quantities
from services.extraction.packs.quantities import load
from tests.unit.extraction.quantity_samples import article, counted, dates, known, numbers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("eng", "One of the ministers spoke for the first time."),
        ("eng", "The F-16, the Su-57 and the G7, COVID-19 and 5G."),
        ("eng", "Article 5 applies, says resolution 2803."),
        ("eng", "It began at 9 pm and ended at 23:40."),
        ("eng", "Call +44 20 7946 0958 or 020 7946 0958."),
        ("eng", "The home side won 2-1."),
        ("eng", "1. First come the talks.\n2. Second come the signatures."),
        ("eng", "On Tuesday, 6 January 2026, in 2014 and since May."),
        ("eng", "The two conceded little, and both smiled."),
        ("eng", "The 2024 summit drew one in five."),
        ("eng", "Two-thirds of it, at 7.30pm."),
        ("fra", "À 20 heures, deux tiers."),
        ("rus", "В 15 часов, в 1990-е годы."),
        ("pes", "دو سوم آن و دو برابر."),
        ("eng", "The 2024 election and the 1990s."),
        ("fra", "Une porte, un homme d'affaires et le premier ministre, à 18h30."),
        ("fra", "L'article 5 et le Su-24."),
        ("rus", "Один из министров впервые приехал на Ту-95 в 15:40."),
        ("rus", "Статья 5, резолюция 2803, рейс № 714."),
        ("rus", "Формат «три на три», в два часа ночи."),
        ("ukr", "Один із міністрів уперше прилетів на Су-27."),
        ("ukr", "Грали 11 тур, забили один м'яч."),
        ("arb", "كان أحد الوزراء هناك لأول مرة عند الساعة 9 مساء."),
        ("arb", "المادة 5 من المعاهدة، وطائرات إف-16."),
        ("arb", "أثنى الوزير على الضيف."),
        ("pes", "یکی از وزیران یک پیشنهاد داد."),
        ("pes", "ساعت ۹ صبح و ۱۸:۳۰ در شبکه ۳."),
        ("pes", "تیم سه بر صفر برد و نشست سه جانبه شد."),
        ("pes", "او نه آمد و نه رفت؛ سی‌ان‌ان گفت."),
        ("prs", "مادهٔ ۵ و گروه ۷ و آن دو رفتند."),
    ],
)
def test_names_clocks_labels_and_articles_are_no_numbers(language: str, text: str) -> None:
    """Nothing is counted in these."""
    assert [one for one in numbers(text, language) if one.kind != "ordinal"] == []


def test_boilerplate_is_not_read_and_background_is_marked() -> None:
    """The furniture has no numbers; what is recalled has them, flagged."""
    for kind, expected in (("boilerplate", []), ("repeat", []), ("background", [True]), ("paragraph", [False])):
        text = article("Earlier 27 leaders came.", "eng", kind)  # type: ignore[arg-type]
        assert [one.background for one in find_numbers(text, (), load())] == expected


def test_a_number_inside_a_date_is_free_only_where_it_counts() -> None:
    """«Two years ago» is a year and a count; the 6 of 6 January is the date's."""
    assert [(one.value, one.unit) for one in numbers("It began two years ago.", "eng")] == [(2, "year")]
    assert [one.value for one in dates("It began two years ago.", "eng")] == ["2024"]


def test_reading_all_at_once_says_the_same_as_reading_in_steps() -> None:
    """The tokens are cut once; the results are those of the separate functions."""
    text = article("On Monday 27 leaders met for two hours.", "eng")
    found = read_quantities(text, known(), load())
    assert (found.dates, found.numbers) == (dates(text.parts[0].raw, "eng"), numbers(text.parts[0].raw, "eng"))


def test_words_that_only_look_like_a_unit_are_none() -> None:
    """«Has» is no plural of hectare, a Slavic verb is no noun; an English adjective goes with its plural."""
    assert counted("Staff at two of the largest shops say tea has gone.", "eng") == [(2, None)]
    assert [text_of("Ще 28 долучаться згодом.", one) for one in numbers("Ще 28 долучаться згодом.", "ukr")] == ["28"]
    hired = "They hired 60 temporary florists."
    assert [text_of(hired, one) for one in numbers(hired, "eng")] == ["60 temporary florists"]
    assert counted("Чотирнадцятеро учасників поснідали.", "ukr") == [(14, "participant")]


def text_of(body: str, one: Number) -> str:
    """The words a number stands in."""
    return body[one.span.start : one.span.end]


def test_the_day_beside_two_days_ago_is_the_dates() -> None:
    """Of «two days ago, 28 February» only the two counts; «a one-day strike» lasts a day."""
    body = "Два дні тому, 4 січня, йшов дощ."
    found = find_numbers(article(body, "ukr"), dates(body, "ukr"), load())
    assert [one.value for one in found] == [2]
    assert counted("A one-day strike began.", "eng") == [(1, "day")]


def test_a_month_soon_ahead_needs_no_future_verb() -> None:
    """Without any verb of past or future the nearest month is meant; a French «prévoit» looks ahead."""
    assert [one.value for one in dates("La banque prévoit une baisse en juin.", "fra")] == ["2026-06"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("arb", "اتفق الوفد على بعض النقاط، لكن اثنتين منها بقيتا دون حل.", 2),
        ("arb", "سقطت قذيفة على الشارع، وسقطت 7 أخرى قرب المصنع.", 7),
        ("eng", "The shells fell on the street, 7 of which did not go off.", 7),
    ],
)
def test_what_can_only_be_things_is_not_people(language: str, text: str, value: int) -> None:
    """A pronoun of things («منها», "of which") never makes persons of a number whose noun is not known."""
    assert [number.unit for number in numbers(text, language) if number.value == value and number.unit] == []
