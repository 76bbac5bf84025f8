"""The days of a story: the event's, those it was published on, and those the articles speak of."""

from collections.abc import Sequence
from typing import Literal

from services.deduplication.domain.consolidation.account import Account, Span
from services.deduplication.domain.consolidation.story import TimelineEntry

_MOST_DAYS = 60


def timeline(accounts: Sequence[Account], event_date: str | None) -> tuple[TimelineEntry, ...]:
    """Entries by date; of a day that many speak of, the earliest article's sentence."""
    seen: dict[tuple[str, str], dict[str, Span | None]] = {}
    for account in accounts:
        if account.published_source != "assumed":
            seen.setdefault((account.published[:10], "published"), {})[account.article_id] = None
        for day in account.days:
            kind = "event" if day.date == event_date else "mentioned"
            seen.setdefault((day.date, kind), {}).setdefault(account.article_id, day.sentence)
    entries = [_entry(date, kind, articles) for (date, kind), articles in seen.items()]
    entries.sort(key=lambda e: (-len(e.article_ids), e.date, e.kind))
    return tuple(sorted(entries[:_MOST_DAYS], key=lambda e: (e.date, e.kind)))


def _entry(date: str, kind: str, articles: dict[str, Span | None]) -> TimelineEntry:
    kinds: dict[str, Literal["event", "published", "mentioned"]] = {
        "event": "event", "published": "published", "mentioned": "mentioned",
    }  # fmt: skip
    sentence = next((span for span in articles.values() if span), None)
    return TimelineEntry(date, kinds[kind], tuple(articles), sentence)
