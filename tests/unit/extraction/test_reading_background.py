"""Sentences and blocks that retell older events are told apart."""

import pytest

from tests.unit.extraction.reading_samples import seen

LEAD = "The two sides met in Geneva on Thursday. They talked about the bridge for three hours.\n\n"


@pytest.mark.parametrize(
    "paragraph",
    [
        "Нагадаємо, міст зачинили після повені.",
        "Напомним, мост закрыли после паводка.",
        "يذكر أن الجسر أغلق بعد الفيضان.",
        "گفتنی است این پل پس از سیل بسته شده بود.",
        "دو روز پیش از آن، شهردار پل را بازدید کرد.",
        "Earlier this month the bridge was closed by a flood.",
        "Pour rappel, le pont avait été fermé par une crue.",
        "وكان الجسر قد أغلق بعد الفيضان.",
        "On Wednesday engineers inspected the bridge.",
        "In 2014 the bridge was hit by a ship; since 2020 it has been closed.",
    ],
)
def test_a_paragraph_about_the_past_is_background(paragraph: str) -> None:
    """Markers of seven languages, an earlier weekday or an older year in front make background."""
    assert seen(f"{LEAD}{paragraph}\n\nThe river is still high.", "background") == [paragraph]


def test_a_heading_of_background_opens_a_block() -> None:
    """Below «Нагадаємо» alone on its line everything is background."""
    body = f"{LEAD}Нагадаємо\n\nМіст зачинили навесні.\n\nТоді рівень води був високий."
    assert len(seen(body, "background")) == 3


def test_the_cause_retold_with_its_date_is_background() -> None:
    """Where the news comes after a storm, the paragraph that opens with the storm and dates it retells."""
    storm = "Повінь сталася 18 вересня і тривала два дні."
    body = f"Рятувальники оглянули міст після повіні у місті.\n\nЖертв немає.\n\n{storm}"
    assert seen(body, "background") == [storm]


@pytest.mark.parametrize(
    "sentence",
    ["On Friday the talks will resume.", "Since 2014 the bridge has been open.", "Про це в середу повідомив міністр."],
)
def test_what_is_to_come_or_lasts_is_no_background(sentence: str) -> None:
    """A day ahead, a span of years up to now, and the report of the news itself are today's."""
    assert seen(f"{LEAD}{sentence}\n\nThe river is still high.", "background") == []


def test_a_state_is_no_earlier_event() -> None:
    """«... was flood-stricken» tells how things are, not what had happened before."""
    assert seen(f"{LEAD}این شهر امروز سیل‌زده بود.\n\nThe river is still high.", "background") == []


def test_the_first_sentence_is_never_background() -> None:
    """An article is about its first sentence, whatever words stand in it."""
    assert seen("Last week the mayor opened the bridge. Hundreds came.\n\nThe river is wide.", "background") == []
