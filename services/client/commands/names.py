"""`names`: help for whoever keeps the gazetteer."""

import json
from collections import Counter, defaultdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from contracts.messages.extracted_article import ExtractedArticleV1
from services.client import inputs
from services.client.commands.options import Paths, ReceivedAt, moment
from services.client.live import harmless
from services.client.pipeline import Refused, Rooms

app = typer.Typer(no_args_is_help=True, help="The gazetteer: names it does not know yet.")


@app.callback()
def _group() -> None:
    """Keeps `names` a group although it has one command."""


@app.command()
def suggest(
    paths: Paths,
    at_least: Annotated[int, typer.Option(help="Only names that stand in this many articles.", min=1)] = 2,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines instead of a table.")] = False,
    received_at: ReceivedAt = None,
) -> None:
    """Propose names the gazetteer does not know, spellings of all scripts together, most frequent first."""
    outcomes = Rooms().run(inputs.read(paths), moment(received_at))
    rows = proposals([outcome for outcome in outcomes if not isinstance(outcome, Refused)], at_least)
    table = Table("articles", "key", "spellings", box=None)
    for row in rows:
        if jsonl:
            typer.echo(json.dumps(row, ensure_ascii=False))
        spellings = ", ".join(f"{text} ({language})" for text, language in row["spellings"])
        table.add_row(str(row["articles"]), row["skeleton"], harmless(spellings))
    if not jsonl:
        Console().print(table if rows else "no unknown name stands in that many articles")


def proposals(articles: list[ExtractedArticleV1], at_least: int) -> list[dict[str, Any]]:
    """Unknown names by cross-script key, with their spellings and in how many articles they stand."""
    seen: Counter[str] = Counter()
    spellings: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for article in articles:
        for key in {candidate.skeleton for candidate in article.extracted.candidates}:
            seen[key] += 1
        for candidate in article.extracted.candidates:
            spellings[candidate.skeleton][candidate.text, article.identified.language] += len(candidate.spans)
    return [
        {"skeleton": key, "articles": count, "spellings": [pair for pair, _ in spellings[key].most_common()]}
        for key, count in sorted(seen.items(), key=lambda item: (-item[1], item[0]))
        if count >= at_least
    ]
