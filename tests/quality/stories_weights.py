"""Count the frozen document frequencies anew: `python -m tests.quality.stories_weights`.

They are counted over the labelled articles and headlines beside the project and written into the room's packs; the
stream itself never counts, so that a replay months later gives the same stories.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from services.deduplication.domain.stories.fingerprint import one_state
from services.deduplication.domain.stories.reading import Reading
from services.deduplication.domain.stories.stems import stems
from services.deduplication.wire import reading_of
from tests.helpers.shared_data import SHARED
from tests.quality.stories_data import extracted, labelled, titles

PACKS = Path(__file__).resolve().parents[2] / "services" / "deduplication" / "packs"
FEWEST_FEATURES, FEWEST_STEMS = 2, 5


def main() -> None:
    """Write both packs."""
    rows = [*labelled(SHARED / "eval/stories/articles.jsonl"), *labelled(SHARED / "eval/real/articles.jsonl")]
    articles = [reading_of(message) for _, message in extracted(rows)]
    headlines = [reading_of(message) for _, message in extracted(titles(SHARED / "eval/titles/og2021_dev.tsv"))]
    _write("features.tsv", "articles", len(articles), _features(articles), FEWEST_FEATURES)
    every = [*articles, *headlines]
    _write("stems.tsv", "texts", len(every), _stems(every), FEWEST_STEMS)


def _features(readings: Iterable[Reading]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for reading in readings:
        marks = {mark.feature for mark in reading.marks if mark.feature[0] != "D"}
        counts.update({_known_as(name) for name in marks | {one_state(name) for name in marks}})
    return counts


def _known_as(feature: str) -> str:
    return "E" + feature[1:] if feature[0] in "PLO" else feature


def _stems(readings: Iterable[Reading]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for reading in readings:
        counts.update({stem for passage in reading.passages for _, stem in stems(passage.text, reading.language)})
    return counts


def _write(name: str, what: str, total: int, counts: Counter[str], fewest: int) -> None:
    rows = sorted((key, count) for key, count in counts.items() if count >= fewest and "\t" not in key)
    lines = [f"{what}\t{total}", *(f"{key}\t{count}" for key, count in rows)]
    (PACKS / name).write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{name}: {len(rows)} of {len(counts)} over {total}")


if __name__ == "__main__":
    main()
