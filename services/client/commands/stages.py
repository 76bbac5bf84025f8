"""`replay`, `identify` and `extract`: the pipeline, or a stage of it, without Kafka."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.identified_article import IdentifiedArticleV1
from services.client import inputs, live, stages
from services.client.commands.options import As, Form, Paths, ReceivedAt, moment, written
from services.client.pipeline import Refused
from services.client.replay import Replay
from services.client.replay import replay as run_replay

Out = Annotated[Path | None, typer.Option(help="Write JSON lines to this file.", dir_okay=False)]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Raw articles in as JSON lines, one JSON result a line out.")]


def replay(
    paths: Paths,
    stories: Out = None,
    changes: Out = None,
    assignments: Out = None,
    received_at: ReceivedAt = None,
    form: As = Form.STORYBRAID,
) -> None:
    """Run the whole pipeline in one process, without Kafka: the same articles always give the same stories."""
    lines = list(inputs.read(paths))
    result = Replay()
    for result in track(run_replay(lines, moment(received_at)), "replay", len(lines), console=Console(stderr=True)):  # noqa: B007
        pass
    _write(stories, (written(story, form) for story in result.stories.values()))
    _write(changes, (written(change, form) for change in result.changes))
    _write(assignments, result.assignments())
    if not (stories or changes or assignments):
        _summary(result)


def _write(path: Path | None, rows: Iterable[dict[str, Any]]) -> None:
    if path is None:
        return
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _summary(result: Replay) -> None:
    console = Console()
    for story in result.stories.values():
        if story.state in ("open", "closed"):
            live.show_story(console, story)
    refused = [arrival.refused for arrival in result.arrivals if arrival.refused]
    for each in refused:
        told = f"{each.source_id or '?'}: {each.rejection.reason} ({each.rejection.detail})"
        console.print(f"[red]rejected[/] {live.harmless(told)}")
    console.print(f"{len(result.arrivals)} articles, {len(refused)} rejected, {len(result.changes)} changes")


def identify(paths: Paths, jsonl: JsonLines = False, received_at: ReceivedAt = None) -> None:
    """Tell the language and variety of texts, and why."""
    _run_stage(stages.identified(_lines(paths, jsonl), moment(received_at)), jsonl)


def extract(paths: Paths, jsonl: JsonLines = False, received_at: ReceivedAt = None) -> None:
    """Show what stands in texts: names, numbers, dates, quotations, commitments."""
    _run_stage(stages.extracted(_lines(paths, jsonl), moment(received_at)), jsonl)


def _lines(paths: list[str], jsonl: bool) -> Iterator[inputs.Line]:
    if not jsonl:
        yield from inputs.read(paths)
        return
    with ExitStack() as stack:
        for path in paths:
            stream = sys.stdin.buffer if path == "-" else stack.enter_context(Path(path).open("rb"))
            yield from inputs.json_lines(stream, path)


def _run_stage(outcomes: Iterable[IdentifiedArticleV1 | Refused], jsonl: bool) -> None:
    console = Console()
    for outcome in outcomes:
        if jsonl:
            sys.stdout.write(json.dumps(stages.as_json(outcome), ensure_ascii=False) + "\n")
        elif isinstance(outcome, Refused):
            told = f"{outcome.rejection.reason}: {outcome.rejection.detail}"
            console.print(f"[red]rejected[/] {live.harmless(told)}")
        elif isinstance(outcome, ExtractedArticleV1):
            stages.show_extraction(console, outcome)
        else:
            stages.show_language(console, outcome)
