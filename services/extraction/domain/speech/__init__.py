"""Speech: quotations with their speakers, commitments and positions."""

from services.extraction.domain.speech.commitments import find_commitments, find_positions, find_promises
from services.extraction.domain.speech.cues import Cues
from services.extraction.domain.speech.quotations import find_quotations
from services.extraction.domain.speech.subject import Subject
from services.extraction.domain.speech.tokens import cut_words
from services.extraction.domain.speech.values import Commitment, Position, Quotation, Quotations, Term

__all__ = [
    "Commitment",
    "Cues",
    "Position",
    "Quotation",
    "Quotations",
    "Subject",
    "Term",
    "cut_words",
    "find_commitments",
    "find_positions",
    "find_promises",
    "find_quotations",
]
