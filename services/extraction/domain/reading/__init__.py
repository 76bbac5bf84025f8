"""Read an article: what is text, what is not, what tells of the past, and where its sentences are."""

from services.extraction.domain.reading.reader import read
from services.extraction.domain.reading.rules import Rules

__all__ = ["Rules", "read"]
