"""The commands that need no broker."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.client.demonstration import SAMPLES
from services.client.main import app

RECEIVED = ["--received-at", "2026-03-12"]


def _run(*arguments: str, text: str | None = None) -> str:
    done = CliRunner().invoke(app, list(arguments), input=text)
    assert done.exit_code == 0, done.output
    return done.stdout


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles and a broken line, replayed."""
    home = tmp_path_factory.mktemp("replay")
    raw = home / "raw.jsonl"
    raw.write_bytes(SAMPLES.read_bytes() + b'{"id": "empty", "body": " "}\n{broken\n')
    outs = [f"--{name}={home / name}.jsonl" for name in ("stories", "changes", "assignments")]
    _run("replay", str(raw), *outs, *RECEIVED)
    return home


def test_replay_gives_every_article_a_story_or_a_reason(replayed: Path) -> None:
    """The assignments hold a row an article, in input order, with its story and dispatch or why it was rejected."""
    rows = _rows(replayed / "assignments.jsonl")
    assert len(rows) == len(SAMPLES.read_text(encoding="utf-8").splitlines()) + 2
    assert [row["rejected"] for row in rows[-2:]] == ["empty_text", "invalid_json"]
    assert rows[-2]["source_id"] == "empty"
    for row in rows[:-2]:
        assert {"source_id", "article_id", "language", "story_id", "dispatch_id", "relation"} <= row.keys()


def test_a_replayed_story_counts_a_dispatch_once(replayed: Path) -> None:
    """The agency text in three languages and the outlet's own report are two independent sources."""
    by_source = {row["source_id"]: row for row in _rows(replayed / "assignments.jsonl")}
    story = by_source["courier-3311"]["story_id"]
    same = {
        by_source[source]["dispatch_id"] for source in ("courier-3311", "harbour-778", "sahar-90121", "nahrain-5520")
    }
    assert len(same) == 1
    (found,) = [s for s in _rows(replayed / "stories.jsonl") if s["story_id"] == story]
    assert found["independent_sources"] == 2


def test_changes_of_a_story_are_contiguous(replayed: Path) -> None:
    """Versions count up by one, so that a subscriber sees a gap or a repeat."""
    seen: dict[object, object] = {}
    for change in _rows(replayed / "changes.jsonl"):
        assert change["version"] == seen.get(change["story_id"], 0) + 1  # type: ignore[operator]
        seen[change["story_id"]] = change["version"]


def test_a_replay_is_the_same_every_time(replayed: Path, tmp_path: Path) -> None:
    """The same input gives the same bytes."""
    again = tmp_path / "again.jsonl"
    _run("replay", str(replayed / "raw.jsonl"), f"--changes={again}", *RECEIVED)
    assert again.read_bytes() == (replayed / "changes.jsonl").read_bytes()


def test_stories_can_be_had_as_ninjs(replayed: Path, tmp_path: Path) -> None:
    """With --as ninjs the same stories are written, each as an item of IPTC's standard."""
    items = tmp_path / "items.jsonl"
    _run("replay", str(replayed / "raw.jsonl"), f"--stories={items}", "--as=ninjs", *RECEIVED)
    stories = [f"urn:storybraid:story:{row['story_id']}" for row in _rows(replayed / "stories.jsonl")]
    assert [row["uri"] for row in _rows(items)] == stories
    assert {row["standard"]["version"] for row in _rows(items)} == {"3.2"}  # type: ignore[index]


@pytest.mark.parametrize(("command", "field"), [("identify", "iso639_3"), ("extract", "entities")])
def test_a_stage_alone_writes_a_result_a_line(command: str, field: str) -> None:
    """With --jsonl every raw article gives one line, its source_id first; a broken one says why."""
    lines = _run(command, "--jsonl", "-", text='{"id": "a", "body": "Ministers met in Oslo."}\n{broken\n').splitlines()
    first, second = (json.loads(line) for line in lines)
    assert next(iter(first)) == "source_id"
    assert first["source_id"] == "a"
    assert field in first
    assert second["rejected"] == "invalid_json"


def test_a_person_gets_readable_output() -> None:
    """Without --jsonl a text from standard input is explained in words."""
    assert "fa-AF" in _run("identify", "-", text="ولسوال گفت که پوهنتون در ماه جنوری باز می‌شود و طیاره‌ها پرواز می‌کنند.")
    assert "Oslo" in _run("extract", "-", text="Ministers of 12 countries met in Oslo on Tuesday.")


def test_topics_and_settings_are_listed() -> None:
    """What the bus is made of and what can be set is told without a broker."""
    assert "articles.raw.v1" in _run("topics", "list")
    assert "STORYBRAID_BROKERS" in _run("settings")


def test_an_unreadable_moment_is_refused_with_a_sentence() -> None:
    """A wrong option ends with its name and what was expected."""
    done = CliRunner().invoke(app, ["replay", str(SAMPLES), "--received-at", "yesterday"])
    assert done.exit_code == 2
    assert "ISO 8601" in done.output
