"""The dashboard as code: `python deploy/grafana/build.py` writes dashboards/storybraid.json."""

import json
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent / "dashboards" / "storybraid.json"
SOURCE = {"type": "prometheus", "uid": "prometheus"}
WIDTH, HEIGHT = 12, 8

# title, kind, unit, (query, legend) ...
PANELS: list[tuple[str, str, str, list[tuple[str, str]]]] = [
    ("Articles a second, by stage", "timeseries", "reqps", [
        ("stage:storybraid_articles_in:rate1m", "{{stage}} in"), ("stage:storybraid_articles_out:rate1m", "{{stage}} out"),
        ("stage:storybraid_articles_rejected:rate1m", "{{stage}} rejected")]),
    ("Messages waiting, by topic", "timeseries", "short", [("topic:storybraid_consumer_lag_messages:sum", "{{topic}}")]),
    ("Age of the oldest message waiting, by topic", "timeseries", "s", [("topic:storybraid_consumer_lag_seconds:max", "{{topic}}")]),
    ("Time in a stage, 95th percentile", "timeseries", "s", [("stage:storybraid_stage_duration_seconds:p95", "{{stage}}")]),
    ("From publication to story", "timeseries", "s", [
        ("storybraid_end_to_end_seconds:p50", "p50"), ("storybraid_end_to_end_seconds:p95", "p95"),
        ("storybraid_end_to_end_seconds:p99", "p99")]),
    ("From publication to story, all articles", "heatmap", "s", [
        ("sum by (le) (increase(storybraid_end_to_end_seconds_bucket[1m]))", "{{le}}")]),
    ("Articles later than the objective of 2 s (budget: 1 %)", "timeseries", "percentunit", [
        ("storybraid_late_articles:ratio5m", "5 minutes"), ("storybraid_late_articles:ratio1h", "1 hour")]),
    ("Articles read and not yet in a story or put aside, of an hour", "timeseries", "percentunit", [
        ("clamp_min(storybraid_missing_articles:ratio1h, 0)", "missing")]),
    ("Dead letters a minute, by reason", "timeseries", "short", [
        ("60 * topic:storybraid_dead_letters:rate5m > 0", "{{topic}} {{reason}}")]),
    ("Sends repeated because the surroundings failed", "timeseries", "short", [
        ("sum by (stage) (increase(storybraid_retries_total[5m]))", "{{stage}}")]),
    ("Stories opened, merged, split", "timeseries", "short", [
        ('sum by (kind) (increase(storybraid_story_changes_total{kind=~"created|merged|split|retracted"}[5m]))', "{{kind}}")]),
    ("Changes of stories, all kinds", "timeseries", "short", [
        ("sum by (kind) (increase(storybraid_story_changes_total[5m]))", "{{kind}}")]),
    ("Articles per story, median and 95th percentile", "timeseries", "short", [
        ("histogram_quantile(0.5, sum by (le) (rate(storybraid_articles_per_story_bucket[1h])))", "median"),
        ("histogram_quantile(0.95, sum by (le) (rate(storybraid_articles_per_story_bucket[1h])))", "95 %")]),
    ("Independent sources per story, median and 95th percentile", "timeseries", "short", [
        ("histogram_quantile(0.5, sum by (le) (rate(storybraid_sources_per_story_bucket[1h])))", "median"),
        ("histogram_quantile(0.95, sum by (le) (rate(storybraid_sources_per_story_bucket[1h])))", "95 %")]),
    ("Open stories", "timeseries", "short", [("sum(storybraid_stories_open)", "open")]),
    ("Articles by language", "timeseries", "short", [
        ("sum by (language) (increase(storybraid_articles_by_language_total[1h]))", "{{language}}")]),
    ("Confidence of the language, lowest tenth", "timeseries", "percentunit", [
        ("histogram_quantile(0.1, sum by (le) (rate(storybraid_language_confidence_ratio_bucket[1h])))", "10 %")]),
    ("Found in an article, by kind", "timeseries", "short", [("kind:storybraid_features_per_article:ratio6h", "{{kind}}")]),
    ("Where publication dates were read", "timeseries", "short", [
        ("sum by (source) (increase(storybraid_publication_dates_total[1h]))", "{{source}}")]),
    ("Ready", "stat", "bool", [("storybraid_ready", "{{stage}}")]),
]  # fmt: skip


def dashboard() -> dict[str, Any]:
    """The dashboard as Grafana imports it."""
    return {
        "uid": "storybraid",
        "title": "storybraid",
        "tags": ["storybraid"],
        "timezone": "browser",
        "schemaVersion": 39,
        "version": 1,
        "refresh": "10s",
        "time": {"from": "now-1h", "to": "now"},
        "panels": [_panel(number, *panel) for number, panel in enumerate(PANELS)],
    }


def _panel(number: int, title: str, kind: str, unit: str, queries: list[tuple[str, str]]) -> dict[str, Any]:
    targets = [
        {"refId": chr(65 + index), "expr": query, "legendFormat": legend, "datasource": SOURCE}
        | ({"format": "heatmap"} if kind == "heatmap" else {})
        for index, (query, legend) in enumerate(queries)
    ]
    place = {"x": number % 2 * WIDTH, "y": number // 2 * HEIGHT, "w": WIDTH, "h": HEIGHT}
    defaults = {"unit": unit, "min": 0}
    return {
        "id": number + 1,
        "title": title,
        "type": kind,
        "datasource": SOURCE,
        "gridPos": place,
        "targets": targets,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": {"calculate": False} if kind == "heatmap" else {},
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(dashboard(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
