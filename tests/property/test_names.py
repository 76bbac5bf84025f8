"""Whatever the text, offsets slice it, and nothing of the work grows out of hand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.extraction.domain.names import find_entities, skeleton, suggest
from tests.unit.extraction.names_samples import article, gazetteer

PIECES = st.sampled_from([
    "ولودیمیر زلنسکی", "کی‌یف", "الرئيس الأوكراني", "لباريس", "Путіна", "Білому домі", "Стів", "Віктофф", "Emmanuel",
    "French president", "Macron's office", "U.S.", "«",
    "»", ".", ". ", "\n", " ", "-", "'", "\u200c", "ـ", "ﻻ", "ß", "İ",
    "\ud83d",
])  # fmt: skip
LANGUAGES = st.sampled_from(["pes", "prs", "fas", "arb", "eng", "ukr", "rus", "fra", "deu", "und"])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES)
def test_every_mention_lies_inside_the_text_and_is_not_empty(text: str, language: str) -> None:
    """A span is a real stretch of the raw text, and the mentions of an entity are in order without repetition."""
    page = article(text, language)
    for entity in find_entities(page, gazetteer(), "2026-01-06"):
        spans = [(m.span.start, m.span.end) for m in entity.mentions]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert spans == sorted(set(spans))


@settings(max_examples=100, deadline=None)
@given(TEXTS, LANGUAGES)
def test_candidates_cover_nothing_that_is_known(text: str, language: str) -> None:
    """What an entity covers is not proposed again, unless the entity is itself unknown."""
    page = article(text, language)
    entities = find_entities(page, gazetteer())
    known = {(m.span.start, m.span.end) for e in entities if not e.id.startswith("unknown:") for m in e.mentions}
    for candidate in suggest(page, entities, gazetteer()):
        assert candidate.skeleton
        assert not known & {(span.start, span.end) for span in candidate.spans}


@given(st.text(max_size=60))
def test_the_skeleton_takes_any_text_and_knows_no_case(text: str) -> None:
    """A key is made of Latin capitals and hyphens, and upper case makes no difference to ASCII."""
    assert set(skeleton(text)) <= set("BFTKSJMNLR-")
    plain = "".join(char for char in text if char.isascii())
    assert skeleton(plain.upper()) == skeleton(plain.lower())


def test_hostile_texts_are_read_in_full_without_growing_out_of_hand() -> None:
    """Endless repetition of names, givens, capitals or marks ends, with as many mentions as there are."""
    for piece, language in [
        ("Путін ", "ukr"),
        ("محمد ", "arb"),
        ("Mark ", "eng"),
        ("«", "pes"),
        ("1", "eng"),
        ("Aa-", "eng"),
    ]:
        page = article(piece * (30_000 // len(piece)), language)
        found = find_entities(page, gazetteer())
        assert sum(len(one.mentions) for one in found) <= 30_000
