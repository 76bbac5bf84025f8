"""Raw articles out of files, JSON lines, HTML pages, plain text and standard input."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

JSON_LINES = {".jsonl", ".ndjson"}
PAGES = {".html", ".htm", ".xhtml"}


@dataclass(frozen=True, slots=True)
class Line:
    """One article as it came: the JSON bytes to publish, where it stood, and when it was received, if it says so."""

    value: bytes
    origin: str
    received_at: datetime | None = None


def read(paths: Iterable[str]) -> Iterator[Line]:
    """The articles of every path in order; `-` is standard input (JSON lines, or one text). Directories are walked."""
    for path in paths:
        if path == "-":
            yield from _standard_input()
        elif Path(path).is_dir():
            yield from read(str(child) for child in sorted(Path(path).iterdir()) if child.is_file())
        else:
            yield from _file(Path(path))


def _standard_input() -> Iterator[Line]:
    data = sys.stdin.buffer.read()
    if data.lstrip()[:1] == b"{":
        yield from json_lines(data.splitlines(), "standard input")
    else:
        yield _text(data, "standard input", None)


def _file(path: Path) -> Iterator[Line]:
    data = path.read_bytes()
    suffix = path.suffix.lower()
    if suffix in JSON_LINES:
        yield from json_lines(data.split(b"\n"), path.name)
    elif suffix == ".json":
        yield from _json_file(data, path.name)
    elif suffix in PAGES:
        yield Line(_dump({"html": _decode(data), "id": path.name}), path.name)
    else:
        yield _text(data, path.name, path.name)


def json_lines(lines: Iterable[bytes], origin: str) -> Iterator[Line]:
    """One article a line; empty lines are skipped, broken ones are passed on for ingest to reject with a reason."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Line(line.strip(), f"{origin}:{number}", _received_at(line))


def _json_file(data: bytes, origin: str) -> Iterator[Line]:
    try:
        value = json.loads(data)
    except ValueError:
        value = None
    if isinstance(value, list):
        yield from (Line(_dump(item), f"{origin}[{index}]") for index, item in enumerate(value))
    else:
        yield Line(data, origin, _received_at(data))


def _text(data: bytes, origin: str, name: str | None) -> Line:
    article = {"body": _decode(data)} | ({"id": name} if name else {})
    return Line(_dump(article), origin)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data).best()
        return str(best) if best else data.decode("utf-8", errors="replace")


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", errors="replace")


def _received_at(line: bytes) -> datetime | None:
    """A line's own `received_at` (ISO 8601), for replays; None where there is none or it cannot be read."""
    try:
        value = json.loads(line)
        found = datetime.fromisoformat(value["received_at"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
