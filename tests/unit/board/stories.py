"""Stories and articles for the board's tests: the contract's examples, and small ones built here."""

from pathlib import Path
from typing import Any

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.spans import SpanV1
from contracts.messages.story import DispatchV1, FactV1, LineageV1, StoryArticleV1, StoryV1, SupportV1
from tests.helpers.bus import START

EXAMPLES = Path(__file__).resolve().parents[3] / "contracts" / "examples"
SENTENCE = "The fire killed 12 people in Basel."


def example_story() -> StoryV1:
    """One dispatch in five languages and an outlet's own report."""
    return StoryV1.model_validate_json((EXAMPLES / "story/v1/one_dispatch_five_languages.json").read_bytes())


def example_article(name: str) -> ExtractedArticleV1:
    """An article of the contract's examples."""
    return ExtractedArticleV1.model_validate_json((EXAMPLES / f"extracted_article/v1/{name}.json").read_bytes())


def article(name: str, dispatch: str = "", relation: Any = "original", to: str | None = None, **more: Any) -> Any:
    """An article of a story."""
    fields: dict[str, Any] = {
        "article_id": name, "source_id": name, "outlet": f"Outlet of {name}", "headline": f"Headline of {name}",
        "language": "en", "published": "2026-03-11T10:00:00+00:00", "published_source": "header",
        "dispatch_id": dispatch or f"dispatch:{name}", "lineage": LineageV1(relation=relation, to=to, score=None),
    }  # fmt: skip
    return StoryArticleV1(**fields | more)


def dispatch(name: str, *articles: str, agency: str | None = None) -> DispatchV1:
    """A dispatch."""
    return DispatchV1(dispatch_id=name, agency=agency, articles=articles, languages=("eng",))


def support(article_id: str, value: str, sentence: str = SENTENCE, marked: str = "12", **more: Any) -> SupportV1:
    """An article's word on a fact."""
    start = sentence.index(marked)
    span = SpanV1(start=start, end=start + len(marked), text=marked)
    whole = SpanV1(start=0, end=len(sentence), text=sentence)
    fields: dict[str, Any] = {"dispatch_id": f"dispatch:{article_id}", "span": span, "sentence": whole, "value": value}
    return SupportV1(article_id=article_id, **fields | more)


def fact(kind: Any, about: str, *supports: SupportV1, state: Any = "single_source", **more: Any) -> FactV1:
    """A fact; its values are those of its supports."""
    values = tuple(dict.fromkeys(each.value for each in supports))
    fields: dict[str, Any] = {
        "fact_id": f"fact-{kind}-{about}-{len(values)}", "values": values, "independent_sources": len(supports)
    }  # fmt: skip
    return FactV1(kind=kind, about=about, state=state, supports=supports, **fields | more)


def story(*articles: StoryArticleV1, **more: Any) -> StoryV1:
    """A story of these articles."""
    fields: dict[str, Any] = {
        "story_id": "story-1", "version": 2, "state": "open", "articles": articles, "updated_at": START,
        "languages": ("en",), "independent_sources": len(articles),
    }  # fmt: skip
    return StoryV1(**fields | more)
