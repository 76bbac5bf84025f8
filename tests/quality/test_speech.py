"""The speech floors: no measure may fall below what is pinned in `floors/speech.json`."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.extraction.domain.speech import Commitment, Quotations, find_commitments, find_quotations
from services.extraction.domain.values import ArticleText
from services.extraction.packs.subjects import load_subject
from tests.helpers.shared_data import shared

FLOORS = json.loads((Path(__file__).parent / "floors" / "speech.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    """Every measure, counted once."""
    shared("gold/gold.json")
    shared("gold/examples.jsonl")
    from tests.quality.speech_scores import scores

    return scores()


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_speech_measures_hold_their_floor(measure: str, measured: dict[str, float]) -> None:
    """Each pinned measure of quotations, commitments and positions stays at or above its floor."""
    assert measured[measure] >= FLOORS[measure], f"{measure}: {measured[measure]} is below {FLOORS[measure]}"


def test_every_measure_has_a_floor(measured: dict[str, float]) -> None:
    """A new measure is pinned the day it is made."""
    assert set(measured) == set(FLOORS)


def hard_case(name: str) -> dict[str, Any]:
    """One of the given traps."""
    cases = json.loads(shared("gold/hardcases.json").read_text("utf-8"))["cases"]
    return next(case for case in cases if case["id"] == name)


def read_case(name: str, language: str) -> tuple[ArticleText, Quotations, tuple[Commitment, ...]]:
    """Quotations and commitments of a trap's (first) text."""
    from tests.quality.speech_scores import SUBJECT, packs, prepare

    text, entities = prepare(None, hard_case(name)["texts"][0]["text"], language, hard_case(name)["published"])
    found = find_quotations(text, entities, packs()[2])
    return text, found, find_commitments(text, entities, found.quotations, load_subject(SUBJECT))


def test_a_denial_is_no_commitment() -> None:
    """HC14: nothing promised, nothing agreed; refused, left open and denied instead, each with who it is about."""
    _, found, promised = read_case("HC14", "pes")
    assert not [one for one in found.quotations if one.kind != "reported"]
    assert {(one.item, one.modality) for one in promised} == {
        ("troop_deployment", "refused"),
        ("multinational_force", "to_be_finalised"),
        ("supporting_force_size", "denied"),
    }


def test_a_quoted_official_of_another_variety_stays_unnamed() -> None:
    """HC05: the direct quotation is found, its speaker keeps the words of the text."""
    _, found, _ = read_case("HC05", "pes")
    (one,) = found.quotations
    assert (one.kind, one.speaker) == ("direct", None)
    assert one.speaker_name


def test_a_mixed_article_is_read_line_by_line() -> None:
    """HC09: French marks in an article of four languages are a quotation with its French speaker."""
    text, found, _ = read_case("HC09", "und")
    marked = [(text.surface(one.span), one.speaker) for one in found.quotations if one.kind != "reported"]
    assert marked == [("moment utile", "macron")]
