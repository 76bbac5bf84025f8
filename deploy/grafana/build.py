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
        ("stage:storybraid_articles_in:rate1m", "{{stage}} in"), ("stage:storybraid_articles_out:rate1m", "{{stage}} out")]),
    ("Messages waiting, by topic", "timeseries", "short", [("topic:storybraid_consumer_lag_messages:sum", "{{topic}}")]),
    ("From publication to story", "timeseries", "s", [
        ("storybraid_end_to_end_seconds:p50", "p50"), ("storybraid_end_to_end_seconds:p99", "p99")]),
    ("From publication to story, all articles", "heatmap", "s", [
        ("sum by (le) (increase(storybraid_end_to_end_seconds_bucket[1m]))", "{{le}}")]),
    ("Time in a stage, 95th percentile", "timeseries", "s", [
        ("histogram_quantile(0.95, sum by (le, stage) (rate(storybraid_stage_duration_seconds_bucket[5m])))", "{{stage}}")]),
    ("Dead letters by reason", "timeseries", "short", [
        ("sum by (topic, reason) (increase(storybraid_dead_letters_total[5m]))", "{{topic}} {{reason}}")]),
    ("Open stories", "stat", "short", [("sum(storybraid_stories_open)", "open")]),
    ("Changes of stories", "timeseries", "short", [
        ("sum by (kind) (increase(storybraid_story_changes_total[5m]))", "{{kind}}")]),
    ("Articles per story, median and 95th percentile", "timeseries", "short", [
        ("histogram_quantile(0.5, sum by (le) (rate(storybraid_articles_per_story_bucket[1h])))", "median"),
        ("histogram_quantile(0.95, sum by (le) (rate(storybraid_articles_per_story_bucket[1h])))", "95 %")]),
    ("Articles by language", "timeseries", "short", [
        ("sum by (language) (increase(storybraid_articles_by_language_total[1h]))", "{{language}}")]),
    ("Known names an article", "timeseries", "short", [
        ('sum(rate(storybraid_extracted_total{kind="entities"}[15m])) / '
         'sum(rate(storybraid_articles_out_total{stage="extraction"}[15m]))', "names")]),
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
