"""The day of what an article reports: the lead counts most, what is recalled never."""

import datetime
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice

from services.extraction.domain.quantities.lexicon import QuantityPack
from services.extraction.domain.quantities.values import Date, EventDay, PublishedDay
from services.extraction.domain.values import ArticleText

_FAR_BACK, _FAR_AHEAD = 21, 14
_NEWS = 0.25  # news is of the day, unless the text says otherwise
_WEIGHTS = (1.5, 1.3, 0.6, 0.45, 0.4, 0.35, 0.3, 0.3)


@dataclass(frozen=True, slots=True)
class _Vote:
    date: Date
    sentence: int
    weight: float


def event_date(text: ArticleText, dates: tuple[Date, ...], published: PublishedDay, pack: QuantityPack) -> EventDay:
    """When the reported thing happened or is to happen; the day of publication where the lead names no day."""
    return event_in(text, dates, published)


def event_in(text: ArticleText, dates: tuple[Date, ...], published: PublishedDay) -> EventDay:
    """The same; needs no tokens."""
    ends = _sentence_ends(text)
    votes = [vote for date in dates if (vote := _vote(ends, date, published)) is not None]
    if not votes:
        return _undated(dates, published)
    sums: dict[str, float] = {}
    for vote in votes:
        sums[vote.date.value] = sums.get(vote.date.value, 0.0) + vote.weight
    sums.setdefault(published.value.isoformat(), _NEWS)
    best = max(sums, key=lambda value: (sums[value], -abs((datetime.date.fromisoformat(value) - published.value).days)))
    chosen = next((vote for vote in votes if vote.date.value == best), None)
    if chosen is None:
        return _undated(dates, published)
    share = sums[best] / sum(sums.values())
    reason = "lead" if chosen.sentence <= 1 else "body"
    return EventDay(chosen.date.day, round(min(0.98, 0.45 + 0.5 * share), 2), reason, chosen.date.span)


def _vote(ends: list[int], date: Date, published: PublishedDay) -> _Vote | None:
    if date.background or date.precision != "day" or date.in_boilerplate:
        return None
    away = (date.day - published.value).days
    if not -_FAR_BACK <= away <= _FAR_AHEAD:
        return None
    sentence = _sentence(ends, date)
    weight = _WEIGHTS[sentence] if sentence < len(_WEIGHTS) else 0.15
    if away > 0:  # a plan mentioned on the way is not what is reported
        weight *= 0.9 if sentence <= 1 else 0.5 if date.kind == "relative" else 0.4
    if date.compared:
        weight *= 0.15
    return _Vote(date, sentence, weight)


def _sentence_ends(text: ArticleText) -> list[int]:
    """Where the first sentences of the article proper end."""
    ends = (
        one.span.end
        for one in text.sentences
        if one.span.part == "body" and one.kind not in ("boilerplate", "repeat", "subhead")
    )
    return list(islice(ends, len(_WEIGHTS)))


def _sentence(ends: list[int], date: Date) -> int:
    """0 for the headline, then 1, 2, ... for the sentences of the article proper."""
    return 0 if date.span.part == "headline" else 1 + bisect_right(ends, date.span.start)


def _undated(dates: tuple[Date, ...], published: PublishedDay) -> EventDay:
    dateline = next((date for date in dates if date.in_boilerplate and date.precision == "day"), None)
    if dateline and 0 <= (published.value - dateline.day).days <= 2:
        return EventDay(dateline.day, 0.6, "dateline", dateline.span)
    return EventDay(published.value, 0.4, "published")
