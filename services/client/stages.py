"""One stage alone: what language a text is in, what stands in it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.identified_article import IdentifiedArticleV1
from services.client.inputs import Line
from services.client.live import harmless
from services.client.pipeline import Refused, Rooms


def identified(lines: Iterable[Line], received_at: datetime) -> Iterator[IdentifiedArticleV1 | Refused]:
    """Every line through ingest and language detection."""
    rooms = Rooms()
    for line in lines:
        article = rooms.accept(line, received_at)
        yield article if isinstance(article, Refused) else rooms.identify(article)


def extracted(lines: Iterable[Line], received_at: datetime) -> Iterator[ExtractedArticleV1 | Refused]:
    """Every line through ingest, language detection and extraction."""
    yield from Rooms().run(lines, received_at)


def as_json(outcome: IdentifiedArticleV1 | Refused) -> dict[str, Any]:
    """One JSON value a line, `source_id` first: the stage's own findings, flat."""
    if isinstance(outcome, Refused):
        rejection = outcome.rejection
        return {"source_id": outcome.source_id, "rejected": str(rejection.reason), "detail": rejection.detail}
    row: dict[str, Any] = {"source_id": outcome.source_id, "article_id": outcome.article_id}
    row |= outcome.identified.model_dump(mode="json")
    if isinstance(outcome, ExtractedArticleV1):
        row = {key: row[key] for key in ("source_id", "article_id", "language", "iso639_3")}
        row |= {"published": outcome.published.model_dump(mode="json"), **outcome.extracted.model_dump(mode="json")}
    return row


def show_language(console: Console, article: IdentifiedArticleV1) -> None:
    """The language of one article and the reasons, for a person."""
    found = article.identified
    console.print(f"[bold]{found.language}[/]  {found.iso639_3}  {found.script}  confidence {found.confidence:.2f}")
    table = Table("says", "kind", "evidence", "weight", "times", box=None)
    for piece in sorted(found.evidence, key=lambda e: -abs(e.weight))[:20]:
        table.add_row(piece.says, piece.kind, harmless(piece.name), f"{piece.weight:+.2f}", str(len(piece.spans) or ""))
    console.print(table)
    if len({part.language for part in found.parts}) > 1:
        for part in found.parts:
            text = (article.headline or "") if part.part == "headline" else article.body
            console.print(f"  {part.language:6} {part.confidence:.2f}  {harmless(text[part.start : part.end][:70])}")


def show_extraction(console: Console, article: ExtractedArticleV1) -> None:
    """Everything read from one article, for a person."""
    found = article.extracted
    event = f"event {found.event.date or '?'} {found.event.place or ''}"
    published = f"published {article.published.value} ({article.published.source})"
    console.print(f"[bold]{article.identified.language}[/]  {published}  {event}")
    _rows(console, "agencies", ((c.name, c.role) for c in found.credits))
    _rows(console, "names", ((e.name, f"{e.type}, {len(e.mentions)}x") for e in found.entities))
    _rows(console, "numbers", ((n.span.text, f"{n.value:g} {n.unit or ''} ({n.qualifier})") for n in found.numbers))
    _rows(console, "dates", ((d.span.text, f"{d.value} ({d.kind})") for d in found.dates))
    _rows(console, "quotations", ((q.span.text, f"{q.kind}: {q.speaker_name or '?'}") for q in found.quotations))
    commitments = ((c.span.text, f"{c.actor_name or '?'}: {c.item}, {c.modality}") for c in found.commitments)
    _rows(console, "commitments", commitments)
    _rows(console, "positions", ((p.span.text, f"{p.holder_name or '?'}: {p.position}") for p in found.positions))
    _rows(console, "left out", ((b.reason or b.kind, f"{b.end - b.start} characters") for b in found.blocks
                                if b.kind in ("boilerplate", "background", "repeat")))  # fmt: skip


def _rows(console: Console, title: str, rows: Iterable[tuple[str, str]]) -> None:
    table = Table(title=title, title_justify="left", box=None, show_header=False)
    for surface, meaning in rows:
        table.add_row(harmless(meaning), harmless(" ".join(surface.split())))
    if table.row_count:
        console.print(table)
