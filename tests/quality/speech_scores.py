"""Score quotations, commitments and positions against the annotated seeds and examples.

Run as a module for a table per language. Gold speakers of the examples are names in English: a speaker counts as right
when its words in the text are one of the gold person's or body's surfaces, or when both sides leave it unnamed.
"""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from services.extraction.domain.names import find_entities
from services.extraction.domain.reading import read
from services.extraction.domain.speech import (
    Commitment,
    Quotation,
    Quotations,
    find_commitments,
    find_positions,
    find_quotations,
)
from services.extraction.domain.values import ArticleText, Entity, Span
from services.extraction.packs import boilerplate, gazetteer, speech
from services.extraction.packs.subjects import load_subject
from services.shared.text.fold import fold_text

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
Gold = dict[str, Any]
SUBJECT = "ukraine-guarantees"
FOLDED_MODALITY = {
    "pledged": "promised",
    "unresolved": "to_be_finalised",
    "undisclosed": "to_be_finalised",
    "conditional": "to_be_finalised",
    "expected": "planned",
    "announced": "planned",
    "supported": "declared",
    "claimed": "declared",
    "claimed_by_other": "declared",
    "aimed_for": "proposed",
    "hoped": "proposed",
    "required": "demanded",
    "not_committed": "refused",
    "rejected": "refused",
    "to be finalised": "to_be_finalised",
}
SAME_ITEM = {"security_guarantees": "international_guarantees"}


@dataclass
class Tally:
    """Hits, what was found, and what was to be found."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, hits: int, found: int, wanted: int) -> None:
        """Count one article."""
        self.hits, self.found, self.wanted = self.hits + hits, self.found + found, self.wanted + wanted

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing was found and nothing was to be found."""
        return 2 * self.hits / (self.found + self.wanted) if self.found + self.wanted else 1.0

    @property
    def recall(self) -> float:
        """The share of what was to be found."""
        return self.hits / self.wanted if self.wanted else 1.0


@dataclass
class Board:
    """Tallies by measure and language."""

    tallies: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))

    def add(self, measure: str, language: str, hits: int, found: int, wanted: int) -> None:
        """Count one article for its language and for all."""
        for key in (language, "all"):
            self.tallies[measure][key].add(hits, found, wanted)


@cache
def packs() -> tuple[Any, Any, Any]:
    """Rules, gazetteer and cues, loaded once."""
    return boilerplate.load(), gazetteer.load(), speech.load()


def seeds() -> list[tuple[str, str, Gold]]:
    """Name, raw text and gold of every seed."""
    gold = json.loads((SHARED / "gold" / "gold.json").read_text("utf-8"))
    names = [name for name in gold if not name.startswith("_")]
    return [(name, (SHARED / "seeds" / name).read_bytes().decode("utf-8"), gold[name]) for name in names]


