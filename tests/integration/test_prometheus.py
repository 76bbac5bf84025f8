"""A real Prometheus watches a running pipeline: it scrapes the workers, the rules fire, every panel shows something."""

import json
import runpy
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.client import demonstration
from services.client.brokers import BrokerKind, started
from services.client.inputs import read
from services.client.library import Publisher
from services.client.stack import Stack

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
PATIENCE = 90.0


@dataclass(frozen=True)
class Watched:
    """A pipeline with Prometheus beside it."""

    stack: Stack
    prometheus: str

    def query(self, expression: str) -> list[dict[str, Any]]:
        """The result vector of a PromQL expression."""
        result: list[dict[str, Any]] = self._get("query", query=expression)["result"]
        return result

    def alerts(self) -> set[str]:
        """The names of the alerts that are pending or firing."""
        return {alert["labels"]["alertname"] for alert in self._get("alerts")["alerts"]}

    def _get(self, what: str, **arguments: str) -> Any:
        url = f"{self.prometheus}/api/v1/{what}?{urllib.parse.urlencode(arguments)}"
        with urllib.request.urlopen(url, timeout=5) as answer:
            return json.load(answer)["data"]

    def eventually(self, expression: str) -> list[dict[str, Any]]:
        """The result of an expression, as soon as it has one."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = self.query(expression)
            if found:
                return found
            time.sleep(1)
        raise AssertionError(f"nothing ever came of {expression}")


def _configuration(home: Path, stack: Stack) -> Path:
    """The project's own configuration, its targets replaced by the addresses of this run."""
    config = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text(encoding="utf-8"))
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(DEPLOY / "prometheus/rules/*.yml")]
    for target in config["scrape_configs"][0]["static_configs"]:
        address = stack.addresses().metrics[target["labels"]["room"]]
        target["targets"] = [urllib.parse.urlsplit(address).netloc]
    path = home / "prometheus.yml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """The four workers on an embedded broker, scraped by Debian's Prometheus."""
    command = shutil.which("prometheus")
    if command is None:
        pytest.skip("prometheus is not installed (Debian: prometheus), so nothing can scrape the workers")
    home = tmp_path_factory.mktemp("prometheus")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with started(BrokerKind.EMBEDDED, home) as address:
        stack = Stack(address, home / "logs")
        try:
            stack.start()
            arguments = [f"--config.file={_configuration(home, stack)}", f"--storage.tsdb.path={home / 'data'}"]
            listen = f"--web.listen-address=127.0.0.1:{port}"
            with (home / "prometheus.log").open("wb") as log:
                server = subprocess.Popen([command, *arguments, listen], stdout=log, stderr=log)
            try:
                yield Watched(stack, f"http://127.0.0.1:{port}")
            finally:
                server.terminate()
                server.wait(10)
        finally:
            stack.stop()


async def _publish(address: str) -> None:
    async with Publisher(address) as publisher:
        for line in read([str(demonstration.SAMPLES)]):
            await publisher.publish_bytes(line.value)
        await publisher.publish_bytes(b"{broken")


def _wait_for_prometheus(watched: Watched) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if len(watched.query('up{job="storybraid"} == 1')) == 4:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError("prometheus never saw four workers")


async def test_every_panel_of_the_dashboard_shows_something(watched: Watched) -> None:
    """After articles have flowed, no query of the dashboard comes back empty."""
    _wait_for_prometheus(watched)
    await _publish(watched.stack.brokers)
    watched.eventually("storybraid_stories_open > 0")
    panels = runpy.run_path(str(DEPLOY / "grafana/build.py"))["PANELS"]
    # Rates need growth that Prometheus has seen: a second wave after the first scrape.
    await _publish(watched.stack.brokers)
    for _, _, _, queries in panels:
        for expression, _ in queries:
            assert watched.eventually(expression)


async def test_what_goes_in_is_counted_out_or_rejected(watched: Watched) -> None:
    """Articles read by a stage are either written or put aside with a reason; nothing disappears."""
    _wait_for_prometheus(watched)
    await _publish(watched.stack.brokers)
    watched.eventually('storybraid_dead_letters_total{reason="invalid_json"} > 0')
    rejected = 'sum(storybraid_articles_rejected_total{stage="ingest"})'
    passed = 'sum(storybraid_articles_out_total{stage="ingest"})'
    assert watched.eventually(f'sum(storybraid_articles_in_total{{stage="ingest"}}) == {passed} + {rejected}')


def test_a_dead_worker_raises_its_alert(watched: Watched) -> None:
    """When a worker is killed, Prometheus itself says so, by the project's own rule."""
    _wait_for_prometheus(watched)
    assert "StorybraidWorkerDown" not in watched.alerts()
    watched.stack._workers["extraction"].kill()
    until = time.monotonic() + PATIENCE
    while "StorybraidWorkerDown" not in watched.alerts():
        assert time.monotonic() < until, "the alert never came"
        time.sleep(1)
