"""What Prometheus sees of ingest besides the metrics of every stage."""

from prometheus_client import Counter

from contracts.messages.accepted_article import AcceptedArticleV1

DATES = Counter("storybraid_publication_dates_total", "Where publication dates were read.", ["source"])
MARKED = Counter(
    "storybraid_marked_characters_total", "Control and invisible characters let through, marked.", ["kind"]
)


def observe(article: AcceptedArticleV1) -> None:
    """Count what was found in one article."""
    DATES.labels(article.published.source).inc()
    for mark in article.marks:
        MARKED.labels(mark.kind).inc(mark.count)
