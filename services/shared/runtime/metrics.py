"""What Prometheus sees of every worker, each metric declared once with its meaning. Seconds and counts, base units."""

from prometheus_client import Counter, Gauge, Histogram

from contracts.rejection import Reason
from contracts.topics import Topic

STAGE_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
END_TO_END_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86400)

ARTICLES_IN = Counter("storybraid_articles_in_total", "Records a stage has read.", ["stage"])
ARTICLES_OUT = Counter(
    "storybraid_articles_out_total", "Messages a stage has written and seen acknowledged.", ["stage"]
)
ARTICLES_REJECTED = Counter("storybraid_articles_rejected_total", "Records a stage could not use.", ["stage", "reason"])
DEAD_LETTERS = Counter("storybraid_dead_letters_total", "Records put into a dead-letter topic.", ["topic", "reason"])
STAGE_DURATION = Histogram(
    "storybraid_stage_duration_seconds", "From bytes to decision, without delivery.", ["stage"], buckets=STAGE_BUCKETS
)
END_TO_END = Histogram(
    "storybraid_end_to_end_seconds",
    "From an article's publication on the bus to its story.",
    buckets=END_TO_END_BUCKETS,
)
LAG = Gauge("storybraid_consumer_lag_messages", "Records not yet committed.", ["topic", "partition"])
LAG_SECONDS = Gauge(
    "storybraid_consumer_lag_seconds",
    "How long the oldest record not yet committed has waited.",
    ["topic", "partition"],
)
READY = Gauge("storybraid_ready", "1 while the worker can do its work.", ["stage"])
RETRIES = Counter("storybraid_retries_total", "Attempts repeated because the surroundings failed.", ["stage"])


def begin(stage: str, reads: Topic) -> None:
    """Let every counter of a stage begin at 0: of a series that begins at 1 Prometheus cannot see the growth."""
    for counter in (ARTICLES_IN, ARTICLES_OUT, RETRIES):
        counter.labels(stage)
    for reason in Reason:
        ARTICLES_REJECTED.labels(stage, reason)
        DEAD_LETTERS.labels(reads.dead_letter, reason)
