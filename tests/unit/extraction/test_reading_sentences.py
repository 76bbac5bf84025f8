"""Sentences survive abbreviations, lost spaces and translation machines."""

import pytest

from tests.unit.extraction.reading_samples import article, sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Berg met Gen. J. D. Fox at 5 p.m. in the U.S. Embassy.",
        "Зустріч 3 травня 2025 р. відбулася на вул. Зеленій, повідомив А. Гай.",
        "Сумма составила 5 млн. руб. и выплачена в 2024 г. полностью.",
        "M. Leroy a rencontré Mme. Petit à Genève.",
        "المملكة المتحدة. وقال الوزير إن الجسر مفتوح.",
        "The rate rose 5.2 percent, wrote Novyny.LIVE on 3.05.2025.",
        "“We are ready. We will cross,” she said.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    """Abbreviations, initials, numbers, addresses and a translated "U.K." keep the sentence whole, or its quotation."""
    found = sentences(f"{sentence} Наступне речення тут.")
    expected = 3 if sentence.startswith("“") else 2
    assert len(found) == expected
    assert found[-1] == "Наступне речення тут."


@pytest.mark.parametrize(
    "joined",
    [
        "وصل الوفد إلى المدينة.وقال الوزير إنه متفائل.",
        "Мост открыт.Согласно плану работы окончены.",
        "It was late.Then rain fell.",
    ],
)
def test_a_lost_space_still_ends_a_sentence(joined: str) -> None:
    """Paragraphs glued together by a page are parted again."""
    assert len(sentences(joined)) == 2


def test_a_spelled_acronym_is_no_sentence_end() -> None:
    """Short pieces of Arabic script glued by stops spell a name."""
    assert len(sentences("نقلت قناة بي.بي.سي أن الجسر آمن. وفتح اليوم.")) == 2


def test_the_name_alone_marks_a_translated_text() -> None:
    """Once a country's name stands alone with a stop, later ones do not end sentences either."""
    body = (
        "الولايات المتحدة. وقال المبعوث إن الجسر آمن.\nودعا إلى زيارة الولايات المتحدة. للسيطرة على الفيضان جهود كثيرة."
    )
    assert len(sentences(body)) == 2


def test_the_same_name_ends_sentences_elsewhere() -> None:
    """In ordinary Arabic a sentence may well end with the country."""
    assert len(sentences("وصل الوفد من الولايات المتحدة. وزار الوزير الجسر.")) == 2


def test_a_text_of_endless_lines_is_cut_short_and_says_so() -> None:
    """Beyond a bound no more sentences are given, and the text tells that it was cut."""
    endless = article("word and word\n" * 12_000)
    assert endless.truncated
    assert len(endless.sentences) == 5000
    assert not article("One sentence. Another.").truncated
