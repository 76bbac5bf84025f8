"""Which article carries whose text, inside the window."""

from services.deduplication.domain.article import Article
from services.deduplication.domain.consolidation.story import Lineage


class LineageBook:
    """Articles by id, each with the one it derives from."""

    def __init__(self) -> None:
        self._articles: dict[str, Article] = {}

    def add(self, article: Article) -> set[str]:
        """Enter an article; ids of the articles whose lineage changes."""
        self._articles[article.article_id] = article
        return set()

    def remove(self, article_id: str) -> None:
        """Take an article out."""
        self._articles.pop(article_id, None)

    def of(self, article_id: str) -> Lineage:
        """What the article derives from."""
        return Lineage()
