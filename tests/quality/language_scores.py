"""Score language and variety on labelled texts: python -m tests.quality.language_scores.

Every figure is a share of what is right, or of what is not wrong, so that larger is better. Figures named `folds` train
the n-gram model anew without the documents they judge; `another hand` trains it without NTREX at all.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from services.language_detection import packs
from services.language_detection.domain.article import Models, identify
from services.language_detection.domain.markers import expand
from services.language_detection.domain.values import Verdict
from services.language_detection.domain.words import PairMemory, WordMemory
from services.language_detection.packs import train

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
NTREX, TICO = SHARED / "eval" / "variety" / "ntrex_dev.tsv", SHARED / "eval" / "variety" / "tico19.tsv"
VARIETIES = ("prs", "pes")
FOLDS = 6
SNIPPET = 10
_ABSTAIN = 0.10
Text = tuple[str, str, str]
"""(document, language, text)."""


def scores() -> dict[str, float]:
    """Every figure of this room."""
    models, ntrex = packs.load(), train.read_ntrex(NTREX)
    return {
        **seed_scores(models),
        **hard_case_scores(models),
        **real_scores(models),
        **language_scores(models, ntrex),
        **fold_scores(models, ntrex),
        **other_hand_scores(models, ntrex),
    }


def seed_scores(models: Models) -> dict[str, float]:
    """The five seeds: whole texts right, and no paragraph of a wrong variety."""
    gold = json.loads((SHARED / "gold" / "gold.json").read_text(encoding="utf-8"))
    right, wrong, parts, open_parts = 0, 0, 0, 0
    for name in (name for name in gold if name[0] != "_"):
        code = gold[name]["language"]["iso639_3"]
        verdict = _verdict((SHARED / "seeds" / name).read_bytes().decode("utf-8"), models)
        right += verdict.judged.iso639_3 == code
        said = [part.iso639_3 for part in verdict.parts if part.span.end - part.span.start > 30]
        parts, open_parts = parts + len(said), open_parts + said.count("fas")
        wrong += sum(found not in (code, "fas" if code in VARIETIES else code) for found in said)
    return {
        "seeds right": right / 5,
        "seeds: paragraphs not wrong": 1 - wrong / parts,
        "seeds: paragraphs decided": 1 - open_parts / parts,
    }


def hard_case_scores(models: Models) -> dict[str, float]:
    """The given hard cases that name a language."""
    cases = json.loads((SHARED / "gold" / "hardcases.json").read_text(encoding="utf-8"))["cases"]
    results = []
    for case in cases:
        wanted = case["expected"].get("language") or case["expected"].get("document_language")
        for text in case["texts"] if wanted else ():
            code = wanted[text["id"][-1]] if isinstance(wanted, dict) else wanted
            results.append(_verdict(text["text"], models).judged.iso639_3 == code)
    return {"hard cases right": sum(results) / len(results)}


def real_scores(models: Models) -> dict[str, float]:
    """Real pages: right, and not called the other variety."""
    labelled: dict[str, Counter[str]] = defaultdict(Counter)
    for item in _items("eval/real/articles.jsonl", "eval/stories/articles.jsonl", "gold/examples.jsonl"):
        found = identify(item.get("headline"), item["body"], None, models).judged.iso639_3
        labelled[item["lang"]][found] += 1
    figures: dict[str, float] = {}
    for code, other in (("prs", "pes"), ("pes", "prs")):
        total = labelled[code].total()
        figures[f"real {code} right"] = labelled[code][code] / total
        figures[f"real {code} not called {other}"] = 1 - labelled[code][other] / total
    others = {code: counts for code, counts in labelled.items() if code not in VARIETIES}
    right = sum(counts[code] for code, counts in others.items())
    figures["real, other languages, right"] = right / sum(counts.total() for counts in others.values())
    return figures


def language_scores(models: Models, ntrex: Sequence[Text]) -> dict[str, float]:
    """Documents and ten-word snippets of nine languages, the varieties of Persian counted as one."""
    documents = _by_language(_documents(ntrex), models)
    snippets = _by_language([(d, code, cut) for d, code, text in ntrex if (cut := _snippet(text))], models)
    return {
        "documents, worst language": min(documents.values()),
        "snippets, all": sum(snippets.values()) / len(snippets),
        "snippets, worst language": min(snippets.values()),
    }


def fold_scores(models: Models, ntrex: Sequence[Text]) -> dict[str, float]:
    """NTREX by document folds: TICO-19 and the other folds train."""
    tico = train.read_tico(TICO)
    sentences: list[tuple[str, float]] = []
    documents: list[tuple[str, float]] = []
    folded: list[tuple[str, float]] = []
    for fold in _folds(ntrex):
        rest = [(code, text) for document, code, text in ntrex if document not in fold]
        judge = with_ngrams(models, train.train_ngrams(rest, tico, *VARIETIES))
        held = [row for row in ntrex if row[0] in fold and row[1] in VARIETIES]
        sentences += [(code, lean(text, judge)) for _, code, text in held]
        folded += [(code, lean(_keyboard(text), judge)) for _, code, text in held]
        documents += [(code, lean(text, judge)) for _, code, text in _documents(held)]
    surest, surest_folded = _surest(sentences), _surest(folded)
    named = [
        (code, lean) for code, lean in sentences if abs(lean) >= models.varieties["fas"].calibration.decide_document
    ]
    return {
        "folds: sentences named at the room's own threshold": len(named) / len(sentences),
        "folds: sentences right of those named": _right(named),
        "folds: documents right": _right(documents),
        "folds: sentences right of the surest 90 %": surest,
        "folds: cues folded away, loss kept small": 1 - max(0.0, surest - surest_folded),
    }


def other_hand_scores(models: Models, ntrex: Sequence[Text]) -> dict[str, float]:
    """NTREX judged by markers and by n-grams that never saw it."""
    judge = with_ngrams(models, train.train_ngrams([], train.read_tico(TICO), *VARIETIES))
    rows = [row for row in ntrex if row[1] in VARIETIES]
    sentences = [(code, _verdict(text, judge).judged.iso639_3) for _, code, text in rows]
    documents = [(code, _verdict(text, judge).judged.iso639_3) for _, code, text in _documents(rows)]
    decided = [(code, found) for code, found in sentences if found in VARIETIES]
    return {
        "another hand: sentences right of those decided": sum(a == b for a, b in decided) / len(decided),
        "another hand: sentences decided": len(decided) / len(sentences),
        "another hand: documents right": sum(a == b for a, b in documents) / len(documents),
        "another hand: documents not wrong": sum(b in (a, "fas") for a, b in documents) / len(documents),
    }


def reliability(judged: Iterable[tuple[float, bool]], bins: int = 5) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and number of verdicts per bin of confidence: equal where confidence is honest."""
    rows = sorted(judged)
    size = math.ceil(len(rows) / bins)
    cuts = [rows[start : start + size] for start in range(0, len(rows), size)]
    return [(sum(c for c, _ in cut) / len(cut), sum(r for _, r in cut) / len(cut), len(cut)) for cut in cuts]