def examples() -> list[Gold]:
    """The annotated items of real pages."""
    lines = (SHARED / "gold" / "examples.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def prepare(headline: str | None, body: str, language: str, day: str | None) -> tuple[ArticleText, tuple[Entity, ...]]:
    """Read an article and find its names with the real packs."""
    rules, names, _ = packs()
    text = read(headline, body, language, rules)
    return text, find_entities(text, names, day)


def scores() -> dict[str, float]:
    """Every measure over all languages."""
    measured = measure()
    return {name: round(by["all"].recall if name in RECALLS else by["all"].f1, 4) for name, by in measured.items()}


RECALLS = ("seeds_terms_told_apart", "seeds_reported_found")


def measure() -> dict[str, dict[str, Tally]]:
    """Every measure by language."""
    board = Board()
    for _, raw, gold in seeds():
        _score_seed(board, raw, gold)
    for item in examples():
        _score_example(board, item)
    return board.tallies


def _score_seed(board: Board, raw: str, gold: Gold) -> None:
    language = gold["language"]["iso639_3"]
    text, entities = prepare(None, raw, language, gold["published"]["value"])
    found = find_quotations(text, entities, packs()[2])
    marked = [one for one in found.quotations if one.kind != "reported"]
    wanted = [one for one in gold["quotes"] if one["is_quotation"]]
    pairs = [(g, o) for g in wanted for o in marked if _same_span(g, o.span)]
    board.add("seeds_spans", language, len(pairs), len(marked), len(wanted))
    named = sum(_seed_speaker(g["speaker"], o) for g, o in pairs)
    board.add("seeds_spans_with_speaker", language, named, len(marked), len(wanted))
    _score_promises(board, gold, text, entities, found)
    others = [one for one in gold["quotes"] if not one["is_quotation"]]
    told = sum(any(_same_span(g, term.span) for term in found.terms) for g in others)
    board.add("seeds_terms_told_apart", language, told, len(others), len(others))
    reported = [one for one in found.quotations if one.kind == "reported"]
    sense = gold["reported_speech_without_quotes"]
    heard = sum(any(_covers(o.span, g) and _seed_speaker(g["speaker"], o) for o in found.quotations) for g in sense)
    board.add("seeds_reported_found", language, heard, len(reported), len(sense))


def _score_promises(
    board: Board, gold: Gold, text: ArticleText, entities: tuple[Entity, ...], found: Quotations
) -> None:
    """Items and positions as sets per article; the finer modalities of the gold are folded as its conventions say."""
    subject, language = load_subject(SUBJECT), gold["language"]["iso639_3"]
    ours = [one for one in find_commitments(text, entities, found.quotations, subject) if one.item != "other"]
    wanted = {(SAME_ITEM.get(one["item"], one["item"]), _modality(one)) for one in gold["commitments"]}
    pairs = {(one.item, one.modality) for one in ours}
    board.add("seeds_commitments_with_modality", language, len(wanted & pairs), len(pairs), len(wanted))
    items, gold_items = {item for item, _ in pairs}, {item for item, _ in wanted}
    board.add("seeds_commitments_item", language, len(items & gold_items), len(items), len(gold_items))
    held = {one.position for one in find_positions(text, entities, found.quotations, subject)}
    gold_held = {one["position"] for one in gold["positions"]}
    board.add("seeds_positions", language, len(held & gold_held), len(held), len(gold_held))


def _modality(gold: Gold) -> str:
    return FOLDED_MODALITY.get(gold["modality"], str(gold["modality"]))


def _same_span(gold: Gold, span: Span) -> bool:
    return bool(abs(gold["start"] - span.start) <= 1 and abs(gold["end"] - span.end) <= 1)


def _covers(span: Span, gold: Gold) -> bool:
    shared = min(span.end, gold["end"]) - max(span.start, gold["start"])
    return bool(shared >= 0.6 * (gold["end"] - gold["start"]))


def _seed_speaker(gold: str, found: Quotation) -> bool:
    """By id; a gold speaker that is no id is unnamed, or a document of the body named in brackets."""
    if found.speaker:
        return found.speaker in gold or found.speaker.replace("_", " ") in gold or _is_statement(gold, found)
    return bool(found.speaker_name) and (" " in gold)


def _is_statement(gold: str, found: Quotation) -> bool:
    return "statement" in gold and found.speaker == "coalition_willing"


def _score_example(board: Board, item: Gold) -> None:
    text, entities = prepare(item["headline"], item["body"], item["lang"], item["published_at"])
    found = find_quotations(text, entities, packs()[2]).quotations
    surfaces = _surfaces(item["gold"])
    promises = find_commitments(text, entities, found, load_subject(SUBJECT))
    met = sum(any(_speaks_of(text, one, gold) for one in promises) for gold in item["gold"]["commitments"])
    board.add("examples_commitments", item["lang"], met, len(promises), len(item["gold"]["commitments"]))
    for kind in ("direct", "reported"):
        wanted = [one for one in item["gold"]["quotations"] if one["kind"] == kind]
        ours = [one for one in found if _counts(text, one, kind)]
        least = 0.8 if kind == "direct" else 0.5
        pairs = _matched(text, wanted, ours, least)
        board.add(f"examples_{kind}_spans", item["lang"], len(pairs), len(ours), len(wanted))
        named = sum(_example_speaker(text, surfaces, g["speaker"], o) for g, o in pairs)
        board.add(f"examples_{kind}_with_speaker", item["lang"], named, len(ours), len(wanted))


def _speaks_of(text: ArticleText, one: Commitment, gold: Gold) -> bool:
    """Leniently: the same modality, and the annotated words lie in the commitment's sentence."""
    words, sentence = gold["surface"].split(), set(text.surface(one.sentence).split())
    return one.modality == _modality(gold) and sum(word in sentence for word in words) >= 0.7 * len(words)


def _counts(text: ArticleText, one: Quotation, kind: str) -> bool:
    """Fragments count as direct from three words up, as in the annotation."""
    if kind == "reported" or one.kind == "reported":
        return one.kind == kind
    return len(text.surface(one.span).split()) >= 3


def _matched(
    text: ArticleText, wanted: list[Gold], ours: list[Quotation], least: float
) -> list[tuple[Gold, Quotation]]:
    pairs, taken = [], set()
    for gold in wanted:
        scored = [(_overlap(gold["surface"], text, one.span), at) for at, one in enumerate(ours) if at not in taken]
        best = max(scored, default=(0.0, -1))
        if best[0] >= least:
            taken.add(best[1])
            pairs.append((gold, ours[best[1]]))
    return pairs


def _overlap(surface: str, text: ArticleText, span: Span) -> float:
    wanted, found = Counter(surface.split()), Counter(text.surface(span).split())
    shared = sum((wanted & found).values())
    return shared / max(1, sum((wanted | found).values()))


def _surfaces(gold: Gold) -> dict[str, set[str]]:
    named = gold["people"] + gold["organisations"]
    return {
        one["name"]: {fold_text(surface) for surface in one["surfaces"]} | {fold_text(one["name"])} for one in named
    }


def _example_speaker(text: ArticleText, surfaces: dict[str, set[str]], gold: str, found: Quotation) -> bool:
    said = {fold_text(found.speaker_name or "")}
    if found.speaker_span:
        said.add(fold_text(text.surface(found.speaker_span)))
    known = set().union(*(forms for name, forms in surfaces.items() if name in gold))
    if not known:
        return bool(found.speaker_name) and found.speaker is None
    return any(a == b or (len(a) > 3 and (a in b or b in a)) for a in said - {""} for b in known)


def main() -> None:
    """Print the table."""
    for name, by in measure().items():
        cells = [f"{language} {tally.recall if name in RECALLS else tally.f1:.3f}" for language, tally in by.items()]
        whole = by["all"]
        print(f"{name:32s}", *sorted(cells), f"  ({whole.hits} of {whole.wanted}, {whole.found} found)")


if __name__ == "__main__":
    main()
