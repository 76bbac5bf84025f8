"""Every marker is found where it stands, however it is joined, and nowhere else."""

from collections.abc import Iterator
from importlib.resources import files

import pytest

from services.language_detection import packs
from services.language_detection.domain.article import Models
from services.language_detection.domain.markers import Hit, find, totals
from services.language_detection.domain.tokens import tokens
from services.language_detection.domain.values import Marker

FOLDER = files(packs.__name__) / "varieties" / "fas"


def entries() -> Iterator[Marker]:
    """Every line of both marker packs."""
    for code in ("prs", "pes"):
        yield from packs.read_markers((FOLDER / f"{code}.tsv").read_text("utf-8"), code)


def sentence(marker: Marker) -> tuple[str, str]:
    """A sentence of ours that holds the marker, and the marker as it stands there."""
    form = marker.form.removesuffix("*").replace("0", "۱۲")
    if marker.form.startswith("-"):
        form = "نمون" + marker.form[1:]
    return f"در این متن، {form} ، آمده است.", form


def hits(text: str, models: Models) -> list[Hit]:
    """What the Persian pack finds in a text."""
    return find(text, 0, list(tokens(text)), models.varieties["fas"])


@pytest.mark.parametrize("marker", tuple(entries()), ids=lambda marker: f"{marker.says}:{marker.form}")
def test_each_marker_is_found_in_a_sentence(marker: Marker, models: Models) -> None:
    """The form of every line is found, with its raw place, and says what its line says."""
    text, form = sentence(marker)
    found = {text[start:end]: hit for hit in hits(text, models) for start, end in hit.places}
    assert form in found
    assert found[form].marker.says == marker.says


def test_each_line_has_a_weight_a_group_and_a_reason() -> None:
    """One marker a line, with a positive weight, a group that has meaning, and a reason in words."""
    groups = {
        "spelling", "lexis", "verb", "month", "country", "name", "outlet", "topic", "currency", "usage",
    }  # fmt: skip
    for marker in entries():
        assert 0 < marker.weight <= 4, marker.form
        assert marker.group in groups, marker.form
        assert len(marker.reason) > 10, marker.form


def test_no_form_speaks_for_both_varieties() -> None:
    """A form stands in one pack only."""
    forms: dict[str, str] = {}
    for marker in entries():
        assert forms.setdefault(marker.form, marker.says) == marker.says, marker.form


@pytest.mark.parametrize(
    "word",
    ["جدی", "حمل", "مکتب‌خانه", "تیل", "وی", "می", "اسد", "میزان", "قوس", "حوتا"],
)
def test_ambiguous_words_are_no_markers_alone(word: str, models: Models) -> None:
    """Month names that are common nouns, and words both varieties use, say nothing on their own."""
    assert hits(f"این {word} است", models) == []


@pytest.mark.parametrize("month", ["حمل", "ثور", "اسد", "میزان", "قوس", "جدی", "دلو", "حوت"])
def test_a_day_makes_an_afghan_month(month: str, models: Models) -> None:
    """The same nouns behind a day's number are months, and Dari."""
    found = hits(f"روز شنبه، ۱۶ {month} رسید", models)
    assert [hit.marker.form for hit in found] == [f"0 {month}"]


@pytest.mark.parametrize("text", ["به حیث رییس", "به‌حیث رییس", "بهحیث رییس"])
def test_forms_of_several_words_are_found_however_joined(text: str, models: Models) -> None:
    """A space, a ZWNJ or nothing between the words of a form makes no difference."""
    assert "به حیث" in {hit.marker.form for hit in hits(text, models)}


def test_a_form_does_not_reach_over_a_full_stop(models: Models) -> None:
    """Words of two sentences are no form."""
    assert "به حیث" not in {hit.marker.form for hit in hits("کار به. حیث", models)}


def test_repeating_a_form_adds_little_and_groups_are_capped() -> None:
    """One habit of one hand is one habit."""
    marker = Marker("امریکا", "prs", 2.0, "spelling", "test")
    once, often = Hit(marker, ((0, 6),)), Hit(marker, tuple((n, n + 6) for n in range(50)))
    assert once.weight < often.weight <= 2 * once.weight
    assert totals([often], {"spelling": 2.5}) == {"prs": 2.5}
