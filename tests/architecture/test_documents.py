"""Every metric, setting, alert and reject reason of the documents is one of the code, and the reverse.

Rooms are found by their folders: a new one is held to the same without a word here.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts.rejection import MEANINGS, Reason
from deploy.prometheus.metrics_table import TARGET, declared, name, table
from services.client.commands.settings import rooms, rows

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".venv", "node_modules", ".git", "CHANGELOG.md"}


def _files(*endings: str) -> list[Path]:
    found = (path for ending in endings for path in ROOT.rglob(f"*{ending}"))
    return sorted(path for path in found if not SKIPPED & set(path.relative_to(ROOT).parts))


def _text(*endings: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in _files(*endings))


DOCUMENTS = _text(".md")
OPERATION = _text(".yml", ".yaml", ".env", "Dockerfile") + (ROOT / "deploy/grafana/build.py").read_text("utf-8")
CODE = _text(".py")
SOURCES = list((ROOT / "services").rglob("*.py"))


def _series() -> set[str]:
    """Every name under which Prometheus may know one of our metrics."""
    parts = ("", "_bucket", "_sum", "_count")
    return {name(each) + end for _, each in declared() for end in (parts if each._type == "histogram" else ("",))}


def test_the_table_of_metrics_is_that_of_the_code() -> None:
    """`python -m deploy.prometheus.metrics_table` would write deploy/METRICS.md as it is."""
    assert TARGET.read_text(encoding="utf-8") == table()


def test_every_metric_is_declared_once_with_a_meaning_and_a_plain_unit() -> None:
    """No name twice, a sentence each, seconds rather than their fractions."""
    metrics = [metric for _, metric in declared()]
    assert [each for each, count in Counter(map(name, metrics)).items() if count > 1] == []
    assert [name(metric) for metric in metrics if not metric._documentation.endswith(".")] == []
    assert [
        name(metric) for metric in metrics if re.search(r"_(ms|millis|milliseconds|minutes|kb|mb)\b", name(metric))
    ] == []


def test_every_metric_is_in_a_room_s_metrics_module() -> None:
    """Nothing is counted under a name that stands elsewhere in the code, and nothing declared is never touched."""
    sources = [path for path in (ROOT / "services").rglob("*.py") if path.name != "metrics.py"]
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in sources
        if re.search(r"\b(Counter|Gauge|Histogram|Summary)\(\s*\"storybraid_", path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []
    for path in (ROOT / "services").rglob("metrics.py"):
        own = path.read_text(encoding="utf-8")
        around = own + "".join(each.read_text(encoding="utf-8") for each in sources)
        constants = re.findall(r"^([A-Z_]+) = (?:Counter|Gauge|Histogram)\(", own, re.M)
        assert [each for each in constants if len(re.findall(rf"\b{each}\b", around)) < 2] == []


def test_documents_rules_and_panels_name_metrics_that_exist() -> None:
    """No page, rule or panel speaks of a metric that nobody exports."""
    named = set(re.findall(r"(?<![:\w/.-])(storybraid_[a-z_]+)(?![:\w]|\.py)", DOCUMENTS + OPERATION))
    assert named - _series() == set()


def test_recorded_series_that_are_asked_for_are_recorded() -> None:
    """Panels, alerts and pages ask only for series that a recording rule makes, and each of those is asked for."""
    recording = (ROOT / "deploy/prometheus/rules/recording.yml").read_text(encoding="utf-8")
    recorded = set(re.findall(r"record: (\S+)", recording))
    others = OPERATION.replace(recording, "") + DOCUMENTS
    asked = set(re.findall(r"(?<!\w)((?:stage:|topic:|kind:)?storybraid_[a-z_]+:\w+)", others))
    assert asked - recorded == set()
    assert recorded - asked == set()


def test_every_setting_stands_in_the_table_once() -> None:
    """The table of deploy/README.md is what `storybraid settings` prints (`python -m deploy.settings_table`)."""
    page = (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `STORYBRAID_.*\|$", page, re.M)
    assert shown == [f"| `{variable}` | {meaning} | {default} |" for variable, meaning, default in rows()]


def test_every_setting_is_read_by_the_code() -> None:
    """A setting that nothing asks for promises what is not there."""
    fields = {field for settings in rooms().values() for field in settings.model_fields}
    asked = set(re.findall(r"(?:\.|getattr\(\w+, \")(\w+)", "".join(p.read_text("utf-8") for p in SOURCES)))
    assert fields - asked == set()


def test_every_room_with_settings_is_in_the_table() -> None:
    """A room's own settings module is found by its place, and its fields by their names."""
    places = {path.parent.name for path in (ROOT / "services").glob("*/settings.py")}
    assert set(rooms()) == places
    fields = {f"STORYBRAID_{field.upper()}" for settings in rooms().values() for field in settings.model_fields}
    assert fields == {variable for variable, _, _ in rows()}


