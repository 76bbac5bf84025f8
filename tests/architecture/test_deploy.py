"""What is described for deployment agrees with the code."""

import json
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from contracts.topics import TOPICS
from services.client.commands.settings import rows
from services.client.main import app
from services.client.stack import ROOMS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
WORKERS = [room.replace("_", "-") for room in (*ROOMS, "gateway")]


@pytest.mark.parametrize("profiles", [[], ["--profile", "observability"], ["--profile", "demo"]])
def test_compose_is_valid(profiles: list[str]) -> None:
    """Compose itself reads the file, with every profile."""
    command = shutil.which("docker-compose")
    if command is None:
        pytest.skip("docker-compose is not installed, so the compose file cannot be checked by its own reader")
    subprocess.run([command, *profiles, "config", "-q"], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("worker", WORKERS)
def test_every_worker_is_a_service_without_privileges(worker: str) -> None:
    """Each room runs from the one image, read-only, without capabilities, bounded, restarted."""
    service = COMPOSE["services"][worker]
    assert service["command"] == ["python", "-m", f"services.{worker.replace('-', '_')}"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["restart"] == "unless-stopped"
    assert service["deploy"]["resources"]["limits"]["memory"]


def test_nothing_is_published_beyond_loopback() -> None:
    """Ports on the host are bound to 127.0.0.1."""
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_broker_takes_the_largest_message() -> None:
    """The broker's limit is that of the largest topic, so that a huge article reaches its dead-letter topic."""
    largest = max(topic.max_message_bytes for topic in TOPICS.values())
    environment = COMPOSE["services"]["kafka"]["environment"]
    assert environment["KAFKA_MESSAGE_MAX_BYTES"] == largest
    assert environment["KAFKA_REPLICA_FETCH_MAX_BYTES"] >= largest


def test_the_image_runs_without_root() -> None:
    """The last USER of the image is a number other than 0."""
    users = re.findall(r"^USER (\S+)", (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8"), re.M)
    assert users
    assert int(users[-1]) > 0


def test_the_dockerfile_is_clean() -> None:
    """Hadolint has nothing to say about the Dockerfile."""
    command = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert command is not None, "hadolint is one of the development requirements"
    done = subprocess.run([command, "deploy/Dockerfile"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.stdout == ""
    assert done.returncode == 0


def test_every_image_is_pinned() -> None:
    """No image of the compose file floats."""
    images = [service["image"] for service in COMPOSE["services"].values()]
    assert all(re.search(r":v?\d+\.\d+\.\d+$", image) for image in images), images


def test_what_the_image_copies_exists() -> None:
    """Every file the Dockerfile copies is in the project."""
    text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.M) for word in line.split()]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_prometheus_reads_its_configuration() -> None:
    """Prometheus' own tool accepts configuration and rules."""
    command = shutil.which("promtool")
    if command is None:
        pytest.skip(
            "promtool is not installed (Debian: prometheus), so the rules cannot be checked by their own reader"
        )
    subprocess.run(
        [command, "check", "config", "deploy/prometheus/prometheus.yml"], cwd=ROOT, check=True, capture_output=True
    )


def test_prometheus_scrapes_every_worker() -> None:
    """No room is forgotten in the scrape configuration."""
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text(encoding="utf-8"))
    targets = [
        target for job in config["scrape_configs"] for part in job["static_configs"] for target in part["targets"]
    ]
    assert sorted(target.split(":")[0] for target in targets) == sorted(WORKERS)


def _alerts() -> list[dict[str, Any]]:
    rules = yaml.safe_load((ROOT / "deploy/prometheus/rules/alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in rules["groups"] for rule in group["rules"]]


def test_every_alert_has_a_severity_a_runbook_and_a_unit_test() -> None:
    """Whoever is woken finds a page that says what to do, and the rule has been seen to fire."""
    tests = yaml.safe_load((ROOT / "deploy/prometheus/rules_test.yml").read_text(encoding="utf-8"))
    tested = {
        (case["alertname"], fired["exp_labels"]["severity"])
        for test in tests["tests"]
        for case in test.get("alert_rule_test", [])
        for fired in case["exp_alerts"]
    }
    for alert in _alerts():
        assert alert["labels"]["severity"] in ("page", "ticket")
        assert (ROOT / alert["annotations"]["runbook"]).is_file()
    assert {(alert["alert"], alert["labels"]["severity"]) for alert in _alerts()} == tested


def test_the_alerts_fire_when_they_should() -> None:
    """Prometheus' own unit tests of the rules pass."""
    command = shutil.which("promtool")
    if command is None:
        pytest.skip("promtool is not installed (Debian: prometheus), so the rules' unit tests cannot run")
    subprocess.run(
        [command, "test", "rules", "deploy/prometheus/rules_test.yml"], cwd=ROOT, check=True, capture_output=True
    )


def _declared_metrics() -> set[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "services").rglob("metrics.py"))
    return set(re.findall(r'"(storybraid_[a-z_]+)"', text))


def test_rules_and_dashboards_ask_for_metrics_that_exist() -> None:
    """No rule and no panel waits for a metric that nobody exports."""
    files = [*(ROOT / "deploy/prometheus").rglob("*.yml"), *(ROOT / "deploy/grafana").rglob("*.json")]
    asked = {
        name
        for path in files
        for name in re.findall(r"(?<![:\w])(storybraid_[a-z_]+)(?![:\w])", path.read_text(encoding="utf-8"))
    }
    known = {known + end for known in _declared_metrics() for end in ("", "_bucket", "_sum", "_count")}
    assert asked - known == set()


def test_the_committed_dashboard_is_the_generated_one() -> None:
    """The dashboard is code: `python deploy/grafana/build.py` writes the file that Grafana is given."""
    built = runpy.run_path(str(ROOT / "deploy/grafana/build.py"))
    assert json.loads(built["TARGET"].read_text(encoding="utf-8")) == built["dashboard"]()


def test_every_setting_is_documented() -> None:
    """The table of settings in deploy/README.md is what `storybraid settings` prints."""
    table = (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    missing = [
        variable for variable, meaning, default in rows() if f"| `{variable}` | {meaning} | {default} |" not in table
    ]
    assert missing == []


@pytest.mark.parametrize("page", ["deploy/README.md", "deploy/SIZING.md", "services/decisions/reset.md"])
def test_every_command_in_the_pages_exists(page: str) -> None:
    """A newcomer can type what stands there: commands and, of groups, subcommands are those of `storybraid`."""
    text = (ROOT / page).read_text(encoding="utf-8")
    known: Any = typer.main.get_command(app)
    used = set(re.findall(r"(?<!-n )\bstorybraid ([a-z]+)(?: ([a-z]+))?(?=[` ]|$)", text, re.M))
    assert used
    for command, argument in used:
        found = known.commands.get(command)
        assert found is not None, command
        assert not hasattr(found, "commands") or not argument or argument in found.commands, (command, argument)
