"""What is described for deployment agrees with the code."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts.topics import TOPICS
from services.client.stack import ROOMS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
WORKERS = [room.replace("_", "-") for room in ROOMS]


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
