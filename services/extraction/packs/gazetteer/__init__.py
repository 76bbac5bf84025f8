"""Load the gazetteer pack: people, organisations, places and topics, with the words that stand beside names."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from services.extraction.domain.names import Entry, Gazetteer, Lexicon, build_gazetteer
from services.extraction.packs.gazetteer.rows import read_entries
from services.extraction.packs.gazetteer.words import read_lexicon

VERSION = "1"
ENTRY_FILES = ("people.psv", "organisations.psv", "places.psv", "countries.psv", "demonyms.psv", "concepts.psv")


def load(subjects: tuple[str, ...] = ("ukraine-guarantees",)) -> Gazetteer:
    """The general gazetteer with the concepts and names of the subject packs."""
    return build_gazetteer(*read_pack(subjects))


def read_pack(subjects: tuple[str, ...] = ("ukraine-guarantees",)) -> tuple[list[Entry], Lexicon]:
    """The entries and the lexicon of the pack, not yet compiled."""
    packs = files("services.extraction.packs")
    folder = packs.joinpath("gazetteer")
    sources = [folder.joinpath(name) for name in ENTRY_FILES]
    sources += [packs.joinpath(subject, "concepts.psv") for subject in subjects]
    return list(read_entries(_lines(sources))), read_lexicon(folder)


def _lines(sources: list[Traversable]) -> list[str]:
    return [line for source in sources if source.is_file() for line in source.read_text("utf-8").splitlines()]
