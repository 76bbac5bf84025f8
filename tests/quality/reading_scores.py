"""Score reading on labelled boilerplate, background and agencies: `python -m tests.quality.reading_scores [-v]`."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from services.extraction.domain.reading import credits, read
from services.extraction.domain.values import ArticleText
from services.extraction.packs import agencies, boilerplate

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
_RULES, _AGENCIES = boilerplate.load(), agencies.load()


@dataclass
class Score:
    """Characters that are rightly, wrongly and not marked."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0
    worst: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        total = 2 * self.hit + self.wrong + self.missed
        return 2 * self.hit / total if total else 1.0

    def add(self, name: str, text: str, gold: set[int], found: set[int]) -> None:
        gold, found = ({i for i in marked if text[i].isalnum()} for marked in (gold, found))
        self.hit += len(gold & found)
        self.wrong += len(found - gold)
        self.missed += len(gold - found)
        if gold != found:
            self.worst.append(f"{name}: +{_runs(text, found - gold)} -{_runs(text, gold - found)}")


def _runs(text: str, marked: set[int]) -> list[str]:
    runs: list[str] = []
    previous = -9
    for index in sorted(marked):
        if index - previous > 3:
            runs.append("")
        runs[-1] += text[previous + 1 if runs[-1] else index : index + 1]
        previous = index
    return [run[:140] for run in runs]


def marked(text: ArticleText, kinds: tuple[str, ...]) -> set[int]:
    """Body positions inside blocks of these kinds."""
    spans = [block.span for block in text.blocks if block.kind in kinds and block.span.part == "body"]
    return {index for span in spans for index in range(span.start, span.end)}


def _places(body: str, surfaces: list[str]) -> set[int]:
    found: set[int] = set()
    for surface in surfaces:
        start = body.find(surface)
        if start >= 0:
            found.update(range(start, start + len(surface)))
    return found


def seeds() -> Iterator[tuple[str, str, dict[str, Any]]]:
    gold = json.loads((SHARED / "gold/gold.json").read_text(encoding="utf-8"))
    for name, label in gold.items():
        if name != "_meta":
            yield name, (SHARED / "seeds" / name).read_bytes().decode(), label


def examples() -> Iterator[dict[str, Any]]:
    for line in (SHARED / "gold/examples.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def measured() -> dict[str, Score]:
    """Boilerplate of the seeds; boilerplate and background of the examples."""
    result = {name: Score() for name in ("seeds_boilerplate", "seeds_subheads", "boilerplate", "background", "agency")}
    for name, body, label in seeds():
        text = read(None, body, label["language"]["iso639_3"], _RULES)
        spans = {i for span in label["boilerplate"] for i in range(span["start"], span["end"])}
        result["seeds_boilerplate"].add(name, body, spans, marked(text, ("boilerplate",)))
        heads = {i for span in label["subheads"] for i in range(span["start"], span["end"])}
        result["seeds_subheads"].add(name, body, heads, marked(text, ("subhead",)))
    for item in examples():
        body, gold = item["body"], item["gold"]
        text = read(item["headline"], body, item["lang"], _RULES, date.fromisoformat(item["published_at"]))
        found = marked(text, ("boilerplate", "repeat"))
        result["boilerplate"].add(item["id"], body, _places(body, gold["boilerplate"]), found)
        found = marked(text, ("background",))
        result["background"].add(item["id"], body, _places(body, gold["background"]), found)
        _agency(result["agency"], item, text)
    return result


def _agency(score: Score, item: dict[str, Any], text: ArticleText) -> None:
    found = credits(text, None, _AGENCIES, item["outlet"])
    got, gold = (found[0].agency if found else None), (item["gold"]["agency"] or "").lower() or None
    score.hit += got == gold
    score.wrong += got is not None and got != gold
    score.missed += gold is not None and got != gold
    if got != gold:
        score.worst.append(f"{item['id']}: {got} for {gold}")


def scores() -> dict[str, float]:
    """Every figure, as the gate compares it with its floor."""
    return {name.replace("_", " "): round(score.f1, 4) for name, score in measured().items()}


def main() -> None:
    """Print the scores; with -v also what is wrong."""
    for name, score in measured().items():
        print(f"{name:20} F1 {score.f1:.3f}  hit {score.hit}  wrong {score.wrong}  missed {score.missed}")
        if "-v" in sys.argv:
            print(*(f"    {line}" for line in score.worst), sep="\n")


if __name__ == "__main__":
    main()
