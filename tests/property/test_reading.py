"""Whatever the text, reading gives ordered blocks whose offsets slice it."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from services.extraction.domain.reading import credits, read
from services.extraction.packs import agencies, boilerplate

RULES, AGENCIES = boilerplate.load(), agencies.load()
PIECES: tuple[str, ...] = (
    "به گزارش ",
    "(AP) - ",
    "Read also:",
    "Фото: ",
    "\n",
    "\n\n",
    ". ",
    ".",
    "«",
    "»",
    '"',
    "__",
    "Нагадаємо",
    "\u200c",
    "\u00a0",
)
PIECES += (
    "2025",
    "المملكة المتحدة. ",
    "ﷺ",
    "ﬁ",
    "é",
    "\u202e",
    "Reuters",
    "слово ",
    "word ",
    "Слово",
    "-",
    "/",
    "\r",
    "\u2028",
)
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(texts, st.one_of(st.none(), texts))
def test_blocks_and_sentences_slice_the_raw_text(body: str, headline: str | None) -> None:
    """Blocks are in order, lie in the text, hold something, and every sentence lies in a block of its kind."""
    text = read(headline, body, "eng", RULES)
    for part in text.parts:
        blocks = [block for block in text.blocks if block.span.part == part.part]
        assert all(0 <= b.span.start < b.span.end <= len(part.raw) and text.surface(b.span).strip() for b in blocks)
        assert all(one.span.end <= two.span.start for one, two in pairwise(blocks))
    for sentence in text.sentences:
        assert any(sentence.span.within(block.span) and sentence.kind == block.kind for block in text.blocks)


@settings(max_examples=100, deadline=None)
@given(texts)
def test_credits_stand_where_they_say(body: str) -> None:
    """A credit's span is the agency's name, and nothing around it."""
    text = read(None, body, "eng", RULES)
    for credit in credits(text, None, AGENCIES):
        assert credit.span is not None
        assert text.surface(credit.span) == text.surface(credit.span).strip() != ""


@settings(max_examples=60, deadline=None)
@given(texts)
def test_reading_is_a_function(body: str) -> None:
    """The same text is read the same way twice."""
    assert read(None, body, "eng", RULES) == read(None, body, "eng", RULES)
