"""The catalogues are complete, and say what they are asked in the reader's own grammar."""

import re
import string
from typing import get_args

import pytest

from contracts.messages.accepted_article import DateSource
from contracts.messages.extracted_article import CreditV1, DateV1, Modality, NumberV1, QuotationV1
from contracts.messages.identified_article import LanguageEvidenceV1
from contracts.messages.story import (
    FactState,
    FactV1,
    Relation,
    StoryArticleV1,
    StoryRelation,
    StoryV1,
    TimelineEntryV1,
)
from contracts.messages.story_change import ChangeKind
from services.gateway.board.catalogue import FOLDER, INTERFACES, words_in
from services.gateway.board.quantities import QUALIFIERS
from services.gateway.board.readings import KINDS

ENGLISH = words_in("en").table
# What only a calendar of its own needs.
OWN = {"self.months"}


def _kinds(model: type, field: str) -> tuple[str, ...]:
    return get_args(model.model_fields[field].annotation)  # type: ignore[attr-defined]


def _placeholders(text: object) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}


@pytest.mark.parametrize("interface", INTERFACES)
def test_every_key_is_in_every_language(interface: str) -> None:
    """No reader meets a missing word: all catalogues have the keys of the English one, and no others."""
    assert set(words_in(interface).table) - OWN == set(ENGLISH)


@pytest.mark.parametrize("interface", INTERFACES)
def test_what_is_filled_in_is_the_same_in_every_language(interface: str) -> None:
    """A translation has the placeholders of the English words, in one form of the plural at least."""
    for key, words in words_in(interface).table.items():
        if key not in OWN:
            whole = " ".join(words.values()) if isinstance(words, dict) else words
            wanted = " ".join(ENGLISH[key].values()) if isinstance(ENGLISH[key], dict) else ENGLISH[key]
            assert _placeholders(whole) == _placeholders(wanted), key


@pytest.mark.parametrize("interface", INTERFACES)
def test_plurals_have_the_forms_of_their_language(interface: str) -> None:
    """Every count has exactly the forms that CLDR knows for the language."""
    words = words_in(interface)
    forms = set(words.plurals.plural_form.tags) | {"other"}
    assert all(set(value) == forms for value in words.table.values() if isinstance(value, dict))


def test_the_laid_over_catalogue_only_holds_what_differs() -> None:
    """Dari repeats nothing of Persian."""
    persian, dari = words_in("fa").table, words_in("fa-AF").table
    told = sum(1 for line in (FOLDER / "fa-AF.toml").read_text(encoding="utf-8").splitlines() if " = " in line)
    assert sum(persian[key] != dari[key] for key in dari) >= told - 1


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("fact_state", get_args(FactState)),
        ("relation", get_args(Relation)),
        ("story_relation", get_args(StoryRelation)),
        ("change", get_args(ChangeKind)),
        ("modality", get_args(Modality)),
        ("date_source", get_args(DateSource)),
        ("state", _kinds(StoryV1, "state")),
        ("fact_kind", _kinds(FactV1, "kind")),
        ("timeline", _kinds(TimelineEntryV1, "kind")),
        ("stage", _kinds(StoryArticleV1, "stage")),
        ("qualifier", (*_kinds(NumberV1, "qualifier"), *QUALIFIERS)),
        ("date_kind", _kinds(DateV1, "kind")),
        ("calendar", _kinds(DateV1, "calendar")),
        ("credit", _kinds(CreditV1, "role")),
        ("evidence_kind", _kinds(LanguageEvidenceV1, "kind")),
        ("mark", KINDS),
        ("meaning", tuple(f"quotation_{kind}" for kind in _kinds(QuotationV1, "kind"))),
    ],
)
def test_every_word_of_the_contract_has_a_word_of_the_interface(section: str, names: tuple[str, ...]) -> None:
    """Whatever a message may hold in a closed list, the page has words for it."""
    assert names
    assert [name for name in names if f"{section}.{name}" not in ENGLISH] == []


def test_no_word_is_kept_for_nothing() -> None:
    """Every key is asked for somewhere: by its name, by the beginning of its name, or as a term of an open list."""
    files = [path for ending in ("*.py", "*.html") for path in FOLDER.parent.rglob(ending)]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    names = set(re.findall(r"""["']([a-z_]+\.[a-z_]+)["']""", text))
    beginnings = tuple(re.findall(r"""["']([a-z_]+\.(?:[a-z]+_)*)(?:\{|["'] ~)""", text))
    lists = {f"{section}." for section in (*re.findall(r"""term\(["'](\w+)""", text), "positions", "self")}
    assert [key for key in ENGLISH if key not in names and not key.startswith((*beginnings, *lists))] == []


def test_counting_is_grammar() -> None:
    """Arabic has a dual and a plural of few; digits are those of the interface."""
    assert [words_in("ar")("count.articles", n=n) for n in (1, 2, 3, 11)] == ["خبر واحد", "خبران", "٣ أخبار", "١١ خبراً"]
    assert words_in("fa")("count.sources", n=12) == "۱۲ منبع مستقل"
    assert words_in("en")("count.articles", n=1) == "1 article"


def test_an_unknown_word_is_told_in_english() -> None:
    """A unit that no catalogue knows shows its English name, marked as English."""
    unit = words_in("fa").term("units", "wind_turbine")
    assert (unit.text, unit.lang, unit.dir) == ("wind turbine", "en", "ltr")
