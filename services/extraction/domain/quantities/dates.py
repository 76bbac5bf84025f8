"""Find every day, month and year a text names; pieces that name one day together are one date."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from services.extraction.domain.quantities.ago import ago
from services.extraction.domain.quantities.days import piece
from services.extraction.domain.quantities.lexicon import QuantityPack
from services.extraction.domain.quantities.pieces import Piece, ending_before
from services.extraction.domain.quantities.tokens import Region, readable, regions
from services.extraction.domain.quantities.values import Date, PublishedDay
from services.extraction.domain.values import ArticleText

_GLUE = {",", "،", "(", ")", "-", "/", "[", "؛"}
_LONGEST_GLUE = 3
_WEEK = 7
_KINDS: dict[str, Literal["explicit", "weekday", "relative", "holiday"]] = {
    "weekday": "weekday",
    "relative": "relative",
    "holiday": "holiday",
}


def find_dates(text: ArticleText, published: PublishedDay, pack: QuantityPack) -> tuple[Date, ...]:
    """Every date of the article outside boilerplate, resolved against the day of publication, in text order."""
    return dates_in(regions(text, pack), published)


def dates_in(found: list[Region], published: PublishedDay) -> tuple[Date, ...]:
    """The same over tokens that were cut already. A dateline is furniture, but its day is a day the text names."""
    kept = list(readable(found)) + [
        one for one in found if one.kind == "boilerplate" and "dateline" in (one.reason or "")
    ]
    pieces = [list(_pieces(region, published)) for region in kept]
    firm = _firm_days([one for found in pieces for one in found], published)
    dates = [
        date
        for region, found in zip(kept, pieces, strict=True)
        for date in _region_dates(region, [_settled(one, firm) for one in found])
    ]
    return tuple(sorted(dates, key=lambda date: (date.span.part != "headline", date.span.start)))


def _firm_days(pieces: list[Piece], published: PublishedDay) -> dict[int, datetime.date]:
    """The day a weekday stands for in this article, where some mention of it is dated or announced."""
    firm: dict[int, datetime.date] = {}
    for one in pieces:
        dated = one.shape in ("day", "numeric", "relative") or (one.shape == "weekday" and not one.loose)
        if dated and one.precision == "day" and not one.ago and abs((one.day - published.value).days) <= _WEEK:
            firm.setdefault(one.day.weekday(), one.day)
    return firm


def _settled(one: Piece, firm: dict[int, datetime.date]) -> Piece:
    day = firm.get(one.day.weekday())
    return replace(one, day=day) if one.shape == "weekday" and one.loose and day else one


def _region_dates(region: Region, pieces: list[Piece]) -> Iterator[Date]:
    place = 0
    while place < len(pieces):
        group = [pieces[place]]
        while (
            place + len(group) < len(pieces) and len(group) < 3 and _belongs(region, group, pieces[place + len(group)])
        ):
            group.append(pieces[place + len(group)])
        yield _date(region, group)
        place += len(group)


def _pieces(region: Region, published: PublishedDay) -> Iterator[Piece]:
    place = 0
    for at in region.dated:
        if at < place:
            continue
        found = piece(region, at, published) or ago(region, at, published)
        for one in found:
            yield one
            place = max(place, one.end)


def _belongs(region: Region, group: list[Piece], after: Piece) -> bool:
    shapes = {one.shape for one in group}
    if after.shape in shapes or after.precision != "day" or any(one.precision != "day" for one in group):
        return False
    if "numeric" in shapes | {after.shape} and "day" in shapes | {after.shape}:
        return False
    if "holiday" in shapes or after.shape == "holiday":
        return False
    start, end = group[-1].end, after.first
    apart = any(region.word(place) in (",", "،", "؛") for place in range(start, end))
    return _glued(region, start, end) and _agree(group, after, apart)


def _agree(group: list[Piece], after: Piece, apart: bool) -> bool:
    """Two expressions of one day lie near each other; set apart by a comma, a weekday must be the other's own."""
    before = group[-1]
    shapes = {before.shape, after.shape}
    if shapes == {"relative", "weekday"}:
        offset = (after.day.weekday() - before.day.weekday()) % 7
        return not apart or offset in (0, 1, 6)
    if "weekday" in shapes:
        today = group[0].shape == "relative" and abs((group[0].day - after.day).days) <= 1
        return not apart or today or any(one.day.weekday() == after.day.weekday() for one in group)
    return abs((before.day - after.day).days) <= 1


def _glued(region: Region, start: int, end: int) -> bool:
    place = start
    while place < end:
        mark = region.get(place, "glue") or region.get(place, "day_word") or region.get(place, "daypart")
        if mark:
            place += mark.size
        elif region.word(place) in _GLUE:
            place += 1
        else:
            return False
    if end - start > _LONGEST_GLUE or place != end:
        return False
    between = region.part.folded.text[region.ends[start - 1] : region.starts[end]]
    return "\n" not in between


def _date(region: Region, group: list[Piece]) -> Date:
    chosen = min(
        group,
        key=lambda one: (
            ("day", "numeric", "holiday", "weekday", "relative").index(one.shape) if one.precision == "day" else 9
        ),
    )
    if {"relative", "weekday"} <= {one.shape for one in group} and _misdated(group, chosen):
        chosen = next(one for one in group if one.shape == "weekday")
    day = _weekday_of(group, chosen)
    first, end = group[0].first, group[-1].end
    lead = group[0].lead
    if region.lexicon.language in ("fas", "arb") and group[0].shape == "weekday" and not lead:
        mark = ending_before(region, first, "day_word")
        first = first - mark.size if mark else first
    if region.word(end) == ")" and any(region.word(place) == "(" for place in range(first, end)):
        end += 1
    iso = day.isoformat()
    value = iso if chosen.precision == "day" else iso[:7] if chosen.precision == "month" else iso[:4]
    span = region.span(first, end - 1, lead)
    return Date(
        value, chosen.precision, _KINDS.get(chosen.shape, "explicit"), chosen.calendar, span,
        region.is_background(first), region.kind == "boilerplate", _compared(region, group),
    )  # fmt: skip


def _misdated(group: list[Piece], chosen: Piece) -> bool:
    """«Today (Thursday, 7 ...)» where the day of the month is one off: today's weekday is surer."""
    weekday = next(one for one in group if one.shape == "weekday")
    today = next(one for one in group if one.shape == "relative")
    return weekday.day.weekday() == today.day.weekday() != chosen.day.weekday()


def _compared(region: Region, group: list[Piece]) -> bool:
    return group[0].ago or bool(region.get(group[0].first - 1, "since") and not region.get(group[0].first - 1, "until"))


def _weekday_of(group: list[Piece], chosen: Piece) -> datetime.date:
    """`today, Tuesday` is the Tuesday nearest to what today was taken for."""
    relative = next((one for one in group if one.shape == "relative"), None)
    if chosen.shape != "weekday" or relative is None:
        return chosen.day
    ahead = (chosen.day.weekday() - relative.day.weekday()) % 7
    return relative.day + datetime.timedelta(days=ahead if ahead <= 3 else ahead - 7)
