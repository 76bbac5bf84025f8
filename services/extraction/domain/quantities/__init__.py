"""Numbers and dates of an article: how many of what, and when."""

from services.extraction.domain.quantities.dates import dates_in, find_dates
from services.extraction.domain.quantities.lexicon import QuantityPack
from services.extraction.domain.quantities.numbers import find_numbers, numbers_in
from services.extraction.domain.quantities.tokens import regions
from services.extraction.domain.quantities.values import Date, EventDay, Number, PublishedDay, Quantities
from services.extraction.domain.values import ArticleText

__all__ = [
    "Date",
    "EventDay",
    "Number",
    "PublishedDay",
    "QuantityPack",
    "Quantities",
    "find_dates",
    "find_numbers",
]
