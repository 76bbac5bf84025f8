"""Accounts in few bytes: most of a window's memory is what its articles said."""

import json
import zlib
from dataclasses import fields, is_dataclass
from typing import Any

from services.deduplication.domain.consolidation.account import Account, DayNamed, Named, Span, Statement


def pack(account: Account) -> bytes:
    """The account as compressed bytes; `unpack` gives back an equal one."""
    return zlib.compress(json.dumps(_bare(account), ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes) -> Account:
    """The account behind the bytes."""
    values = json.loads(zlib.decompress(packed))
    row = dict(zip((f.name for f in fields(Account)), values, strict=True))
    row["headline"], row["lead"] = _span(row["headline"]), _span(row["lead"])
    row["statements"] = tuple(_statement(value) for value in row["statements"])
    row["withdrawn"] = tuple(_statement(value) for value in row["withdrawn"])
    row["named"] = tuple(_named(value) for value in row["named"])
    row["days"] = tuple(DayNamed(date, _span(sentence)) for date, sentence in row["days"])
    row["agencies"] = tuple(row["agencies"])
    return Account(**row)


def _bare(value: Any) -> Any:
    if is_dataclass(value):
        return [_bare(getattr(value, f.name)) for f in fields(value)]
    return [_bare(item) for item in value] if isinstance(value, tuple) else value


def _span(value: Any) -> Span | None:
    return Span(*value) if value else None


def _statement(value: Any) -> Statement:
    kind, about, said, span, sentence, actor, modality, background, marks = value
    return Statement(kind, about, said, Span(*span), _span(sentence), actor, modality, background, tuple(marks))


def _named(value: Any) -> Named:
    entity, kind, name, mentions, surfaces, first, sentence = value
    return Named(entity, kind, name, mentions, tuple(surfaces), _span(first), _span(sentence))
