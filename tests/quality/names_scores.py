"""Score the names found in the labelled texts: python -m tests.quality.names_scores [--errors].

Boilerplate is taken from the labels here, so that the figures are those of the names alone.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from services.extraction.domain.names import Gazetteer, build_gazetteer, find_entities
from services.extraction.domain.values import ArticleText, Block, Entity, Sentence, Span, TextPart
from services.extraction.packs.gazetteer import load, read_pack
from services.shared.text.fold import fold, fold_text

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
NAMED = ("person", "organisation", "place")
FAMILY = {"fa_IR": "fas", "fa_AF": "fas", "ar": "arb"}


@dataclass
class Tally:
    """Counts of right, wrong and missed, with the cases behind them."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
        total = 2 * self.right + len(self.wrong) + len(self.missed)
        return 2 * self.right / total if total else 1.0

    def add(self, other: "Tally") -> None:
        """Add the counts of another tally."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f}  right {self.right} wrong {len(self.wrong)} missed {len(self.missed)}"


def plain_text(
    headline: str | None,
    body: str,
    language: str,
    hidden: Iterable[tuple[int, int]] = (),
    background: Iterable[str] = (),
) -> ArticleText:
    """An article as one paragraph, the given body stretches hidden as boilerplate."""
    parts = [TextPart("headline", headline, fold(headline))] if headline else []
    parts.append(TextPart("body", body, fold(body)))
    blocks = tuple(Block(Span("body", start, end), "boilerplate", "labelled") for start, end in sorted(hidden))
    sentences = tuple(
        Sentence(Span("body", body.index(text), body.index(text) + len(text)), "background")
        for text in background
        if text in body
    )
    return ArticleText(tuple(parts), language, blocks, sentences)


def seeds() -> Iterator[tuple[str, dict[str, Any], ArticleText]]:
    """Every labelled seed with its text."""
    gold = json.loads((SHARED / "gold/gold.json").read_text("utf-8"))
    for name, labels in gold.items():
        if name != "_meta":
            raw = (SHARED / "seeds" / name).read_bytes().decode("utf-8")
            hidden = [(b["start"], b["end"]) for b in labels["boilerplate"]]
            yield name, labels, plain_text(None, raw, labels["language"]["iso639_3"], hidden)


def examples() -> Iterator[tuple[dict[str, Any], ArticleText]]:
    """Every labelled example with its text."""
    for line in (SHARED / "gold/examples.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        body = item["body"]
        hidden = [(body.index(b), body.index(b) + len(b)) for b in item["gold"]["boilerplate"] if b in body]
        yield item, plain_text(item["headline"], body, item["lang"], hidden, item["gold"]["background"])


def score_seed(labels: dict[str, Any], text: ArticleText, gazetteer: Gazetteer) -> Tally:
    """Mentions of people, organisations and places by id and exact span."""
    hidden = [(b.span.start, b.span.end) for b in text.blocks]
    wanted = {
        (entity["id"], start, end)
        for entity in labels["entities"]
        if entity["type"] in NAMED
        for surface in entity["surfaces"]
        for start, end in surface["spans"]
        if not any(a <= start and end <= b for a, b in hidden)
    }
    found = {
        (entity.id, mention.span.start, mention.span.end)
        for entity in find_entities(text, gazetteer, on=labels["published"]["value"])
        if entity.type in NAMED
        for mention in entity.mentions
        if mention.via != "role"
    }
    raw = text.parts[0].raw
    return Tally(len(wanted & found), _show(found - wanted, raw), _show(wanted - found, raw))


def _show(items: set[tuple[str, int, int]], raw: str) -> list[str]:
    return [f"{key}: {raw[start:end]} @{start}" for key, start, end in sorted(items, key=lambda item: item[1])]


def score_example(labels: list[dict[str, Any]], entities: list[Entity], text: ArticleText) -> Tally:
    """Entities by name or by surface, each labelled one matched once."""
    tally, left = Tally(), list(labels)
    for entity in entities:
        names = {fold_text(entity.name)} | {fold_text(text.surface(m.span)) for m in entity.mentions}
        match = next((one for one in left if _same(names, one)), None)
        if match is None:
            tally.wrong.append(f"{entity.id} {sorted(names)}")
        else:
            left.remove(match)
            tally.right += 1
    tally.missed = [f"{one['name']} {one['surfaces']}" for one in left]
    return tally


def _same(names: set[str], label: dict[str, Any]) -> bool:
    wanted = {fold_text(label["name"])} | {fold_text(surface) for surface in label["surfaces"]}
    return bool(wanted & names) or any(a in b or b in a for a in wanted for b in names if min(len(a), len(b)) >= 6)


def without_seed(gazetteer_forms: dict[str, set[tuple[str, str]]]) -> Gazetteer:
    """The gazetteer without the given forms."""
    entries, lexicon = read_pack()
    return build_gazetteer(
        (
            replace(
                entry,
                forms=tuple(f for f in entry.forms if (f.language, f.text) not in gazetteer_forms.get(entry.id, set())),
            )
            for entry in entries
        ),
        lexicon,
    )


def only_attested_by(seed: str) -> dict[str, set[tuple[str, str]]]:
    """Forms of the name table that no other seed attests."""
    table = json.loads((SHARED / "gold/names.json").read_text("utf-8"))
    found: dict[str, set[tuple[str, str]]] = {}
    for entry in table["entries"]:
        attested: dict[tuple[str, str], set[str]] = {}
        for variety, forms in entry["variants"].items():
            for form in forms:
                attested.setdefault((FAMILY.get(variety, ""), form["form"]), set()).update(form.get("seeds", []))
        found[entry["id"]] = {key for key, where in attested.items() if where == {seed}}
    return found


def seed_scores(gazetteer: Gazetteer | None) -> dict[str, Tally]:
    """Seed -> tally; without a gazetteer the pack's, the forms that only that seed attests left out."""
    return {
        name[:3]: score_seed(labels, text, gazetteer or without_seed(only_attested_by(name[:3])))
        for name, labels, text in seeds()
    }