def with_ngrams(models: Models, weights: dict[str, float]) -> Models:
    """The models with other n-gram weights in the Persian pack."""
    folder = Path(packs.__file__).parent / "varieties" / "fas"
    lines = [(code, (folder / f"{code}.tsv").read_text(encoding="utf-8")) for code in VARIETIES]
    forms = expand(marker for code, text in lines for marker in packs.read_markers(text, code))
    pack = replace(models.varieties["fas"], words=WordMemory(forms, weights), pairs=PairMemory(weights))
    return replace(models, varieties={"fas": pack})


def lean(text: str, models: Models) -> float:
    """The log-odds of Dari against Iranian Persian behind the verdict on `text`."""
    pack = models.varieties["fas"]
    open_pack = replace(pack, calibration=replace(pack.calibration, decide_document=0.0))
    judged = _verdict(text, replace(models, varieties={"fas": open_pack})).judged
    sure = min(0.9999, max(0.5001, judged.confidence))
    left = sure if judged.iso639_3 == pack.left else 1 - sure
    return math.log(left / (1 - left))


def _verdict(text: str, models: Models) -> Verdict:
    return identify(None, text, None, models)


def _items(*names: str) -> list[dict[str, str]]:
    lines = [line for name in names for line in (SHARED / name).read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def _documents(rows: Iterable[Text]) -> list[Text]:
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document, code, text in rows:
        texts[document, code].append(text)
    return [(document, code, "\n".join(lines)) for (document, code), lines in texts.items()]


def _snippet(text: str) -> str:
    words = text.split()
    return " ".join(words[:SNIPPET]) if len(words) >= SNIPPET else ""


def _by_language(rows: Iterable[Text], models: Models) -> dict[str, float]:
    counts: dict[str, list[bool]] = defaultdict(list)
    for _, code, text in rows:
        found = _verdict(text, models).judged.iso639_3
        wanted, said = ("fas" if name in VARIETIES else name for name in (code, found))
        counts[wanted].append(said == wanted)
    return {code: sum(right) / len(right) for code, right in counts.items()}


def _folds(rows: Sequence[Text]) -> list[set[str]]:
    documents = sorted({document for document, _, _ in rows})
    return [set(documents[start::FOLDS]) for start in range(FOLDS)]


def _keyboard(text: str) -> str:
    return text.replace("\u200c", "").translate(str.maketrans("یک", "يك"))


def _right(leans: Sequence[tuple[str, float]]) -> float:
    return sum((lean > 0) == (code == "prs") for code, lean in leans) / len(leans)


def _surest(leans: Sequence[tuple[str, float]]) -> float:
    ordered = sorted(leans, key=lambda row: -abs(row[1]))
    return _right(ordered[: math.ceil(len(ordered) * (1 - _ABSTAIN))])


def reliability_table() -> list[tuple[float, float, int]]:
    """How often verdicts on NTREX sentences and real pages are right, per bin of what the room is sure of."""
    models, ntrex, tico = packs.load(), train.read_ntrex(NTREX), train.read_tico(TICO)
    fold = _folds(ntrex)[0]
    rest = [(code, text) for document, code, text in ntrex if document not in fold]
    judge = with_ngrams(models, train.train_ngrams(rest, tico, *VARIETIES))
    texts = [(code, text) for document, code, text in ntrex if document in fold and code in VARIETIES]
    items = _items("eval/real/articles.jsonl", "eval/stories/articles.jsonl")
    texts += [(item["lang"], item["body"]) for item in items if item["lang"] in VARIETIES]
    verdicts = [(code, _verdict(text, judge).judged) for code, text in texts]
    return reliability((v.confidence, v.iso639_3 == code) for code, v in verdicts if v.iso639_3 in VARIETIES)


if __name__ == "__main__":
    for figure, value in scores().items():
        print(f"{figure:55} {value:.3f}")
    print("\nsure of   right     verdicts")
    for sure, right, count in reliability_table():
        print(f"{sure:.3f}     {right:.3f}     {count}")
