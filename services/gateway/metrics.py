"""What Prometheus sees of the gateway besides the metrics of every stage."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("storybraid_gateway_requests_total", "HTTP requests answered.", ["route", "method", "status"])
REQUEST_DURATION = Histogram(
    "storybraid_gateway_request_duration_seconds", "From a request to the beginning of its answer.", ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip
STREAMS = Gauge("storybraid_gateway_streams", "SSE clients connected now.")
STREAMED = Counter("storybraid_gateway_streamed_changes_total", "Changes written to SSE clients.")
STREAMS_ENDED = Counter("storybraid_gateway_streams_ended_total", "SSE streams that ended, by why.", ["why"])
PROJECTED = Counter("storybraid_gateway_projected_total", "Records written into the projection.", ["topic"])
SKIPPED = Counter(
    "storybraid_gateway_skipped_total", "Records that are no message of their topic.", ["topic", "reason"]
)
PUBLISHED = Counter("storybraid_gateway_published_total", "Articles taken over HTTP and acknowledged by the broker.")
WEBHOOKS = Counter("storybraid_gateway_webhook_calls_total", "Webhook calls by outcome.", ["outcome"])
SUBSCRIPTIONS = Gauge("storybraid_gateway_webhook_subscriptions", "Webhook subscriptions that are not disabled.")
