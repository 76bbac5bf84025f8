"""Names: people, organisations, places and topic concepts of the gazetteer, and candidates it does not know."""

from services.extraction.domain.names.candidates import Candidate, suggest
from services.extraction.domain.names.entries import Entry, Form, Lexicon, Tenure, Word
from services.extraction.domain.names.find import find_entities
from services.extraction.domain.names.gazetteer import Gazetteer, build_gazetteer
from services.shared.text.skeleton import skeleton

__all__ = [
    "Candidate",
    "Entry",
    "Form",
    "Gazetteer",
    "Lexicon",
    "Tenure",
    "Word",
    "build_gazetteer",
    "find_entities",
    "skeleton",
    "suggest",
]
