"""The whole state of a desk as plain values and back, so that a restart continues as if nothing had happened."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from services.deduplication.domain.consolidation.ledger import Entry, otherwise_digested
from services.deduplication.domain.copies.lineage import Lineage
from services.deduplication.domain.copies.trace import Trace
from services.deduplication.domain.desk import Desk
from services.deduplication.domain.plain import from_plain, to_plain
from services.deduplication.domain.stories.fingerprint import Fingerprint
from services.deduplication.domain.versions import Kept

FORMAT = 4
READ = frozenset({2, 3, FORMAT})
"""Formats that can be read. The older ones digested stories in another way: what was told is known by name only, and
a story that is touched is published once although nothing about it may be new."""


def written(desk: Desk) -> Iterator[str]:
    """Everything a desk knows as JSON, piece by piece: all of it as values at once would take many times the room."""
    yield json.dumps({"format": FORMAT, "watermark": desk.watermark.isoformat()})[:-1]
    for name, pairs in _named(desk).items():
        yield from _joined(f', "{name}": {{', (f"{json.dumps(key)}: {json.dumps(row)}" for key, row in pairs), "}")
    for name, rows in _listed(desk).items():
        yield from _joined(f', "{name}": [', map(json.dumps, rows), "]")
    yield "}"


def _named(desk: Desk) -> dict[str, Iterator[tuple[str, Any]]]:
    return {
        "prints": ((str(handle), to_plain(found)) for handle, found in sorted(desk.window.prints.items())),
        "lineages": ((later, to_plain(earlier)) for later, earlier in desk.lineage.lineages().items()),
        "versions": ((name, to_plain(kept)) for name, kept in sorted(desk.versions.all().items())),
        "ledger": ((story, to_plain(entry)) for story, entry in sorted(desk.ledger.items())),
    }


def _listed(desk: Desk) -> dict[str, Iterator[Any]]:
    return {"edges": iter(desk.window.edges()), "traces": (to_plain(trace) for trace in desk.lineage.traces())}


def _joined(begin: str, pieces: Iterable[str], end: str) -> Iterator[str]:
    yield begin
    for number, piece in enumerate(pieces):
        yield f", {piece}" if number else piece
    yield end


def thaw(desk: Desk, frozen: dict[str, Any]) -> Desk:
    """Fill a fresh desk with what was read from what `written` gave."""
    if frozen["format"] not in READ:
        raise ValueError(f"a snapshot of format {frozen['format']} cannot be read by format {FORMAT}")
    desk.watermark = date.fromisoformat(frozen["watermark"])
    desk.versions.restore(
        {name: tuple(from_plain(Kept, kept) for kept in all_kept) for name, all_kept in frozen["versions"].items()}
    )
    desk.ledger.update({story: _entry(entry, frozen["format"]) for story, entry in frozen["ledger"].items()})
    prints = {int(handle): from_plain(Fingerprint, found) for handle, found in frozen["prints"].items()}
    desk.window.restore(prints, [tuple(row) for row in frozen["edges"]])
    lineages = {later: from_plain(dict[str, Lineage], earlier) for later, earlier in frozen["lineages"].items()}
    desk.lineage.restore((from_plain(Trace, plain) for plain in frozen["traces"]), lineages)
    desk.relink_all()
    return desk


def _entry(plain: Any, written_in: int) -> Entry:
    entry = from_plain(Entry, plain)
    assert isinstance(entry, Entry)
    return entry if written_in == FORMAT else otherwise_digested(entry)
