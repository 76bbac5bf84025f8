"""How well articles become stories: `python -m tests.quality.stories_scores` prints the table."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1
from services.deduplication.handler import State
from services.deduplication.wire import reading_of
from tests.helpers.shared_data import SHARED
from tests.quality.stories_data import extracted, labelled, seeds, titles
from tests.quality.stories_resampled import cross_language_pairs, grouped, samples

SEED_DAYS = range(7, 14)
BASELINE_LANGUAGES = frozenset({"ara", "rus", "fra"})
"""Those for which a monolingual one-pass grouping is known: .63, .56, .66."""
ALL_LANGUAGES = BASELINE_LANGUAGES | {"eng", "spa", "por", "deu", "slv", "zho"}
SAME_EVENT = frozenset({"000", "002", "003", "004"})
Labels = Mapping[str, str]


def stories_of(articles: Iterable[tuple[str, ExtractedArticleV1]]) -> tuple[dict[str, str], dict[str, StoryV1]]:
    """Label id -> story id after all articles, and the newest state of every story."""
    state, stories, named = State(), dict[str, StoryV1](), dict[str, str]()
    for name, article in articles:
        named[article.article_id] = name
        stories.update({story.story_id: story for story in state.apply(article).stories})
    standing = [story for story in stories.values() if story.state in {"open", "closed"}]
    return {named[a.article_id]: s.story_id for s in standing for a in s.articles}, stories


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def bcubed(gold: Labels, said: Labels) -> float:
    """BCubed F1 over the articles of `gold`."""
    true, found = Counter(gold.values()), Counter(said[i] for i in gold)
    both = Counter((gold[i], said[i]) for i in gold)
    precision = sum(both[gold[i], said[i]] / found[said[i]] for i in gold) / len(gold)
    recall = sum(both[gold[i], said[i]] / true[gold[i]] for i in gold) / len(gold)
    return f1(precision, recall)


def pairs(gold: Labels, said: Labels, counted: Callable[[str, str], bool]) -> float:
    """F1 over the pairs that are `counted`."""
    chosen = [(a, b) for a, b in combinations(sorted(gold), 2) if counted(a, b)]
    true = {pair for pair in chosen if gold[pair[0]] == gold[pair[1]]}
    found = {pair for pair in chosen if said[pair[0]] == said[pair[1]]}
    hit = len(true & found)
    return f1(hit / len(found) if found else 0.0, hit / len(true) if true else 0.0)


def labelled_scores(name: str, rows: list[dict[str, Any]]) -> dict[str, float]:
    """BCubed and cross-language pairs of one labelled set, and their means over samples of it."""
    articles = list(extracted(rows))
    said, _ = stories_of(articles)
    gold, language = {r["id"]: r["event"] for r in rows}, {r["id"]: r["lang"] for r in rows}
    return {
        f"{name} bcubed": bcubed(gold, said),
        f"{name} cross-language pairs": pairs(gold, said, lambda a, b: language[a] != language[b]),
        **_sampled(name, articles, gold, language),
    }


def _sampled(
    name: str, articles: list[tuple[str, ExtractedArticleV1]], gold: Labels, language: Labels
) -> dict[str, float]:
    found: dict[str, list[float]] = {f"{name} sampled bcubed": [], f"{name} sampled cross-language pairs": []}
    for sample in samples([(i, reading_of(article)) for i, article in articles], gold):
        said, true = grouped(sample), {i: gold[i] for i, _ in sample}
        found[f"{name} sampled bcubed"].append(bcubed(true, said))
        found[f"{name} sampled cross-language pairs"].append(cross_language_pairs(true, said, language))
    return {figure: sum(values) / len(values) for figure, values in found.items()}


def title_scores(rows: list[dict[str, Any]]) -> dict[str, float]:
    """BCubed of headlines alone, language by language."""
    said, _ = stories_of(extracted(rows))
    gold, language = {r["id"]: r["event"] for r in rows}, {r["id"]: r["lang"] for r in rows}
    found = {"titles cross-language pairs": pairs(gold, said, lambda a, b: language[a] != language[b])}
    for code, count in sorted(Counter(language.values()).items()):
        if count >= 50:
            found[f"titles {code} bcubed"] = bcubed({i: e for i, e in gold.items() if language[i] == code}, said)
    return found


def seed_scores(folder: Path) -> dict[str, float]:
    """On how many receive days the seeds are exactly the two stories they are."""
    right = 0
    for day in SEED_DAYS:
        said, _ = stories_of(seeds(folder, datetime(2026, 1, day, 9, tzinfo=UTC)))
        right += len({said[i] for i in SAME_EVENT}) == 1 and said["001"] != said["000"] and len(said) == 5
    return {"seeds receive days right": right / len(SEED_DAYS)}


def fact_scores(shared: Path) -> dict[str, float]:
    """How many of the outcome story's labelled facts are in it."""
    story, names = seed_story(shared)
    gold = json.loads((shared / "gold/story_gold.json").read_text("utf-8"))["stories"][0]
    return {
        f"seeds facts, {need}": _share_found(story, names, gold, need) for need in ("must_contain", "should_contain")
    }


def seed_story(shared: Path) -> tuple[StoryV1, dict[str, str]]:
    """The story of the outcome as it stands after all seeds, and the seeds' names by article id."""
    articles = seeds(shared / "seeds", datetime(2026, 1, 7, 9, tzinfo=UTC))
    said, stories = stories_of(articles)
    return stories[said["000"]], {article.article_id: name for name, article in articles}


def found_in(story: StoryV1, names: Mapping[str, str], fact: dict[str, Any]) -> bool:
    """Whether a labelled fact is in the story: at least half of the articles that support it are quoted for it."""
    hits: dict[str, bool] = {}
    for support in fact["support"]:
        seed = support["seed"][:3]
        hits[seed] = hits.get(seed, False) or any(
            names[said.article_id] == seed and said.span.part == "body"
            and said.span.start < support["end"] and support["start"] < said.span.end
            for known in story.facts for said in known.supports
        )  # fmt: skip
    return 2 * sum(hits.values()) >= len(hits)


def _share_found(story: StoryV1, names: Mapping[str, str], gold: dict[str, Any], need: str) -> float:
    wanted = [fact for fact in gold["facts"] if fact["id"] in gold[need]]
    return sum(found_in(story, names, fact) for fact in wanted) / len(wanted)


def scores(languages: frozenset[str] = BASELINE_LANGUAGES) -> dict[str, float]:
    """Every figure by name; of the headlines those in `languages`."""
    found = seed_scores(SHARED / "seeds")
    for name in ("stories", "real"):
        found |= labelled_scores(name, labelled(SHARED / f"eval/{name}/articles.jsonl"))
    headlines = [row for row in titles(SHARED / "eval/titles/og2021_dev.tsv") if row["lang"] in languages]
    found |= title_scores(headlines) | fact_scores(SHARED)
    return {name: round(value, 4) for name, value in found.items()}


def main() -> None:
    """Print the table; with `--all` over the headlines of all nine languages."""
    chosen = ALL_LANGUAGES if "--all" in sys.argv else BASELINE_LANGUAGES
    for name, value in scores(chosen).items():
        print(f"{name:36s} {value:.3f}")


if __name__ == "__main__":
    main()
