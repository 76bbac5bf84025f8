"""An article's page: its text with everything that was read from it, and how its language and date are known."""

from dataclasses import dataclass

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.identified_article import LanguageEvidenceV1
from contracts.messages.spans import Part
from services.gateway.board import dates, readings
from services.gateway.board.catalogue import Words
from services.gateway.board.dates import Moment
from services.gateway.board.scripts import language_name, tag_of
from services.gateway.board.segments import Segment, flatten, paragraphs
from services.gateway.board.texts import Text

MOST_LISTED = 400
MOST_PLACES = 4


@dataclass(frozen=True, slots=True)
class Understood:
    """A row of the list of marks."""

    number: int
    kind: str
    text: Text
    meaning: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason for the language."""

    kind: str
    name: Text
    speaks_for: str
    weight: str
    places: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """What the template draws."""

    article: ExtractedArticleV1
    language: str
    language_name: str
    headline: list[Segment]
    body: list[list[Segment]]
    kinds: tuple[str, ...]
    """The kinds of marks that occur, in the order of the legend."""
    understood: list[Understood]
    signs: list[Sign]
    published: Moment
    received: Moment
    event_day: Moment | None
    event_place: str | None
    agencies: tuple[str, ...]

    @property
    def text(self) -> Text:
        """The body with its language."""
        return Text(self.article.body, self.language)


def article_page(article: ExtractedArticleV1, words: Words) -> ArticlePage:
    """The page of an article in the reader's words."""
    headline = _segments(article, "headline", words)
    body = _segments(article, "body", words)
    everything = headline + body
    seen = {kind for segment in everything for kind in segment.kinds}
    event = article.extracted.event
    return ArticlePage(
        article=article,
        language=article.identified.language,
        language_name=language_name(article.identified.language, words.interface),
        headline=headline,
        body=paragraphs(body),
        kinds=tuple(kind for kind in readings.KINDS if kind in seen),
        understood=_understood(article, words)[:MOST_LISTED],
        signs=_signs(article, words),
        published=dates.moment(article.published.value, words),
        received=dates.moment(article.received_at, words),
        event_day=dates.moment(event.date, words) if event.date else None,
        event_place=next((each.name for each in article.extracted.entities if each.id == event.place), event.place),
        agencies=tuple(dict.fromkeys(each.name for each in article.extracted.credits)),
    )


def _segments(article: ExtractedArticleV1, part: Part, words: Words) -> list[Segment]:
    text = (article.headline or "") if part == "headline" else article.body
    return flatten(text, readings.marks(article, part, words))


def _understood(article: ExtractedArticleV1, words: Words) -> list[Understood]:
    language = article.identified.language
    parts: tuple[tuple[Part, str], ...] = (("headline", article.headline or ""), ("body", article.body))
    return [
        Understood(mark.number, mark.kind, Text(text[mark.start : mark.end], language), mark.meaning)
        for part, text in parts
        for mark in readings.marks(article, part, words)
        if mark.kind not in (*readings.BLOCKS, "marker")
    ]


def _signs(article: ExtractedArticleV1, words: Words) -> list[Sign]:
    """The reasons for the language, the weightiest first."""
    ranked = sorted(article.identified.evidence, key=lambda each: -each.weight)
    return [_sign(each, article.identified.language, words) for each in ranked]


def _sign(evidence: LanguageEvidenceV1, language: str, words: Words) -> Sign:
    # The name of a marker is a form of the language; the name of a model is English.
    written_in = language if evidence.spans else "en"
    places = dict.fromkeys(span.text for span in evidence.spans)
    return Sign(
        kind=words(f"evidence_kind.{evidence.kind}"),
        name=Text(evidence.name, written_in),
        speaks_for=language_name(tag_of(evidence.says), words.interface),
        weight=words.number(evidence.weight, 2),
        places=tuple(Text(text, language) for text in list(places)[:MOST_PLACES]),
    )
