"""The day of publication sharpened by the text, and the day of the event an article reports."""

import datetime

import pytest

from services.extraction.domain.quantities import PublishedDay, event_date, find_dates, sharpen_publication
from services.extraction.domain.values import ArticleText, Block, Sentence, Span
from services.extraction.packs.quantities import load
from tests.unit.extraction.quantity_samples import TUESDAY, article, known

FRIDAY = TUESDAY + datetime.timedelta(days=3)


def assumed(day: datetime.date) -> PublishedDay:
    """The day an article was first seen, for want of a better one."""
    return PublishedDay(day, "day", "assumed", 0.2)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("eng", "Today, Tuesday, ministers met."),
        ("fra", "Ce matin, mardi, les ministres se sont réunis."),
        ("rus", "Сегодня, во вторник, прошла встреча."),
        ("ukr", "Сьогодні, у вівторок, відбулася зустріч."),
        ("arb", "اجتمع الوزراء اليوم الثلاثاء."),
        ("arb", "اجتمع الوزراء أمس الاثنين."),
        ("pes", "وزیران امروز سه‌شنبه نشستند."),
        ("pes", "وزیران امروز -سهشنبه- نشستند."),
        ("prs", "وزیران دیروز دوشنبه نشستند."),
        ("eng", "Today, 6 January 2026, ministers met."),
    ],
)
def test_today_with_its_weekday_pins_an_assumed_day(language: str, text: str) -> None:
    """The latest such weekday not after the day on which the article was seen."""
    found = sharpen_publication(article(text, language), assumed(FRIDAY), load())
    assert (found.value, found.source, found.precision) == (TUESDAY, "text", "day")
    assert found.confidence > 0.8
    assert found.span is not None


def test_a_text_that_says_nothing_of_its_day_changes_nothing() -> None:
    """A weekday alone may be any day of the week before."""
    for text in ("They met on Tuesday.", "Today they met.", ""):
        assert sharpen_publication(article(text, "eng"), assumed(FRIDAY), load()) == assumed(FRIDAY)


def test_a_header_is_corrected_by_one_day_around_midnight_and_no_further() -> None:
    """A page dated Wednesday whose text says «today, Tuesday» is Tuesday's; one dated Friday stays Friday's."""
    text = article("اجتمع الوزراء اليوم الثلاثاء.", "arb")
    assert sharpen_publication(text, known(TUESDAY + datetime.timedelta(days=1)), load()).value == TUESDAY
    assert sharpen_publication(text, known(FRIDAY), load()).value == FRIDAY
    assert sharpen_publication(text, known(TUESDAY), load()).confidence > known().confidence


def test_a_date_printed_at_the_head_of_the_page_is_its_day() -> None:
    """Furniture is not read, but the date in it is used."""
    text = article("Опубліковано: 6 січня 2026 17:32", "ukr", "boilerplate")
    assert sharpen_publication(text, assumed(FRIDAY), load()).value == TUESDAY
    assert find_dates(text, known(), load()) == ()


def test_a_month_of_publication_is_sharpened_to_its_day() -> None:
    """Where only the month is known, the weekday falls into it."""
    month = PublishedDay(datetime.date(2026, 1, 1), "month", "url", 0.6)
    found = sharpen_publication(article("Today, Tuesday, ministers met.", "eng"), month, load())
    assert (found.value.isoformat(), found.precision) == ("2026-01-27", "day")


def paragraphs(texts: list[tuple[str, str]], language: str = "eng") -> ArticleText:
    """Paragraphs of given kinds, one sentence each."""
    whole = article("\n".join(text for _, text in texts), language)
    blocks, sentences, start = [], [], 0
    for kind, text in texts:
        span = Span("body", start, start + len(text))
        blocks.append(Block(span, kind, "dateline" if kind == "boilerplate" else None))  # type: ignore[arg-type]
        sentences.append(Sentence(span, kind))  # type: ignore[arg-type]
        start += len(text) + 1
    return ArticleText(whole.parts, language, tuple(blocks), tuple(sentences))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([("paragraph", "Leaders met on Sunday."), ("paragraph", "On Tuesday they rested.")], "2026-01-04"),
        ([("paragraph", "Leaders met."), ("paragraph", "They will meet again on Friday.")], "2026-01-06"),
        ([("paragraph", "Leaders will meet on Friday."), ("paragraph", "It was said on Monday.")], "2026-01-09"),
        ([("background", "Leaders met on Sunday."), ("paragraph", "They rest.")], "2026-01-06"),
        ([("paragraph", "Leaders rested."), ("paragraph", "They had met on Monday.")], "2026-01-05"),
        ([("boilerplate", "PARIS, 5 January (Agency) -"), ("paragraph", "Leaders met.")], "2026-01-05"),
        ([("paragraph", "Prices fell since Monday."), ("paragraph", "Bread is cheap.")], "2026-01-06"),
        ([("paragraph", "Leaders met.")], "2026-01-06"),
    ],
)
def test_the_event_is_of_the_day_the_lead_names(texts: list[tuple[str, str]], expected: str) -> None:
    """The lead counts most, plans named on the way little, what is recalled not at all, the dateline at last."""
    text = paragraphs(texts)
    found = event_date(text, find_dates(text, known(), load()), known(), load())
    assert str(found.date) == expected
    assert 0 < found.confidence < 1
