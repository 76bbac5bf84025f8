"""Score copies among labelled articles and the lineage of labelled siblings: python -m tests.quality.copies_scores.

Of the labelled pairs those from containment .5 up are copies, those from .3 to .5 count neither way, and a pair that is
not listed is none. The labels were made between outlets, so an outlet's own second printing is not judged.
"""

import gzip
import json
import sys
from datetime import date
from itertools import combinations
from pathlib import Path

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.book import LineageBook
from services.deduplication.domain.copies.dispatch import independent_sources
from services.deduplication.packs import load_weights
from tests.quality.copies_reading import labelled_articles, seed_articles

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
COPIES = SHARED / "eval" / "copies"
Pair = frozenset[str]


def scores() -> dict[str, float]:
    """Every figure of this room's copies."""
    return copy_scores() | sibling_scores() | seed_scores()


def copy_scores() -> dict[str, float]:
    """Precision and recall of copies between outlets."""
    labels, articles = _labels(), _articles()
    book, outlet = LineageBook(lambda _: 1.0), {article.article_id: article.outlet for article in articles}
    links = {frozenset((article.article_id, other)) for article in articles for other in book.add(article)}
    together = {frozenset(pair) for found in book.dispatches(outlet) for pair in combinations(found.articles, 2)}
    return {
        **_against("copies", _between_outlets(links, outlet), labels),
        **_against("copies in one dispatch", _between_outlets(together, outlet), labels),
    }


def _between_outlets(pairs: set[Pair], outlet: dict[str, str | None]) -> set[Pair]:
    return {pair for pair in pairs if len({outlet[name] for name in pair}) == 2}


def _against(name: str, said: set[Pair], labels: dict[Pair, float]) -> dict[str, float]:
    copies = {pair for pair, containment in labels.items() if containment >= 0.5}
    right, wrong = len(said & copies), len(said - labels.keys())
    return {f"{name} precision": right / (right + wrong), f"{name} recall": right / len(copies)}


def sibling_scores() -> dict[str, float]:
    """Wire copies and translations among the articles written for this, with and without the publisher's agency."""
    said = _sibling_figures(told := labelled_articles(agencies=True))
    unsaid = _sibling_figures(labelled_articles(agencies=False))
    once = [independent_sources(_book(articles).dispatches(map(_name, articles))) for articles in _siblings(told)]
    return {
        **said,
        **{f"{figure}, agency unsaid": value for figure, value in unsaid.items()},
        "siblings counted once": sum(count == 1 for count in once) / len(once),
    }


def seed_scores() -> dict[str, float]:
    """The five seeds: which are one dispatch, and how many sources the story has."""
    story = [article for article in seed_articles() if article.article_id != "001"]
    dispatches = _book(story).dispatches(map(_name, story))
    together = {frozenset(dispatch.articles) for dispatch in dispatches}
    expected = {frozenset({"000", "004"}), frozenset({"002"}), frozenset({"003"})}
    return {
        "seeds dispatches": float(together == expected),
        "seeds sources": float(independent_sources(dispatches) == 3),
    }


def _sibling_figures(labelled: list[tuple[Article, str | None, str | None]]) -> dict[str, float]:
    language = {article.article_id: article.language for article, _, _ in labelled}
    labels = {frozenset((article.article_id, of)): kind for article, of, kind in labelled if of}
    book = _book([article for article, _, _ in labelled])
    dispatches = book.dispatches(language)
    said = {frozenset(pair) for dispatch in dispatches for pair in combinations(dispatch.articles, 2)}
    across = {pair for pair in said if len({language[name] for name in pair}) == 2}
    return {
        **_figures("wire copies", said - across, {pair for pair, kind in labels.items() if kind == "wire-copy"}),
        **_figures("translations", across, {pair for pair, kind in labels.items() if kind == "translation"}),
    }


def _figures(name: str, said: set[Pair], true: set[Pair]) -> dict[str, float]:
    right = len(said & true)
    return {f"{name} precision": right / max(1, len(said)), f"{name} recall": right / len(true)}


def _siblings(labelled: list[tuple[Article, str | None, str | None]]) -> list[list[Article]]:
    by_name = {article.article_id: article for article, _, _ in labelled}
    return [[by_name[of], article] for article, of, _ in labelled if of]


def _book(articles: list[Article]) -> LineageBook:
    book = LineageBook(load_weights().feature)
    for article in articles:
        book.add(article)
    return book


def _name(article: Article) -> str:
    return article.article_id


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
