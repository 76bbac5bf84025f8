"""An identified article becomes an extracted one. Pure: the same article and packs give the same message."""

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.identified_article import IdentifiedArticleV1
from services.extraction.domain.article import Findings, read_article
from services.extraction.domain.knowledge import Knowledge
from services.extraction.wire import extraction, published_again, published_day

__all__ = ["Knowledge", "extract"]


def extract(article: IdentifiedArticleV1, knowledge: Knowledge) -> ExtractedArticleV1:
    """Read everything the packs know how to read from one article."""
    findings: Findings = read_article(
        headline=article.headline,
        body=article.body,
        language=article.identified.iso639_3,
        outlet=article.outlet,
        agency=article.declared_agency,
        published=published_day(article),
        knowledge=knowledge,
    )
    told = dict(article) | {"published": published_again(article, findings)}
    return ExtractedArticleV1(**told, extracted=extraction(findings, knowledge))
