"""Score numbers, dates, the day of publication and the event's day against the annotated seeds and examples.

Run as a module for a table per language and every miss. Ordinals are scored on neither side (they count nothing); a
number is right with its value (both ends of a range) where it overlaps the gold surface, and with unit where the unit
agrees too. The seeds name units in free plurals, the examples in singulars: `_same_unit` folds both.
"""

import datetime
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from services.extraction.domain.quantities import Date, Number, PublishedDay, Quantities, read_quantities
from services.extraction.domain.reading import Rules, read
from services.extraction.domain.values import ArticleText, Span
from services.extraction.packs import boilerplate, quantities

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
Gold = dict[str, Any]
_UNITS = {"US dollar": "USD", "dollar": "USD", "euro": "EUR", "people": "person", "ruble": "RUB", "hryvnia": "UAH"}
_LOOSE = {("soldier", "person"), ("official", "person"), ("ally", "allies/countries"), ("head of state", "person")}


@dataclass
class Tally:
    """Hits, what was found, what was to be found, and which were missed."""

    hits: int = 0
    found: int = 0
    wanted: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing."""
        return 2 * self.hits / (self.found + self.wanted) if self.found + self.wanted else 1.0


@dataclass(frozen=True)
class Item:
    """An article with its gold numbers and dates: (value, high, unit, spans) and (iso, spans)."""

    name: str
    language: str
    headline: str | None
    body: str
    published: PublishedDay
    numbers: list[tuple[float, float | None, str | None, list[Span]]]
    dates: list[tuple[str, list[Span]]]
    event: str | None
    day: str


def _surfaces(headline: str | None, body: str, surface: str) -> list[Span]:
    found = []
    for part, text in (("headline", headline or ""), ("body", body)):
        at = text.find(surface)
        while at >= 0:
            found.append(Span(part, at, at + len(surface)))  # type: ignore[arg-type]
            at = text.find(surface, at + 1)
    return found


def examples() -> list[Item]:
    """The ten restated items of real pages."""
    lines = (SHARED / "gold" / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    return [_example(json.loads(line)) for line in lines]


def _example(item: Gold) -> Item:
    gold, where = item["gold"], (item["headline"], item["body"])
    numbers = []
    for one in gold["numbers"]:
        low, high = one["value"] if isinstance(one["value"], list) else (one["value"], None)
        numbers.append((low, high, one["unit"], _surfaces(*where, one["surface"])))
    dates = [(one["iso"], _surfaces(*where, one["surface"])) for one in gold["dates"]]
    day = datetime.date.fromisoformat(item["published_at"])
    published = PublishedDay(day, "day", "header", 0.9)
    return Item(item["id"], item["lang"], *where, published, numbers, dates, gold["event_date"], item["published_at"])


def seeds() -> list[Item]:
    """The five seeds; their day of publication is what an ingest without a date would assume, a week later."""
    gold = json.loads((SHARED / "gold" / "gold.json").read_text(encoding="utf-8"))
    return [_seed(name, one) for name, one in gold.items() if name != "_meta"]


def _seed(name: str, gold: Gold) -> Item:
    body = (SHARED / "seeds" / name).read_bytes().decode("utf-8")
    numbers = []
    for one in gold["numbers"]:
        if "ordinal" in one["unit"] or one["unit"] == "date part":
            continue
        low, high = one["value"] if isinstance(one["value"], list) else (one["value"], None)
        numbers.append((low, high, one["unit"], [Span("body", one["start"], one["end"])]))
    dates = [
        (one["resolved"], [Span("body", one["start"], one["end"])])
        for one in gold["dates"]
        if one["resolved"] and one["kind"] not in ("week", "vague", "iso")
    ]
    day = datetime.date.fromisoformat(gold["published"]["value"])
    published = PublishedDay(day, "day", "header", 0.9)
    language = gold["language"]["iso639_3"]
    return Item(name, language, None, body, published, numbers, dates, gold["event"]["date"], day.isoformat())


def _overlaps(span: Span, golds: list[Span]) -> bool:
    return any(span.part == one.part and span.start < one.end and one.start < span.end for one in golds)


def _same_unit(found: str | None, gold: str | None) -> bool:
    if gold == "idiom":
        return True
    if found is None or gold is None:
        return found == gold
    gold = _UNITS.get(gold, gold)
    ending = gold[:-3] + "y" if gold.endswith("ies") else gold.removesuffix("s")
    return found in (gold, ending) or (found, gold) in _LOOSE


def judge(items: list[Item]) -> dict[str, dict[str, Tally]]:
    """Tallies by figure and language; `all` is the sum."""
    tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for item in items:
        text, found = reading(item)
        for language in (item.language, "all"):
            _judge_numbers(item, text, found.numbers, tallies["numbers"][language], False)
            _judge_numbers(item, text, found.numbers, tallies["numbers with unit"][language], True)
            _judge_dates(item, text, found.dates, tallies["dates"][language])
            if item.event:
                _judge_day(item, str(found.event.date), item.event, tallies["event date"][language], found.event.reason)
    return tallies


def reading(item: Item) -> tuple[ArticleText, Quantities]:
    """An item read with the boilerplate rules of its language."""
    text = read(item.headline, item.body, item.language, _rules())
    return text, read_quantities(text, item.published, quantities.load())


@cache
def _rules() -> Rules:
    return boilerplate.load()


def _judge_numbers(item: Item, text: ArticleText, numbers: tuple[Number, ...], tally: Tally, unit: bool) -> None:
    open_gold = list(item.numbers)
    counts = [one for one in numbers if one.kind != "ordinal"]
    tally.wanted += len(open_gold)
    tally.found += len(counts)
    for one in counts:
        hit = next((gold for gold in open_gold if _right(one, gold, unit)), None)
        if hit:
            open_gold.remove(hit)
            tally.hits += 1
        else:
            tally.notes.append(f"{item.name} extra {one.value:g} {one.high} {one.unit} {text.surface(one.span)!r}")
    tally.notes += [
        f"{item.name} missed {low:g} {high} {unit} {_show(text, spans)}" for low, high, unit, spans in open_gold
    ]


def _right(one: Number, gold: tuple[float, float | None, str | None, list[Span]], unit: bool) -> bool:
    value, high, name, spans = gold
    agrees = one.value == value and one.high == high and _overlaps(one.span, spans)
    return agrees and (not unit or _same_unit(one.unit, name))


def _show(text: ArticleText, spans: list[Span]) -> str:
    return repr(text.surface(spans[0])) if spans else "?"


def _judge_dates(item: Item, text: ArticleText, dates: tuple[Date, ...], tally: Tally) -> None:
    open_gold = list(item.dates)
    tally.wanted += len(open_gold)
    tally.found += len(dates)
    for one in dates:
        hit = next((gold for gold in open_gold if one.value == gold[0] and _overlaps(one.span, gold[1])), None)
        if hit:
            open_gold.remove(hit)
            tally.hits += 1
        else:
            tally.notes.append(f"{item.name} extra {one.value} {text.surface(one.span)!r}")
    tally.notes += [f"{item.name} missed {iso} {_show(text, spans)}" for iso, spans in open_gold]


def _judge_day(item: Item, found: str, gold: str, tally: Tally, reason: str) -> None:
    tally.found += 1
    tally.wanted += 1
    tally.hits += found == gold
    if found != gold:
        tally.notes.append(f"{item.name} {found} ({reason}), gold {gold}, published {item.day}")


def assumed_days() -> float:
    """The share of dated seeds whose day is found from the text alone, assumed a few days late."""
    right, asked = 0, 0
    for item in seeds():
        late = datetime.timedelta(days=5)
        guess = PublishedDay(item.published.value + late, "day", "assumed", 0.2)
        text = read(None, item.body, item.language, _rules())
        found = read_quantities(text, guess, quantities.load()).published
        if found.source == "text":
            asked += 1
            right += found.value == item.published.value
    return right / asked if asked else 0.0


def cost() -> float:
    """Milliseconds of processor time an article takes here, seeds and examples together (no floor: machines differ)."""
    texts = [(reading(item)[0], item.published) for item in (*seeds(), *examples())]
    started = time.process_time()
    for _ in range(10):
        for text, published in texts:
            read_quantities(text, published, quantities.load())
    return (time.process_time() - started) * 1000 / (10 * len(texts))


def scores() -> dict[str, float]:
    """Every figure, seeds and examples."""
    found: dict[str, float] = {}
    for source, items in (("seeds", seeds()), ("examples", examples())):
        for figure, by_language in judge(items).items():
            found[f"{source} {figure}"] = round(by_language["all"].f1, 4)
            found |= {f"{source} {figure} {name}": round(t.f1, 4) for name, t in by_language.items() if name != "all"}
    found["seeds day of publication from the text"] = assumed_days()
    return found


def main() -> None:
    """Print the tables, and what was missed or too much."""
    for source, items in (("seeds", seeds()), ("examples", examples())):
        for figure, by_language in judge(items).items():
            print(f"\n{source}: {figure}")
            for name, tally in sorted(by_language.items()):
                counts = f"found {tally.found:3}  wanted {tally.wanted:3}  hits {tally.hits:3}"
                print(f"  {name:5} F1 {tally.f1:.3f}  {counts}")
            for note in by_language["all"].notes:
                print("     ", note)
    print(f"\nseeds: day of publication from the text {assumed_days():.2f}")
    print(f"cost: {cost():.2f} ms of processor time an article, all of it, once read")


if __name__ == "__main__":
    main()
