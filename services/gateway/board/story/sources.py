"""The articles of a story by id: whoever says something is named with outlet, language and address."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from contracts.messages.story import SourcedTextV1, StoryArticleV1, StoryV1, SupportV1
from services.gateway.board.texts import Excerpt, Text, excerpt

_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it: enough to name an article and to lead to it."""

    article_id: str
    outlet: str | None = None
    language: str = ""
    url: str | None = None
    headline: str | None = None

    @property
    def name(self) -> Text | None:
        """The outlet's name; it is written in its own language."""
        return Text(self.outlet, self.language) if self.outlet else None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text of a source: a title, a lead."""

    text: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a source, with the stretch that matters."""

    excerpt: Excerpt
    source: Source
    value: str
    modality: str | None
    background: bool


class Sources:
    """The articles of one story."""

    def __init__(self, story: StoryV1) -> None:
        self._known = {article.article_id: source_of(article) for article in story.articles}

    def __getitem__(self, article_id: str) -> Source:
        return self._known.get(article_id) or Source(article_id)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._known

    def quoted(self, text: SourcedTextV1) -> Quoted:
        """A title or lead with its source."""
        return Quoted(Text(text.text, text.language), self[text.article_id])

    def said(self, support: SupportV1) -> Said:
        """A support as a sentence with its source."""
        source = self[support.article_id]
        shown = excerpt(support.span, support.sentence, source.language)
        return Said(shown, source, support.value, support.modality, support.background)


def source_of(article: StoryArticleV1) -> Source:
    """The source behind an article of a story."""
    return Source(article.article_id, article.outlet, article.language, web_address(article.url), article.headline)


def web_address(url: str | None) -> str | None:
    """An address that may be linked: of the web, and nothing that runs."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in _SCHEMES and parts.netloc else None
