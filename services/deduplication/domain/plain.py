"""Frozen values to plain JSON values and back, by their types: for snapshots."""

import types
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Reader = Callable[[Any], Any]
Writer = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """Lists, strings and numbers that hold the same; equal values are written alike, in whatever process."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    write = _writers.get(kind) or _written_as(kind)
    return write(value)


def _written_as(kind: type) -> Writer:
    """How values of a type are written: by a dataclass's fields, else as they are."""
    names = tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()
    write = _fields(names) if names else _same
    return _writers.setdefault(kind, write)


def _fields(names: tuple[str, ...]) -> Writer:
    values = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    return lambda value: [held if type(held) in _PLAIN else to_plain(held) for held in values(value)]


def _same(plain: Any) -> Any:
    return plain


_PLAIN = frozenset({str, int, float, bool, type(None)})
_writers: dict[type, Writer] = {
    array: lambda value: [value.typecode, b64encode(value.tobytes()).decode()],
    bytes: lambda value: b64encode(value).decode(),
    datetime: datetime.isoformat,
    frozenset: lambda value: [to_plain(item) for item in sorted(value)],
    tuple: lambda value: [item if type(item) in _PLAIN else to_plain(item) for item in value],
    dict: lambda value: {key: v if type(v := value[key]) in _PLAIN else to_plain(v) for key in sorted(value)},
}


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
        return _choice([item for item in inner if item is not type(None)])
    if origin is tuple:
        return _tuple(inner)
    if origin in {frozenset, dict}:
        return _collected(origin, _reader(inner[-1]))
    special: dict[Any, Reader] = {bytes: b64decode, datetime: datetime.fromisoformat, array: _array}
    return special.get(kind, _same) if origin is not Literal else _same


def _choice(kinds: list[Any]) -> Reader:
    """Optional values; of several kinds only plain ones can be told apart."""
    read = _reader(kinds[0]) if len(kinds) == 1 else _same
    return _same if read is _same else lambda plain: None if plain is None else read(plain)


def _collected(kind: Any, item: Reader) -> Reader:
    if kind is frozenset:
        return lambda plain: frozenset(map(item, plain))
    return lambda plain: {key: item(value) for key, value in plain.items()}


def _array(plain: Any) -> "array[Any]":
    return array(plain[0], b64decode(plain[1]))


def _tuple(inner: tuple[Any, ...]) -> Reader:
    if len(inner) == 2 and inner[1] is Ellipsis:
        item = _reader(inner[0])
        return tuple if item is _same else lambda plain: tuple(map(item, plain))
    return _in_places([_reader(each) for each in inner], tuple)


def _dataclass(kind: Any) -> Reader:
    hints = get_type_hints(kind, localns={"array": _Arrays})
    return _in_places([_reader(hints[f.name]) for f in fields(kind)], lambda values: kind(*values))


def _in_places(readers: list[Reader], made: Reader) -> Reader:
    """Read a row of values, touching only those that are not plain already."""
    wanted, length = [(place, read) for place, read in enumerate(readers) if read is not _same], len(readers)

    def read(plain: list[Any]) -> Any:
        if len(plain) != length:
            raise ValueError(f"{len(plain)} values where {length} are expected")
        values = list(plain)
        for place, read_one in wanted:
            values[place] = read_one(values[place])
        return made(values)

    return read
