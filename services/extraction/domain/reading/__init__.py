"""Read an article: what is text, what is not, what tells of the past, where its sentences are, whom it credits."""

from services.extraction.domain.reading.credits import Agencies, Credit
from services.extraction.domain.reading.credits import find_credits as credits
from services.extraction.domain.reading.reader import read
from services.extraction.domain.reading.rules import Rules

__all__ = ["Agencies", "Credit", "Rules", "credits", "read"]
