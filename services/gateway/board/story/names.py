"""Names of people, places and bodies in the reader's language, as the story's own articles write them."""

from collections import Counter
from collections.abc import Iterable

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1
from services.gateway.board.scripts import distance
from services.gateway.board.texts import Text


class Names:
    """Entity id -> name: in the reader's language where an article of the story has one, else the English name."""

    def __init__(self, story: StoryV1, articles: Iterable[ExtractedArticleV1], interface: str) -> None:
        self._english = {entity.id: entity.name for entity in story.entities}
        self._own: dict[str, Counter[str]] = {}
        self._interface = interface
        for article in articles:
            # A reader of Dari prefers the Dari form, but any Persian one to the English.
            if (far := distance(article.identified.language, interface)) < 2:
                self._count(article, 1 if far else 10)

    def _count(self, article: ExtractedArticleV1, weight: int) -> None:
        for entity in article.extracted.entities:
            for mention in entity.mentions:
                if mention.via == "name":
                    self._own.setdefault(entity.id, Counter())[mention.span.text] += weight

    def of(self, entity_id: str) -> Text:
        """The name of an entity."""
        english = self._english.get(entity_id)
        if self._interface == "en" and english:
            return Text(english, "en")
        if counted := self._own.get(entity_id):
            return Text(min(counted, key=lambda name: (-counted[name], name)), self._interface)
        return Text(english or entity_id.replace("_", " "), "en")