def test_documents_and_deployments_set_only_what_the_code_reads() -> None:
    """No STORYBRAID_ variable of a page, a compose file or a manifest is one that nothing reads."""
    known = {variable for variable, _, _ in rows()} | set(re.findall(r"\"(STORYBRAID_[A-Z_]+)\"", CODE))
    named = set(re.findall(r"STORYBRAID_[A-Z_]*[A-Z]\b(?![*_])", DOCUMENTS + OPERATION))
    assert named - known == set()


def _alerts() -> list[dict[str, Any]]:
    rules = [yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "deploy/prometheus/rules").glob("*.yml")]
    return [rule for file in rules for group in file["groups"] for rule in group["rules"] if "alert" in rule]


def test_every_alert_is_documented_with_its_severities_and_runbook() -> None:
    """OBJECTIVES.md has a row for each alert, with each of its severities and a link to the runbook it carries."""
    page = (ROOT / "deploy/OBJECTIVES.md").read_text(encoding="utf-8")
    told = {
        row[0]: row[1:] for row in re.findall(r"^\| `(Storybraid\w+)` \| ([a-z, ]+) \|.*\(([^)]+)\) \|$", page, re.M)
    }
    severities: dict[str, set[str]] = {}
    for rule in _alerts():
        severities.setdefault(rule["alert"], set()).add(rule["labels"]["severity"])
        assert f"deploy/{told[rule['alert']][1]}" == rule["annotations"]["runbook"]
    assert {alert: set(columns[0].split(", ")) for alert, columns in told.items()} == severities


def test_every_alert_is_named_by_its_runbook_and_no_page_names_another() -> None:
    """Whoever searches for an alert's name finds the page; a page about an alert that is gone is gone, too."""
    for rule in _alerts():
        assert f"`{rule['alert']}`" in (ROOT / rule["annotations"]["runbook"]).read_text(encoding="utf-8")
    named = set(re.findall(r"\bStorybraid[A-Z]\w+", DOCUMENTS))
    assert named - {rule["alert"] for rule in _alerts()} == set()


def _reason_tables() -> dict[str, str]:
    """Reason -> meaning, from every table of reasons in the documents."""
    rows_found: dict[str, str] = {}
    for table_found in re.findall(r"^\| reason \| meaning \|\n\|[-|]+\|\n((?:\|.*\n?)+)", DOCUMENTS, re.M):
        rows_found |= dict(re.findall(r"^\| `(\w+)` \| (.+?) \|$", table_found, re.M))
    return rows_found


def test_every_reject_reason_is_in_a_table_and_every_table_s_reason_is_one() -> None:
    """Reasons of the code and reasons of the READMEs are the same set, and each has its meaning in the code."""
    assert set(_reason_tables()) == {str(reason) for reason in Reason}
    assert set(MEANINGS) == set(Reason)


@pytest.mark.parametrize("page", sorted((ROOT / "deploy/runbooks").glob("dead-*.md")), ids=lambda path: path.stem)
def test_runbooks_name_only_reasons_that_exist(page: Path) -> None:
    """What the page about dead letters calls a reason is one."""
    words = set(re.findall(r"`([a-z]+_[a-z_]+)`", page.read_text(encoding="utf-8")))
    assert {word for word in words if not word.startswith("storybraid")} <= {str(reason) for reason in Reason}


def test_the_pictures_are_small_and_the_trace_is_the_one_that_was_drawn() -> None:
    """The page shows what `python -m deploy.grafana.pictures` wrote: files that a clone does not notice, nine spans."""
    folder = ROOT / "deploy/grafana/pictures"
    page = (ROOT / "deploy/WATCHING.md").read_text(encoding="utf-8")
    pictures = sorted(folder.glob("*.png"))
    assert [path.name for path in pictures if f"(grafana/pictures/{path.name})" in page] == [
        path.name for path in pictures
    ]
    assert pictures
    assert max(path.stat().st_size for path in pictures) < 200_000
    trace = (folder / "trace.txt").read_text(encoding="utf-8")
    assert f"```\n{trace}```" in page
    assert len(trace.splitlines()) == 10
