"""Copies inside a language: what is folded, what is a new edition of a form, and what the index answers."""

import pytest

from services.deduplication.domain.copies.index import CopyIndex
from services.deduplication.domain.copies.overlap import Overlap, overlap
from services.deduplication.domain.copies.rules import are_copies, is_form
from services.deduplication.domain.copies.sketch import MOST_KEPT, sketch

HARBOUR = (
    "The harbour authority of Port Merrow said on Thursday that the new ferry pier will open three weeks late. "
    "Divers found two damaged piles under the eastern ramp during the last inspection, the authority's engineer said. "
    "The repair is to cost about 410,000 crowns and will be paid by the builder. "
    "Until then the boats to the outer islands keep using the old landing near the fish market. "
    "Shop owners along the quay asked the town council for a lower rent this summer, and the mayor promised an answer."
)
MARKET = (
    "On the town market a sack of flour was sold for {0} crowns this week, a sack of rice for {1} crowns, "
    "sixteen kilos of oil for {2} crowns and a sack of sugar for {3} crowns. "
    "A litre of diesel was sold for {4} crowns and a litre of petrol for {5} crowns, the traders' union said. "
    "The dollar was changed for {6} crowns and the euro for {7} crowns at the money market in the old town."
)


def copies(one: str, other: str) -> bool:
    """Whether two texts are copies by their words."""
    return are_copies(overlap(sketch(one), sketch(other)))


