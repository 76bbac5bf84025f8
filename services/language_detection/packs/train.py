"""Train the room's artefacts from texts the reader can obtain: `python -m services.language_detection.packs.train`.

    words  --ntrex ntrex.tsv                    frequent words of every language pack (words alone, no text)
    ngrams --ntrex ntrex.tsv --tico tico.tsv    n-gram weights of Dari against Iranian Persian

NTREX file: doc, sentence, lang, text; TICO-19 file: eng, pes, prs, arb. Both tab-separated with a header line.
The same files give the same artefact, byte for byte.
"""

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from services.language_detection.domain.ngrams import features, sequence
from services.language_detection.domain.tokens import fold_form, tokens
from services.language_detection.packs import STEPS

HERE = Path(__file__).parent
WORDS = 220  # frequent words looked at in each language
_RARE = 8  # counts a feature needs: one of NTREX, or eight of TICO-19
_DOCUMENTS = 9  # a word of fewer documents is a subject, not a habit of the language
_SMALLEST = 0.4
_TICO_WEIGHT = 1
_NTREX_WEIGHT = 8  # news against talk with patients: TICO-19 only steadies what NTREX has seen
Labelled = Sequence[tuple[str, str]]
"""(language, text) of every sentence."""


def read_ntrex(path: Path) -> list[tuple[str, str, str]]:
    """(document, language, text) of every line."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:] if line]
    return [(row[0], row[2], row[3]) for row in rows if len(row) == 4]


def read_tico(path: Path) -> list[tuple[str, str]]:
    """(language, text) of every cell."""
    head, *lines = path.read_text(encoding="utf-8").split("\n")
    codes = head.split("\t")
    return [(code, text) for line in lines for code, text in zip(codes, line.split("\t"), strict=False) if text]


def train_ngrams(ntrex: Labelled, tico: Labelled, left: str, right: str) -> dict[str, float]:
    """Smoothed log-odds of every feature seen often enough, positive for `left`."""
    counts = {left: Counter[str](), right: Counter[str]()}
    for weight, corpus in ((_NTREX_WEIGHT, ntrex), (_TICO_WEIGHT, tico)):
        for code, text in corpus:
            if code in counts:
                for feature in features(sequence(text, 0, tokens(text))):
                    counts[code][feature] += weight
    return _log_odds(counts[left], counts[right])


def _log_odds(left: Counter[str], right: Counter[str]) -> dict[str, float]:
    known = sorted(feature for feature in left.keys() | right.keys() if left[feature] + right[feature] >= _RARE)
    smooth = 0.5 * _NTREX_WEIGHT
    sizes = [math.log(sum(side[feature] + smooth for feature in known)) for side in (left, right)]
    odds = {f: math.log(left[f] + smooth) - sizes[0] - math.log(right[f] + smooth) + sizes[1] for f in known}
    return {feature: weight for feature, weight in odds.items() if abs(weight) >= _SMALLEST}


def frequent_words(
    texts: Sequence[tuple[str, str, str]], groups: Iterable[frozenset[str]]
) -> dict[str, dict[str, float]]:
    """Per language the words of many documents, with their log-odds against the likest language of the same script."""
    shares = {code: _shares(texts, code) for code in sorted({code for _, code, _ in texts})}
    found: dict[str, dict[str, float]] = {}
    for group in groups:
        for code in sorted(group & shares.keys()):
            found[code] = _words_of(code, group & shares.keys(), shares)
    return found


def _shares(texts: Sequence[tuple[str, str, str]], code: str) -> dict[str, float]:
    counts: Counter[str] = Counter()
    documents: dict[str, set[str]] = {}
    for document, language, text in texts:
        if language == code:
            for token in tokens(text):
                counts[token.form] += 1
                documents.setdefault(token.form, set()).add(document)
    total = sum(counts.values())
    many = {word for word, seen in documents.items() if len(seen) >= _DOCUMENTS and word != "#"}
    return {word: count / total for word, count in counts.items() if word in many}


def _words_of(code: str, group: frozenset[str], shares: dict[str, dict[str, float]]) -> dict[str, float]:
    own = shares[code]
    words: dict[str, float] = {}
    for word in sorted(own, key=lambda word: (-own[word], word))[:WORDS]:
        other = max((shares[rival].get(word, 0.0) for rival in group - {code}), default=0.0)
        weight = math.log((own[word] + 2e-4) / (other + 2e-4))
        if weight >= 0.5:
            words[word] = round(min(weight, 4.0), 1)
    return words


def _write_ngrams(path: Path, weights: dict[str, float]) -> None:
    """One line a weight, with every feature that has it: short, and quick to load."""
    features_of: dict[int, list[str]] = {}
    for feature, weight in sorted(weights.items()):
        features_of.setdefault(round(weight * STEPS), []).append(feature)
    lines = ["\t".join([str(step), *found]) + "\n" for step, found in sorted(features_of.items())]
    path.write_text("".join(lines), encoding="utf-8")


def _write_words(path: Path, words: dict[str, float]) -> None:
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if "\tfrequent" not in line]
    hand = {fold_form(line.split("\t")[1]) for line in kept if line.startswith("word")}
    made = [f"word\t{word}\t{weight}\tfrequent" for word, weight in sorted(words.items()) if word not in hand]
    path.write_text("\n".join([*kept, *made]) + "\n", encoding="utf-8")


GROUPS = (
    frozenset({"arb", "fas", "pbu", "urd", "ckb"}),
    frozenset({"ukr", "rus"}),
    frozenset({"eng", "fra", "tur"}),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the artefact that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("words", "ngrams"))
    parser.add_argument("--ntrex", type=Path, required=True)
    parser.add_argument("--tico", type=Path)
    chosen = parser.parse_args(arguments)
    ntrex = read_ntrex(chosen.ntrex)
    if chosen.what == "ngrams":
        tico = read_tico(chosen.tico) if chosen.tico else []
        _write_ngrams(
            HERE / "varieties" / "fas" / "ngrams.tsv", train_ngrams([row[1:] for row in ntrex], tico, "prs", "pes")
        )
        return
    merged = [(document, "fas" if code in ("pes", "prs") else code, text) for document, code, text in ntrex]
    for code, words in frequent_words(merged, GROUPS).items():
        _write_words(HERE / "languages" / f"{code}.tsv", words)


if __name__ == "__main__":
    main()
