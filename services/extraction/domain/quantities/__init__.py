"""Numbers and dates of an article: how many of what, and when."""

from services.extraction.domain.quantities.dates import dates_in, find_dates
from services.extraction.domain.quantities.event import event_date, event_in
from services.extraction.domain.quantities.lexicon import QuantityPack
from services.extraction.domain.quantities.numbers import find_numbers, numbers_in
from services.extraction.domain.quantities.published import sharpen_publication, sharpened
from services.extraction.domain.quantities.tokens import regions
from services.extraction.domain.quantities.values import Date, EventDay, Number, PublishedDay, Quantities
from services.extraction.domain.values import ArticleText

__all__ = [
    "Date",
    "EventDay",
    "Number",
    "PublishedDay",
    "Quantities",
    "QuantityPack",
    "event_date",
    "find_dates",
    "find_numbers",
    "read_quantities",
    "sharpen_publication",
]


def read_quantities(text: ArticleText, published: PublishedDay, pack: QuantityPack) -> Quantities:
    """All of it, with the tokens cut once: the sharpened day of publication, dates, numbers and the event's day."""
    found = regions(text, pack)
    day = sharpened(found, published)
    dates = dates_in(found, day)
    return Quantities(day, dates, numbers_in(found, dates), event_in(text, dates, day))
