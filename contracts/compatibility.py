"""What may change within a version of a message: optional fields may be added, nothing else.

A reader of the old schema then understands new messages (it drops what it does not know), and a reader of the new one
understands old messages (what is missing has a default).
"""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
_WORDS = {"description", "title", "default", "$id", "$schema", "examples"}


def breaks(old: Schema, new: Schema) -> list[str]:
    """Every way in which `new` breaks the promise of `old`, as a path and a sentence; empty where it holds."""
    return list(_compare(old, new, old, new, "message", ()))


def _compare(
    old: Schema, new: Schema, old_root: Schema, new_root: Schema, path: str, seen: tuple[str, ...]
) -> Iterator[str]:
    reference = old.get("$ref", "")
    if reference and reference in seen:
        return
    old, new = _resolve(old, old_root), _resolve(new, new_root)
    seen = (*seen, reference) if reference else seen
    yield from _same_keywords(old, new, path)
    yield from _properties(old, new, old_root, new_root, path, seen)
    for key in ("items", "additionalProperties"):
        if isinstance(old.get(key), dict) and isinstance(new.get(key), dict):
            yield from _compare(old[key], new[key], old_root, new_root, f"{path}[]", seen)
    old_any, new_any = old.get("anyOf", []), new.get("anyOf", [])
    if len(old_any) != len(new_any):
        yield f"{path}: the alternatives changed"
    for before, after in zip(old_any, new_any, strict=False):
        yield from _compare(before, after, old_root, new_root, path, seen)


def _resolve(schema: Schema, root: Schema) -> Schema:
    name = schema.get("$ref", "").removeprefix("#/$defs/")
    return root["$defs"][name] if name else schema


def _same_keywords(old: Schema, new: Schema, path: str) -> Iterator[str]:
    structural = {"properties", "required", "items", "additionalProperties", "anyOf", "$defs", "$ref"}
    for key in sorted((old.keys() | new.keys()) - structural - _WORDS):
        if old.get(key) != new.get(key):
            yield f"{path}: {key} was {old.get(key)!r} and is {new.get(key)!r}"


def _properties(
    old: Schema, new: Schema, old_root: Schema, new_root: Schema, path: str, seen: tuple[str, ...]
) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for name in sorted(set(new.get("required", [])) - set(old.get("required", []))):
        yield f"{path}.{name}: became required"
    for name in sorted(set(old.get("required", [])) - set(new.get("required", []))):
        yield f"{path}.{name}: is no longer required, old readers need it"
    for name in before:
        if name not in after:
            yield f"{path}.{name}: was removed"
        else:
            yield from _compare(before[name], after[name], old_root, new_root, f"{path}.{name}", seen)
