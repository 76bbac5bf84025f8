"""Frozen values to plain JSON values and back, by their types: for snapshots."""

import types
from array import array
from base64 import b85decode, b85encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Reader = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """Lists, strings and numbers that hold the same."""
    if is_dataclass(value):
        return [to_plain(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, array):
        return [value.typecode, b85encode(value.tobytes()).decode()]
    if isinstance(value, bytes):
        return b85encode(value).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return [to_plain(item) for item in sorted(value)]
    return [to_plain(item) for item in value] if isinstance(value, tuple) else value


def from_plain(kind: Any, plain: Any) -> Any:
    """The value of type `kind` behind plain values made by `to_plain`."""
    return _reader(kind)(plain)


class _Arrays:
    """Stands for `array` in annotations, which cannot be subscripted before Python 3.12."""

    def __class_getitem__(cls, item: Any) -> Any:
        return array


@cache
def _reader(kind: Any) -> Reader:
    if is_dataclass(kind):
        return _dataclass(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        read = _reader(next(item for item in inner if item is not type(None)))
        return lambda plain: None if plain is None else read(plain)
    if origin is tuple:
        return _tuple(inner)
    if origin is frozenset:
        item = _reader(inner[0])
        return lambda plain: frozenset(map(item, plain))
    if kind is array:
        return lambda plain: array(plain[0], b85decode(plain[1]))
    special: dict[Any, Reader] = {bytes: b85decode, datetime: datetime.fromisoformat}
    return special.get(kind, _same) if origin is not Literal else _same


def _same(plain: Any) -> Any:
    return plain


def _tuple(inner: tuple[Any, ...]) -> Reader:
    if len(inner) == 2 and inner[1] is Ellipsis:
        item = _reader(inner[0])
        return lambda plain: tuple(map(item, plain))
    items = [_reader(each) for each in inner]
    return lambda plain: tuple(read(value) for read, value in zip(items, plain, strict=True))


def _dataclass(kind: Any) -> Reader:
    hints = get_type_hints(kind, localns={"array": _Arrays})
    readers = [_reader(hints[f.name]) for f in fields(kind)]
    return lambda plain: kind(*(read(value) for read, value in zip(readers, plain, strict=True)))
