"""The gazetteer pack is sound, sorted, and one subject among others."""

from collections import defaultdict
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from services.extraction.domain.names import build_gazetteer, find_entities
from services.extraction.packs.gazetteer import ENTRY_FILES, read_pack
from services.extraction.packs.gazetteer.build_countries import rows
from services.extraction.packs.gazetteer.rows import read_entries
from services.shared.text.fold import fold_text
from tests.unit.extraction.names_samples import article, gazetteer

PACK = files("services.extraction.packs").joinpath("gazetteer")
EARTHQUAKES = Path(__file__).resolve().parents[2] / "helpers/packs/earthquakes/concepts.psv"


def _lines(name: str) -> list[str]:
    lines = PACK.joinpath(name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_every_entry_has_a_form_in_some_language() -> None:
    """An entry without a spelling could never be found."""
    entries, _ = read_pack()
    assert [entry.id for entry in entries if not entry.forms] == []


def test_entry_files_are_sorted_and_ids_stand_once_in_a_file() -> None:
    """One entry a line, in order, so that two curators' changes do not collide."""
    for name in ENTRY_FILES:
        ids = [line.split("|")[0] for line in _lines(name)]
        assert ids == sorted(ids), name
        assert len(ids) == len(set(ids)), name


def test_no_full_spelling_points_at_two_entries_of_one_language() -> None:
    """Two entries may share a surname or a declared weak form, never a full one."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in gazetteer().entries.values():
        for form in entry.forms:
            if not form.weak and entry.type != "concept":
                owners[form.language, fold_text(form.text.replace("+", "")).replace(" ", "")].add(entry.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_tenures_and_bodies_name_known_entries() -> None:
    """A holder or body that is no entry would be shown by its bare id."""
    _, lexicon = read_pack()
    known = set(gazetteer().entries)
    assert sorted({tenure.holder for tenure in lexicon.tenures} - known) == []
    assert sorted({tenure.of for tenure in lexicon.tenures if tenure.of and "-" not in tenure.of} - known) == []
    assert sorted(set(lexicon.bodies.values()) - known - {"-"}) == []


def test_tenures_of_one_role_do_not_overlap() -> None:
    """On any day a role has one holder."""
    for (role, of), held in gazetteer().tenures.items():
        ordered = sorted(held, key=lambda tenure: tenure.since)
        for earlier, later in pairwise(ordered):
            assert earlier.until, (role, of, earlier.holder)
            assert earlier.until <= later.since, (role, of, earlier.holder, later.holder)


def test_countries_are_what_the_build_command_writes() -> None:
    """countries.psv is generated from the CLDR; nobody edits it by hand."""
    assert _lines("countries.psv") == rows()


def test_another_subject_is_another_file() -> None:
    """A pack on earthquakes brings its own topics and bodies, and the engine needs no change."""
    entries, lexicon = read_pack(subjects=())
    quakes = list(read_entries(EARTHQUAKES.read_text("utf-8").splitlines()))
    page = article("Епіцентр землетрусу був біля міста, повідомив Тестовий сейсмоцентр.", "ukr")
    found = {one.id for one in find_entities(page, build_gazetteer([*entries, *quakes], lexicon))}
    assert {"epicentre", "test_seismic_centre"} <= found
    assert "epicentre" not in {one.id for one in find_entities(page, gazetteer())}