def example_scores(gazetteer: Gazetteer, kind: str, key: str) -> dict[str, Tally]:
    """Example -> tally of its people or organisations."""
    found = {}
    for item, text in examples():
        entities = [e for e in find_entities(text, gazetteer, on=item["published_at"]) if e.type == kind]
        found[f"{item['lang']} {item['id']}"] = score_example(item["gold"][key], entities, text)
    return found


def total(tallies: dict[str, Tally]) -> Tally:
    """The sum of tallies."""
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally)
    return whole


def figures() -> dict[str, dict[str, Tally]]:
    """Everything that is measured, by title."""
    gazetteer = load()
    return {
        "seeds": seed_scores(gazetteer),
        "seeds, leave one out": seed_scores(None),
        "examples, people": example_scores(gazetteer, "person", "people"),
        "examples, organisations": example_scores(gazetteer, "organisation", "organisations"),
    }


def scores() -> dict[str, float]:
    """F1 by title and, where a title has several languages, by text."""
    found = {}
    for title, tallies in figures().items():
        found[f"{title}, all"] = total(tallies).f1
        found |= {f"{title}, {name}": tally.f1 for name, tally in tallies.items()}
    return found


def main() -> None:
    """Print the figures; with --errors also every case that went wrong."""
    for title, tallies in figures().items():
        for name, tally in tallies.items():
            print(f"{title:24} {name:14} {tally}")
            _explain(tally, "--errors" in sys.argv)
        print(f"{title:24} {'all':14} {total(tallies)}")


def _explain(tally: Tally, errors: bool) -> None:
    if errors:
        for sign, cases in (("+", tally.wrong), ("-", tally.missed)):
            for case in cases:
                print(f"    {sign} {case}")


if __name__ == "__main__":
    main()
