"""What Prometheus sees of language detection besides the metrics of every stage."""

from prometheus_client import Counter, Histogram

from contracts.messages.identified_article import IdentifiedArticleV1

LANGUAGES = Counter("storybraid_articles_by_language_total", "Articles by detected language (BCP 47).", ["language"])
CONFIDENCE = Histogram(
    "storybraid_language_confidence_ratio",
    "Calibrated confidence of the language decision.",
    buckets=(0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0),
)


def observe(article: IdentifiedArticleV1) -> None:
    """Count what was found in one article."""
    LANGUAGES.labels(article.identified.language).inc()
    CONFIDENCE.observe(article.identified.confidence)
