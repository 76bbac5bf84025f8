"""Sharpen the day of publication by what the text says of its own day: «today, Tuesday», a printed date, a dateline."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.extraction.domain.quantities import resolve
from services.extraction.domain.quantities.days import piece
from services.extraction.domain.quantities.lexicon import QuantityPack
from services.extraction.domain.quantities.pieces import Piece
from services.extraction.domain.quantities.tokens import Region, regions
from services.extraction.domain.quantities.values import PublishedDay
from services.extraction.domain.values import ArticleText, Span

_TRUSTED = ("header", "meta", "url")
_HEAD = 400  # folded characters in which an article prints its own date
_MOST_PIECES = 200
_GAP = 3  # tokens between «today» and its weekday


@dataclass(frozen=True, slots=True)
class _Claim:
    """What the text says of its own day: a weekday, and perhaps the day itself."""

    span: Span
    weekday: int | None
    day: datetime.date | None
    certainty: float


def sharpen_publication(text: ArticleText, published: PublishedDay, pack: QuantityPack) -> PublishedDay:
    """The day of publication after reading the text; a date from outside is only corrected by one day."""
    return sharpened(regions(text, pack), published)


def sharpened(found: list[Region], published: PublishedDay) -> PublishedDay:
    """The same over tokens that were cut already."""
    claims = [claim for region in found if region.kind != "background" for claim in _claims(region, published)]
    if not claims:
        return published
    claim = max(claims, key=lambda one: (one.day is not None, one.certainty))
    if published.source in _TRUSTED and published.precision == "day":
        return _corrected(published, claim)
    return _from_text(published, claim)


def _from_text(published: PublishedDay, claim: _Claim) -> PublishedDay:
    if claim.day is not None:
        return PublishedDay(claim.day, "day", "text", max(claim.certainty, published.confidence), claim.span)
    if claim.weekday is None:
        return published
    # an assumed day is a day by which the article was seen: the latest such weekday not after it
    day = resolve.weekday_near(_last_day(published), claim.weekday, -1)
    return PublishedDay(day, "day", "text", max(claim.certainty, published.confidence), claim.span)


def _last_day(published: PublishedDay) -> datetime.date:
    if published.precision == "month":
        following = published.value.replace(day=28) + datetime.timedelta(days=4)
        return following.replace(day=1) - datetime.timedelta(days=1)
    return published.value.replace(month=12, day=31) if published.precision == "year" else published.value


def _corrected(published: PublishedDay, claim: _Claim) -> PublishedDay:
    """Around midnight a header and a text may differ by one day; more than that is a slip of the text."""
    day = claim.day
    if day is None and claim.weekday is not None:
        before = resolve.weekday_near(published.value, claim.weekday, -1)
        after = resolve.weekday_near(published.value, claim.weekday, 1)
        day = min((before, after), key=lambda one: abs((one - published.value).days))
    if day is None or abs((day - published.value).days) != 1:
        return (
            replace(published, confidence=min(1.0, published.confidence + 0.02))
            if day == published.value
            else published
        )
    return PublishedDay(day, "day", "text", claim.certainty, claim.span)


def _claims(region: Region, published: PublishedDay) -> Iterator[_Claim]:
    guess = replace(published, source="assumed")
    if region.kind == "boilerplate":
        yield from _printed(region, guess)
    elif region.kind != "repeat" and any("relative" in marks for marks in region.marks.values()):
        yield from _todays(region, _all_pieces(region, guess), published)


def _all_pieces(region: Region, guess: PublishedDay) -> list[Piece]:
    pieces: list[Piece] = []
    for at in region.dated:
        if not pieces or at >= pieces[-1].end:
            pieces += piece(region, at, guess)
        if len(pieces) > _MOST_PIECES:
            break
    return pieces


def _todays(region: Region, pieces: list[Piece], published: PublishedDay) -> Iterator[_Claim]:
    """«Today, Tuesday, 6 January»: today beside a weekday or a day of a month."""
    for place, one in enumerate(pieces):
        if one.shape != "relative" or one.precision != "day":
            continue
        offset = one.day - published.value
        near = [other for other in pieces[max(0, place - 2) : place + 3] if other is not one and _close(one, other)]
        days = [other for other in near if other.shape in ("day", "numeric")]
        weekdays = [other for other in near if other.shape == "weekday"]
        if days and (days[0].explicit_year or published.source != "assumed"):
            yield _Claim(region.span(one.first, one.end - 1), None, days[0].day - offset, 0.95)
        elif weekdays:
            weekday = (weekdays[0].day - offset).weekday()
            yield _Claim(
                region.span(one.first, weekdays[0].end - 1 if weekdays[0].end > one.end else one.end - 1),
                weekday,
                None,
                0.9,
            )


def _close(one: Piece, other: Piece) -> bool:
    first, second = sorted((one, other), key=lambda piece: piece.first)
    return second.first - first.end <= _GAP and not (second.first - first.end > 1 and second.lead)


def _printed(region: Region, guess: PublishedDay) -> Iterator[_Claim]:
    """A full date in the furniture at the head of the page: «Опубліковано: 26 жовтня 2025», «date 2025-09-04»."""
    if region.part.part != "body" or not region.starts or region.starts[0] > _HEAD:
        return
    for one in _all_pieces(region, guess):
        if one.shape in ("day", "numeric") and one.explicit_year:
            yield _Claim(region.span(one.first, one.end - 1), None, one.day, 0.92)
            return
