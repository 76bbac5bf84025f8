"""Score copies among labelled articles and the lineage of labelled siblings: python -m tests.quality.copies_scores.

Of the labelled pairs those from containment .5 up are copies, those from .3 to .5 count neither way, and a pair that is
not listed is none. The labels were made between outlets, so an outlet's own second printing is not judged.
"""

import gzip
import json
import sys
from datetime import date
from pathlib import Path

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.book import LineageBook

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
COPIES = SHARED / "eval" / "copies"
Pair = frozenset[str]


def scores() -> dict[str, float]:
    """Every figure of this room's copies."""
    return copy_scores()


def copy_scores() -> dict[str, float]:
    """Precision and recall of copies between outlets."""
    labels, articles = _labels(), _articles()
    said = copy_pairs(articles)
    copies = {pair for pair, containment in labels.items() if containment >= 0.5}
    right, wrong = len(said & copies), len(said - labels.keys())
    return {"copies precision": right / (right + wrong), "copies recall": right / len(copies)}


def copy_pairs(articles: list[Article]) -> set[Pair]:
    """The pairs that the lineage book calls copies as the articles come in."""
    book, outlet = LineageBook(lambda _: 1.0), {article.article_id: article.outlet for article in articles}
    found: set[Pair] = set()
    for article in articles:
        found |= {frozenset((article.article_id, other)) for other in book.add(article)}
    return {pair for pair in found if len({outlet[name] for name in pair}) == 2}


def _labels() -> dict[Pair, float]:
    with (COPIES / "saudinewsnet_dev_pairs.tsv").open(encoding="utf-8") as lines:
        next(lines)
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return {frozenset((row[0], row[3])): float(row[6]) for row in rows}


def _articles() -> list[Article]:
    with gzip.open(COPIES / "saudinewsnet_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_article(json.loads(line)) for line in lines]


def _article(row: dict[str, str]) -> Article:
    return Article(
        article_id=row["url"],
        version_id="1",
        source_id=row["url"],
        language="arb",
        published=row["day"],
        received=row["day"],
        published_day=date.fromisoformat(row["day"]).toordinal(),
        url=row["url"],
        outlet=row["outlet"],
        headline=row["title"],
        sentences=(row["body"],),
    )


if __name__ == "__main__":
    json.dump(scores(), sys.stdout, indent=2)
