"""The days a story speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1, TimelineEntryV1
from services.gateway.board.catalogue import Words
from services.gateway.board.dates import Moment, moment
from services.gateway.board.story.sources import Source, Sources
from services.gateway.board.texts import Text

Articles = Mapping[str, ExtractedArticleV1]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the timeline, with a sentence on it."""

    day: Moment
    kind: str
    kind_words: str
    sources: tuple[Source, ...]
    sentence: Text | None


def timeline(story: StoryV1, articles: Articles, words: Words) -> list[Day]:
    """The days the articles speak of, and those on which they were published, in order."""
    sources = Sources(story)
    return [
        Day(
            day=moment(entry.date, words),
            kind=entry.kind,
            kind_words=words(f"timeline.{entry.kind}"),
            sources=tuple(sources[name] for name in entry.article_ids),
            sentence=_sentence(entry, articles),
        )
        for entry in story.timeline
    ]


def _sentence(entry: TimelineEntryV1, articles: Articles) -> Text | None:
    """The sentence with the language of the article it stands in; the entry does not say which of them that is."""
    span = entry.sentence
    if span is None:
        return None
    for article in (articles[name] for name in entry.article_ids if name in articles):
        part = article.body if span.part == "body" else article.headline or ""
        if part[span.start : span.end] == span.text:
            return Text(span.text, article.identified.language)
    return Text(span.text)
