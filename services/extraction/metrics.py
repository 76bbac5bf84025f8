"""What Prometheus sees of extraction besides the metrics of every stage."""

from prometheus_client import Counter

from contracts.messages.extracted_article import ExtractedArticleV1

FOUND = Counter("storybraid_extracted_total", "What was read from articles.", ["kind"])
TRUNCATED = Counter("storybraid_articles_truncated_total", "Articles whose reading was cut short by a bound.")
KINDS = ("entities", "numbers", "dates", "quotations", "terms", "commitments", "positions", "credits", "candidates")
for _kind in KINDS:
    FOUND.labels(_kind)


def observe(article: ExtractedArticleV1) -> None:
    """Count what was found in one article."""
    for kind in KINDS:
        FOUND.labels(kind).inc(len(getattr(article.extracted, kind)))
    if article.extracted.truncated:
        TRUNCATED.inc()
