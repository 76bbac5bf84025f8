"""Speech on hostile text: nothing raises, every span slices its part, work stays linear."""

from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.extraction.domain.speech import find_commitments, find_positions, find_quotations
from services.extraction.domain.speech.marks import pair_marks
from services.extraction.domain.speech.tokens import cut
from services.extraction.domain.values import ArticleText, Block, Sentence, Span, TextPart
from services.extraction.packs import speech
from services.extraction.packs.subjects import load_subject
from services.shared.text.fold import fold
from tests.unit.extraction.speech_articles import article, cast

MARKS = ["«", "»", "“", "”", "„", '"', "″", "'", "’", "‘", "—", ":", ",", ". ", "\n", " ", "،", "؟", "\u200c", "\u200f"]
WORDS = ["Macron", "said", "that", "گفت", "که", "ماکرون", "قال", "إن", "заявив", "що", "сообщил", "selon", "١٢"]
PROMISES = ["ceasefire", "monitoring", "pledged", "if", "guarantees", "ی", "\ud800", "a déclaré"]
PIECES = st.sampled_from([*MARKS, *WORDS, *PROMISES])
ENDLESS = ["«" * 50_000 + "»" * 50_000, '" ' * 100_000, "“a” " * 50_000, "گفت که " * 30_000, "if " * 60_000]
TEXTS = st.lists(PIECES, max_size=80).map(" ".join) | st.lists(PIECES, max_size=80).map("".join)
LANGUAGES = st.sampled_from(["pes", "prs", "fas", "arb", "eng", "ukr", "rus", "fra", "und", "deu"])


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES)
def test_every_span_lies_in_the_text_and_is_not_empty(body: str, language: str) -> None:
    """Whatever the text, each value's spans are ordered, non-empty places inside it, and nesting points backwards."""
    text, entities = article(body, language), cast(body)
    found = find_quotations(text, entities, speech.load())
    subject = load_subject("ukraine-guarantees")
    promised = find_commitments(text, entities, found.quotations, subject)
    held = find_positions(text, entities, found.quotations, subject)
    spans = [one.span for one in found.quotations] + [one.span for one in found.terms]
    spans += [one.span for one in promised] + [one.span for one in held]
    spans += [span for one in found.quotations for span in (one.cue, one.speaker_span) if span]
    assert all(0 <= span.start < span.end <= len(body) for span in spans)
    assert all(one.nested_in is None or one.nested_in < at for at, one in enumerate(found.quotations))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="«»“”„\"″'’‘ab .,:\n", max_size=200))
def test_marked_stretches_are_disjoint_or_nested(raw: str) -> None:
    """Pairs of marks never cross."""
    stretches = pair_marks(raw, [(0, len(raw))])
    spans = [Span("body", one.start, one.end) for one in stretches]
    for one in spans:
        for other in spans:
            assert one.end <= other.start or other.end <= one.start or one.within(other) or other.within(one)


@pytest.mark.parametrize(
    "raw", ["«" * 50_000 + "»" * 50_000, '" ' * 100_000, "“a” " * 50_000, "گفت که " * 30_000, "if " * 60_000]
)
def test_endless_input_is_bounded(raw: str) -> None:
    """A hundred thousand marks or cues in one sentence give a bounded number of values (and the test ends)."""
    span = Span("body", 0, len(raw))
    text = ArticleText(
        (TextPart("body", raw, fold(raw)),), "pes", (Block(span, "paragraph"),), (Sentence(span, "paragraph"),)
    )
    found = find_quotations(text, (), speech.load())
    promised = find_commitments(text, (), found.quotations, load_subject("ukraine-guarantees"))
    assert len(found.quotations) + len(found.terms) + len(promised) < 5_000


@given(st.text(alphabet="ab1é'-.,:«» \n\u200cсл", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_words_cut_once_are_those_of_any_stretch(raw: str, start: int, end: int) -> None:
    """The words between two places are the same whether the whole part was cut before or the stretch alone."""
    part = TextPart("body", raw, fold(raw))
    starts = part.folded.starts
    alone = cut(part, bisect_left(starts, start), max(bisect_left(starts, start), bisect_left(starts, end)))
    whole = cut(part, 0, len(part.folded.text))
    between = whole.between(start, max(start, end))
    assert (list(between.texts), list(between.starts), list(between.ends)) == (alone.texts, alone.starts, alone.ends)
