"""What each step of extraction costs: python -m tests.benchmarks.extraction.

Milliseconds of processor time an article, and the same as a multiple of what folding the articles costs in the same
run: the multiple is what to compare between machines and days. The articles are the samples of the client, and the
five seed texts where they lie beside the project.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from contracts.messages.identified_article import IdentifiedArticleV1
from services.client.inputs import Line, read
from services.client.pipeline import Refused, Rooms
from services.extraction import handler
from services.extraction.domain import article as domain
from services.extraction.packs import load
from services.extraction.wire import extraction
from services.shared.text.fold import fold

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "services" / "client" / "samples" / "articles.jsonl"
SEEDS = ROOT.parent / "shared" / "seeds"
RECEIVED = datetime(2026, 1, 7, tzinfo=UTC)
STEPS = {
    "read": "read",
    "quantities": "read_quantities",
    "names": "find_entities",
    "quotations": "find_quotations",
    "promises": "find_promises",
    "suggest": "suggest",
    "credits": "credits",
}
ROUNDS = 10


def main() -> None:
    """Print a table for each set of articles."""
    load()
    for name, lines in (("samples", read([str(SAMPLES)])), ("seeds", _seeds())):
        articles = _identified(lines)
        if articles:
            _print(name, articles)


def _seeds() -> Iterator[Line]:
    for path in sorted(SEEDS.glob("*.txt")):
        raw = {"id": path.stem, "body": path.read_text(encoding="utf-8")}
        yield Line(json.dumps(raw).encode(), path.name)


def _identified(lines: Iterable[Line]) -> list[IdentifiedArticleV1]:
    rooms = Rooms()
    accepted = (rooms.accept(line, RECEIVED) for line in lines)
    return [rooms.identify(one) for one in accepted if not isinstance(one, Refused)]


def _print(name: str, articles: Sequence[IdentifiedArticleV1]) -> None:
    letters = sum(len(one.body) for one in articles) / len(articles)
    cost, unit = _cost(articles), _folding(articles)
    print(f"{name}: {len(articles)} articles of {letters:.0f} characters\n")
    print(f"{'':14}{'ms an article':>15}{'folds':>9}")
    for step, milliseconds in cost.items():
        print(f"{step:14}{milliseconds:15.2f}{milliseconds / unit:9.1f}")
    print()


def _cost(articles: Sequence[IdentifiedArticleV1]) -> dict[str, float]:
    """Milliseconds an article by step: of several rounds the quickest, for others use the machine too."""
    rounds = [_round(articles) for _ in range(ROUNDS + 1)]
    return {step: min(spent[step] for spent in rounds) / len(articles) * 1e3 for step in (*STEPS, "wire", "all")}


def _round(articles: Sequence[IdentifiedArticleV1]) -> dict[str, float]:
    spent = dict.fromkeys((*STEPS, "wire"), 0.0)
    knowledge = load()
    with _timed(spent):
        started = time.process_time()
        for article in articles:
            handler.extract(article, knowledge)
        spent["all"] = time.process_time() - started
    return spent


@contextmanager
def _timed(spent: dict[str, float]) -> Iterator[None]:
    """Every step replaced by itself with a clock around it."""
    watched = [patch.object(domain, name, _watched(step, getattr(domain, name), spent)) for step, name in STEPS.items()]
    watched.append(patch.object(handler, "extraction", _watched("wire", extraction, spent)))
    for one in watched:
        one.start()
    try:
        yield
    finally:
        for one in watched:
            one.stop()


def _watched(step: str, function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    def run(*values: Any, **named: Any) -> Any:
        started = time.process_time()
        result = function(*values, **named)
        spent[step] += time.process_time() - started
        return result

    return run


def _folding(articles: Sequence[IdentifiedArticleV1]) -> float:
    """Milliseconds to fold one article's headline and body, the quickest of many rounds."""
    found = []
    for _ in range(10 * ROUNDS):
        started = time.process_time()
        for article in articles:
            fold(article.headline or "")
            fold(article.body)
        found.append(time.process_time() - started)
    return min(found) / len(articles) * 1e3


if __name__ == "__main__":
    main()
