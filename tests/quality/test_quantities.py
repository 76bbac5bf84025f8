"""Numbers and dates against the annotated seeds, examples and hard cases; no figure may sink below its floor."""

import json
from typing import Any

import pytest

from services.extraction.domain.quantities import PublishedDay, find_dates, find_numbers
from services.extraction.packs.quantities import load
from tests.helpers.shared_data import shared
from tests.quality.gate import shortfalls
from tests.quality.quantities_scores import scores
from tests.unit.extraction.quantity_samples import article, dates, known, numbers

_LANGUAGES = {"HC07": ("pes",), "HC11": ("pes", "prs"), "HC20": ("pes",) * 4, "HC23": ("pes", "prs", "arb")}


def hard_case(name: str) -> dict[str, Any]:
    """One of the given traps."""
    cases = json.loads(shared("gold/hardcases.json").read_text(encoding="utf-8"))["cases"]
    found: dict[str, Any] = next(case for case in cases if case["id"] == name)
    return found


def test_no_figure_is_below_its_floor() -> None:
    """The floors are what the annotated texts reach today."""
    shared("gold/gold.json")
    assert shortfalls("quantities", scores()) == []


@pytest.mark.parametrize("name", ["HC07", "HC11", "HC20"])
def test_the_hard_cases_count_the_same_in_every_spelling(name: str) -> None:
    """Every number that a trap expects is found in each of its texts, and nothing it forbids."""
    case = hard_case(name)
    expected = [(one["value"], one.get("unit", "leaders").removesuffix("s")) for one in case["expected"]["numbers"]]
    expected = [(value, {"countrie": "country"}.get(unit, unit)) for value, unit in expected]
    for text, language in zip(case["texts"], _LANGUAGES[name], strict=True):
        assert [(one.value, one.unit) for one in numbers(text["text"], language)] == expected


def test_the_calendars_of_the_hard_case_agree() -> None:
    """Iranian, Afghan, Levantine and Moroccan months of one article are the same days."""
    case = hard_case("HC23")
    for text, language in zip(case["texts"], _LANGUAGES["HC23"], strict=True):
        found = dates(text["text"], language, known().value.replace(day=7))
        wanted = [one["resolved"] for one in case["expected"]["dates"][text["id"][-1]]]
        assert [one.value for one in found] == wanted


def test_the_seeds_keep_their_indefinite_articles_out_of_the_numbers() -> None:
    """What the gold marks as no number overlaps none of ours (boilerplate apart, which reading removes)."""
    gold = json.loads(shared("gold/gold.json").read_text(encoding="utf-8"))
    for name, seed in gold.items():
        if name == "_meta":
            continue
        body = shared(f"seeds/{name}").read_bytes().decode("utf-8")
        text = article(body, seed["language"]["iso639_3"])
        published = PublishedDay(known().value, "day", "header", 0.9)
        found = find_numbers(text, find_dates(text, published, load()), load())
        for trap in seed["not_numbers"]:
            hits = [one for one in found if one.span.start < trap["end"] and trap["start"] < one.span.end]
            assert hits == [] or "boilerplate" in trap["why"], trap