@pytest.mark.parametrize(
    "changed",
    [
        HARBOUR,
        "Our correspondent in the islands reports this morning. " + HARBOUR,
        HARBOUR[: len(HARBOUR) * 6 // 10],
        HARBOUR.replace("authority", "administration"),
        HARBOUR.upper().replace(".", " ..."),
        HARBOUR + " The ferry line was founded ninety years ago by two brothers who fished for herring." * 3,
    ],
)
def test_a_text_with_a_new_intro_a_cut_tail_or_house_spelling_is_a_copy(changed: str) -> None:
    """What an outlet does to a wire text before printing it leaves it a copy."""
    assert copies(HARBOUR, changed)


def test_another_week_of_the_same_price_report_is_not_a_copy() -> None:
    """A form whose sentences repeat and whose figures differ is another event."""
    this = MARKET.format(1870, 2340, 1990, 2610, 71, 68, 79, 92)
    last = MARKET.format(1850, 2290, 2040, 2580, 73, 69, 81, 95)
    assert overlap(sketch(this), sketch(last)).containment >= 0.3
    assert not copies(this, last)


def test_the_same_price_report_in_another_paper_is_a_copy() -> None:
    """The form rule looks at the figures, not at the kind of text."""
    this = MARKET.format(1870, 2340, 1990, 2610, 71, 68, 79, 92)
    assert copies(this, "From our market desk: " + this)


def test_two_own_reports_of_one_event_are_not_copies() -> None:
    """The same event in other words is a second source."""
    other = (
        "Passengers for the outer islands will have to wait: the pier that Port Merrow is building for its ferries "
        "cannot be used before next month. An engineer blamed damage that divers saw below the ramp. "
        "The building firm has to carry the bill of some 410,000 crowns."
    )
    assert not copies(HARBOUR, other)


def test_a_headline_alone_is_a_copy_only_of_the_very_same_words() -> None:
    """Few words prove little, so only all of them count."""
    assert copies("Ferry pier opens late in Port Merrow", "FERRY PIER opens late in Port Merrow")
    assert not copies("Ferry pier opens late in Port Merrow", "Ferry pier opens early in Port Merrow")


@pytest.mark.parametrize("text", ["", "  ", "…", "\ud800", "\u202e\u200c"])
def test_texts_without_words_are_copies_of_nothing(text: str) -> None:
    """Nothing said is nothing shared, not even with another empty text."""
    assert not copies(text, text)
    assert not copies(text, HARBOUR)


def test_arabic_and_persian_letters_of_one_word_are_the_same() -> None:
    """House spelling of yeh, kaf, hamza and digits does not hide a copy."""
    one = "أعلنت إدارة الميناء يوم الخميس أن الرصيف الجديد سيفتح بعد ٢١ يوما من الموعد المعلن في كل الجزر"
    other = one.replace("ي", "ی").replace("ك", "ک").replace("أ", "ا").replace("٢١", "21")
    assert copies(one, other)


def test_long_texts_are_sampled_and_still_compared() -> None:
    """A text of many thousand words keeps a bounded sketch that both sides draw alike."""
    long = " ".join(f"word{number} of the report number {number * 7}" for number in range(4000))
    made = sketch(long)
    assert len(made.hashes) == MOST_KEPT
    half = overlap(made, sketch(long[: len(long) // 2]))
    assert half.containment > 0.9
    assert 0.35 < half.jaccard < 0.65


def test_the_index_finds_the_copies_and_forgets_what_is_removed() -> None:
    """What is inside is found, what was taken out is not."""
    index = CopyIndex()
    index.add("a", sketch(HARBOUR))
    index.add("b", sketch(MARKET))
    assert index.candidates(sketch("Good morning. " + HARBOUR)) == ("a",)
    assert set(index.overlaps(sketch(HARBOUR))) == {"a"}
    index.remove("a")
    assert index.candidates(sketch(HARBOUR)) == ()
    assert "a" not in index
    assert len(index) == 1


def test_a_new_version_replaces_the_old_one_in_the_index() -> None:
    """One article has one text in the index, the newest that was put in."""
    index = CopyIndex()
    index.add("a", sketch(HARBOUR))
    index.add("a", sketch(MARKET))
    assert index.candidates(sketch(HARBOUR)) == ()
    assert index.candidates(sketch(MARKET)) == ("a",)


def test_a_slot_is_not_given_to_two_texts() -> None:
    """After removals the index keeps apart what it holds."""
    index = CopyIndex()
    for name, text in (("a", "one " * 9), ("b", HARBOUR), ("c", MARKET)):
        index.add(name, sketch(text))
    index.remove("a")
    index.add("d", sketch("Another text altogether about bees and about the honey of the northern valleys."))
    index.add("e", sketch("A fifth text about the price of winter coats in the shops of the capital city."))
    assert index.candidates(sketch(HARBOUR)) == ("b",)
    assert index.candidates(sketch(MARKET)) == ("c",)


def test_ten_thousand_identical_texts_cost_one_posting() -> None:
    """A text that everybody prints is kept once."""
    index, made = CopyIndex(), sketch(HARBOUR)
    for number in range(10_000):
        index.add(f"{number:05}", made)
    assert len(index.overlaps(made)) == 10_000
    assert index.distinct_texts() == 1


@pytest.mark.parametrize("text", ["a " * 100_000, "1 " * 100_000, "x" * 200_000, "«" * 100_000, "ab. " * 50_000])
def test_hostile_text_stays_within_bounds(text: str) -> None:
    """A sketch is bounded whatever the text."""
    made = sketch(text)
    assert len(made.hashes) <= MOST_KEPT
    assert made.shingles <= 100_000


@pytest.mark.parametrize(
    ("shares", "smaller", "days_apart", "copy"),
    [
        (0.5, 200, 0, True),
        (0.49, 200, 0, False),
        (0.55, 50, 0, False),
        (0.6, 50, 1, True),
        (0.7, 30, 0, False),
        (0.8, 30, 0, True),
        (0.55, 200, 1, True),
        (0.55, 200, 2, False),
        (0.6, 200, 30, True),
    ],
)
def test_how_much_must_be_shared_depends_on_length_and_days(
    shares: float, smaller: int, days_apart: int, copy: bool
) -> None:
    """Half is enough for an article of the same day; short items and other days need more."""
    assert are_copies(Overlap(shares, shares / 2, smaller, None, 0.0), days_apart) is copy


def test_a_few_different_figures_do_not_make_a_long_text_a_form() -> None:
    """Only a text that is full of figures can be a form; paragraph numbers written otherwise are no evidence."""
    assert not is_form(Overlap(0.7, 0.5, 450, 0.0, 0.01))
    assert is_form(Overlap(0.7, 0.5, 60, 0.0, 0.12))
    assert not is_form(Overlap(0.99, 0.9, 60, 0.0, 0.12))
