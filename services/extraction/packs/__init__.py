"""Load everything extraction knows: language packs, the gazetteer, agencies, the subject's items."""

from functools import cache
from importlib.resources import files

from services.extraction.domain.knowledge import Knowledge
from services.extraction.packs import agencies, boilerplate, gazetteer, quantities, speech
from services.extraction.packs.subjects import load_subject

SUBJECT = "ukraine-guarantees"


@cache
def load() -> Knowledge:
    """The knowledge of the room, read once."""
    rules, credited, counted = boilerplate.load(), agencies.load(), quantities.load()
    subject = load_subject(SUBJECT)
    versions = rules.versions | {
        "agencies": credited.version,
        "gazetteer": gazetteer.VERSION,
        "quantities": counted.version,
        subject.name: subject.version,
    }
    return Knowledge(
        rules=rules,
        agencies=credited,
        gazetteer=gazetteer.load(),
        quantities=counted,
        cues=speech.load(),
        subject=subject,
        countries=_countries(),
        versions=dict(versions),
    )


def _countries() -> frozenset[str]:
    """The ids of whole countries and regions: less precise than a town."""
    folder = files("services.extraction.packs").joinpath("gazetteer")
    lines = folder.joinpath("countries.psv").read_text("utf-8").splitlines()
    return frozenset(line.split("|")[0] for line in lines if line and not line.startswith("#"))
