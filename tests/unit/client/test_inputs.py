"""Articles out of files and standard input."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from services.client import inputs


def _values(lines: list[inputs.Line]) -> list[dict[str, object]]:
    return [json.loads(line.value) for line in lines]


def test_a_text_file_is_an_article_with_nothing_but_body_and_name(tmp_path: Path) -> None:
    """Plain text becomes `body`, untouched, and the file's name its id."""
    path = tmp_path / "one.txt"
    path.write_bytes(" خبر\r\nسطر\n".encode())
    assert _values(list(inputs.read([str(path)]))) == [{"body": " خبر\r\nسطر\n", "id": "one.txt"}]


def test_json_lines_pass_through_byte_for_byte(tmp_path: Path) -> None:
    """Broken lines are not dropped here: ingest rejects them with a reason."""
    path = tmp_path / "many.jsonl"
    path.write_bytes(b'{"body": "a"}\n\n{broken\n{"body": "\xff"}\n')
    lines = list(inputs.read([str(path)]))
    assert [line.value for line in lines] == [b'{"body": "a"}', b"{broken", b'{"body": "\xff"}']
    assert [line.origin for line in lines] == ["many.jsonl:1", "many.jsonl:3", "many.jsonl:4"]


def test_a_line_may_say_when_it_was_received(tmp_path: Path) -> None:
    """`received_at` is the replay's Kafka timestamp; without an offset it is UTC."""
    path = tmp_path / "x.jsonl"
    path.write_text(
        '{"body": "a", "received_at": "2026-01-07T08:00:00+03:30"}\n{"body": "b", "received_at": "2026-01-07"}\n'
    )
    first, second = inputs.read([str(path)])
    assert first.received_at == datetime(2026, 1, 7, 4, 30, tzinfo=UTC)
    assert second.received_at == datetime(2026, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize("value", ["", "yesterday", 5, None, ["2026-01-07"]])
def test_an_unreadable_moment_is_no_moment(value: object) -> None:
    """A `received_at` that cannot be read counts as absent, not as an error."""
    (line,) = inputs.json_lines([json.dumps({"body": "a", "received_at": value}).encode()], "x")
    assert line.received_at is None


def test_a_page_becomes_html(tmp_path: Path) -> None:
    """HTML files are published as pages; ingest takes the text out."""
    path = tmp_path / "page.html"
    path.write_text("<p>خبر</p>", encoding="utf-8")
    assert _values(list(inputs.read([str(path)]))) == [{"html": "<p>خبر</p>", "id": "page.html"}]


def test_a_json_list_is_many_articles(tmp_path: Path) -> None:
    """A .json file holds one article or a list of them."""
    path = tmp_path / "list.json"
    path.write_text('[{"body": "a"}, {"body": "b"}]')
    assert [value["body"] for value in _values(list(inputs.read([str(path)])))] == ["a", "b"]


def test_old_encodings_are_read(tmp_path: Path) -> None:
    """Windows-1256 text, as old Arabic pages have it, is not turned into question marks."""
    text = "أعلن وزراء الخارجية العرب يوم الثلاثاء في القاهرة أنهم اتفقوا على خطة جديدة لإعادة الإعمار " * 3
    path = tmp_path / "old.txt"
    path.write_bytes(text.encode("cp1256"))
    assert _values(list(inputs.read([str(path)])))[0]["body"] == text


def test_a_directory_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    """Directories give their files sorted, so that a replay is the same everywhere."""
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text(name)
    assert [value["id"] for value in _values(list(inputs.read([str(tmp_path)])))] == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("data", "expected"), [(b'{"body": "a"}\n{"body": "b"}\n', 2), (b"plain text\nof two lines", 1)]
)
def test_standard_input_is_json_lines_or_one_text(monkeypatch: pytest.MonkeyPatch, data: bytes, expected: int) -> None:
    """What starts with a brace is JSON lines; anything else is one article's text."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert len(list(inputs.read(["-"]))) == expected
