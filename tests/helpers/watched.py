"""A running pipeline with Debian's Prometheus and a trace collector beside it, for tests and for the docs' pictures."""

import json
import shutil
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.client.brokers import BrokerKind, started
from services.client.stack import Stack
from tests.helpers.collector import Collector, collector
from tests.helpers.workers import free_port

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
PATIENCE = 90.0


@dataclass(frozen=True)
class Watched:
    """A pipeline, who watches it, and what is asked of them."""

    stack: Stack
    prometheus: str
    collector: Collector

    def query(self, expression: str) -> list[dict[str, Any]]:
        """The result vector of a PromQL expression."""
        result: list[dict[str, Any]] = self.get("query", query=expression)["result"]
        return result

    def firing(self) -> set[str]:
        """The names of the alerts that fire."""
        alerts = self.get("alerts")["alerts"]
        return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}

    def get(self, what: str, **arguments: str) -> Any:
        """What Prometheus' own interface says."""
        url = f"{self.prometheus}/api/v1/{what}?{urllib.parse.urlencode(arguments)}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]

    def eventually(self, expression: str) -> list[dict[str, Any]]:
        """The result of an expression, as soon as it has one."""
        found: list[dict[str, Any]] = until(lambda: self.query(expression), f"nothing ever came of {expression}")
        return found


def until(look: Callable[[], Any], otherwise: str | Callable[[], str], seconds: float = PATIENCE) -> Any:
    """What `look` finds, as soon as it finds something; nobody answering yet is nothing found."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := look():
                return found
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError(otherwise if isinstance(otherwise, str) else otherwise())


@contextmanager
def watched(home: Path, kind: BrokerKind, *, hurried: bool = True) -> Iterator[Watched]:
    """Broker, workers, collector and Prometheus; hurried, it looks every second and its alerts wait for little."""
    command = shutil.which("prometheus")
    if command is None:
        pytest.skip("prometheus is not installed (Debian: prometheus), so nothing can scrape the workers")
    with ExitStack() as cleanup:
        traces = cleanup.enter_context(collector())
        tracing = {"OTEL_EXPORTER_OTLP_ENDPOINT": traces.address, "OTEL_BSP_SCHEDULE_DELAY": "500"}
        address = cleanup.enter_context(started(kind, home / "kafka"))
        stack = Stack(address, home / "logs", {"STORYBRAID_STATE_DIR": str(home / "state"), **tracing})
        cleanup.callback(stack.stop)
        stack.start()
        port = free_port()
        options = [f"--config.file={_configuration(home, stack, hurried)}", f"--storage.tsdb.path={home / 'data'}"]
        log = cleanup.enter_context((home / "prometheus.log").open("wb"))
        listen = f"--web.listen-address=127.0.0.1:{port}"
        server = subprocess.Popen([command, *options, listen], stdout=log, stderr=log)
        cleanup.callback(server.wait, 10)
        cleanup.callback(server.terminate)
        pipeline = Watched(stack, f"http://127.0.0.1:{port}", traces)
        rooms = len(stack.addresses().metrics)
        until(lambda: len(pipeline.query('up{job="storybraid"} == 1')) == rooms, "prometheus never saw every worker")
        yield pipeline


def _configuration(home: Path, stack: Stack, hurried: bool) -> Path:
    """The project's own configuration, its targets replaced by the addresses of this run."""
    config = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text(encoding="utf-8"))
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(_rules(home, path, hurried)) for path in (DEPLOY / "prometheus/rules").glob("*.yml")]
    running, job = stack.addresses().metrics, config["scrape_configs"][0]
    job["static_configs"] = [each for each in job["static_configs"] if each["labels"]["room"] in running]
    for target in job["static_configs"]:
        target["targets"] = [urllib.parse.urlsplit(running[target["labels"]["room"]]).netloc]
    path = home / "prometheus.yml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    return path


def _rules(home: Path, path: Path, hurried: bool) -> Path:
    """The project's own rules; hurried, what must last minutes to alert need last two seconds."""
    rules = yaml.safe_load(path.read_text(encoding="utf-8"))
    for group in rules["groups"]:
        for rule in group["rules"]:
            if hurried and "for" in rule:
                rule["for"] = "2s"
    copy = home / path.name
    copy.write_text(yaml.safe_dump(rules), encoding="utf-8")
    return copy
