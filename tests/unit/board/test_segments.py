"""Overlapping spans as stretches that follow each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.board.segments import MOST_OPEN, Mark, flatten, paragraphs

TEXTS = st.text(st.sampled_from("ab \nنا\u202e\U0001f600"), max_size=60)
MARKS = st.lists(
    st.builds(Mark, st.integers(-3, 70), st.integers(-3, 70), st.sampled_from(["person", "number", "quotation"])),
    max_size=20,
)


def test_marks_that_overlap_are_cut_where_they_cross() -> None:
    """Each stretch stands under exactly the marks that cover it, the longest first."""
    name, said = Mark(4, 9, "person"), Mark(0, 6, "quotation")
    shown = flatten("He is Lena", [name, said])
    assert [(each.text, each.kinds) for each in shown] == [
        ("He i", ("quotation",)),
        ("s ", ("quotation", "person")),
        ("Len", ("person",)),
        ("a", ()),
    ]
    assert [each.first_of for each in shown] == [(said,), (name,), (), ()]


@given(TEXTS, MARKS)
def test_the_segments_are_the_text(text: str, marks: list[Mark]) -> None:
    """Joined, the segments give back the text, whatever the marks are; none is empty but that of an empty text."""
    shown = flatten(text, marks)
    assert "".join(each.text for each in shown) == text
    assert all(each.text for each in shown)


@given(TEXTS, MARKS)
def test_every_character_stands_under_the_marks_that_cover_it(text: str, marks: list[Mark]) -> None:
    """The kinds of a character's segment are those of the marks around it, up to the bound."""
    place = 0
    for segment in flatten(text, marks):
        for at in range(place, place + len(segment.text)):
            covering = {mark.kind for mark in marks if mark.start <= at < mark.end}
            if sum(mark.start <= at < mark.end for mark in marks) <= MOST_OPEN and len(marks) <= MOST_OPEN:
                assert set(segment.kinds) == covering
        place += len(segment.text)


@given(TEXTS, MARKS)
def test_paragraphs_lose_nothing_but_line_breaks(text: str, marks: list[Mark]) -> None:
    """What is not white space is in the paragraphs, in order; no paragraph is blank."""
    found = paragraphs(flatten(text, marks))
    joined = "".join(segment.text for paragraph in found for segment in paragraph)
    assert "".join(joined.split()) == "".join(text.split())
    assert all("".join(segment.text for segment in paragraph).strip() for paragraph in found)


@pytest.mark.parametrize("depth", [50, 2_000])
def test_a_text_made_to_pile_up_marks_stays_cheap(depth: int) -> None:
    """However deep marks lie over each other, a stretch carries a bounded number of them."""
    text = "x" * (2 * depth)
    shown = flatten(text, [Mark(number, 2 * depth - number, "quotation") for number in range(depth)])
    assert "".join(each.text for each in shown) == text
    assert max(len(each.marks) for each in shown) == MOST_OPEN
