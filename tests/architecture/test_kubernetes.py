"""The Kubernetes manifests: built by kustomize, valid under the API schemas, and in agreement with the code."""

import copy
import json
import re
import runpy
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import kubernetes_validate
import pytest
import yaml

from contracts.topics import TOPICS
from services.client.commands.settings import rows
from services.client.stack import ROOMS
from services.shared.runtime.brokers.acls import rules

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "deploy" / "kubernetes"
OVERLAYS = ("small", "production", "reset")
WORKERS = [room.replace("_", "-") for room in ROOMS]
SERVING = [*WORKERS, "gateway"]
SPECS = json.loads((ROOT / "tests/contracts/specs/kubernetes-resources.json").read_text(encoding="utf-8"))
Resource = dict[str, Any]


@cache
def _built(overlay: str) -> tuple[Resource, ...]:
    command = shutil.which("kustomize")
    if command is None:
        pytest.skip("kustomize is not installed (go install sigs.k8s.io/kustomize/kustomize/v5), nothing can be built")
    done = subprocess.run([command, "build", str(HOME / "overlays" / overlay)], check=True, capture_output=True)
    return tuple(yaml.safe_load_all(done.stdout))


def _of_kind(overlay: str, kind: str) -> dict[str, Resource]:
    return {each["metadata"]["name"]: each for each in _built(overlay) if each["kind"] == kind}


def _validate(resource: Resource) -> None:
    """By the schema of its API; the kinds of Strimzi, KEDA and the Prometheus operator by their own definitions."""
    own = SPECS.get(f"{resource['apiVersion']}/{resource['kind']}")
    if own is None:
        kubernetes_validate.validate(resource, kubernetes_validate.latest_version(), strict=True)
    else:
        jsonschema_rs.validator_for(own).validate(resource["spec"])


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_resource_is_valid(overlay: str) -> None:
    """What kustomize builds is what the API takes, without an unknown field."""
    found = _built(overlay)
    assert found
    for resource in found:
        _validate(resource)


@pytest.mark.parametrize("kind", ["Deployment", "NetworkPolicy", "KafkaTopic", "KafkaUser", "Kafka", "ScaledObject",
                                  "PodMonitor", "PrometheusRule", "PodDisruptionBudget"])  # fmt: skip
def test_the_check_sees_a_misspelt_field(kind: str) -> None:
    """A field that no API knows is refused, in every kind: the check of the test before is one."""
    resource = copy.deepcopy(next(iter(_of_kind("production", kind).values())))
    resource["spec"]["replicaz"] = 2
    with pytest.raises((jsonschema_rs.ValidationError, kubernetes_validate.ValidationError)):
        _validate(resource)


def test_the_written_manifests_are_those_of_the_code() -> None:
    """Topics, accounts, scaling and alert rules are written from the code by `python deploy/kubernetes/build.py`."""
    files = runpy.run_path(str(HOME / "build.py"))["files"]()
    assert [path.name for path, text in files.items() if path.read_text(encoding="utf-8") != text] == []


def test_every_topic_and_every_right_is_there() -> None:
    """Read back from what kustomize built, topics and rights are those of the contract and of the access rules."""
    topics = _of_kind("production", "KafkaTopic")
    assert {name: found["spec"]["partitions"] for name, found in topics.items()} == {
        name: topic.partitions for name, topic in TOPICS.items()
    }
    assert set(_rights()) == {(rule.principal, rule.operation, rule.resource, rule.name) for rule in rules()}


def _rights() -> Iterator[tuple[str, str, str, str]]:
    words = {"topic": "TOPIC", "group": "GROUP", "transactionalId": "TRANSACTIONAL_ID"}
    for name, user in _of_kind("production", "KafkaUser").items():
        for acl in user["spec"]["authorization"]["acls"]:
            place = acl["resource"]
            ending = "*" if place["patternType"] == "prefix" else ""
            for operation in acl["operations"]:
                yield name, operation.upper(), words[place["type"]], place["name"] + ending


def _deployments() -> Iterator[Resource]:
    for overlay in OVERLAYS:
        yield from _of_kind(overlay, "Deployment").values()


def test_every_room_is_deployed() -> None:
    """Small and production run the four rooms and the gateway, each with its own command and account."""
    for overlay in ("small", "production"):
        found = _of_kind(overlay, "Deployment")
        for worker in SERVING:
            container = found[worker]["spec"]["template"]["spec"]["containers"][0]
            assert container["command"] == ["python", "-m", f"services.{worker.replace('-', '_')}"]
            assert {"name": "STORYBRAID_SASL_USERNAME", "value": f"storybraid-{worker}"} in container["env"]


def test_every_container_is_bounded_and_without_privileges() -> None:
    """No root, no writable file system, no capability, bounded memory, pinned image, no token of the cluster."""
    for deployment in _deployments():
        pod = deployment["spec"]["template"]["spec"]
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in pod["containers"]:
            guard = container["securityContext"]
            assert guard["readOnlyRootFilesystem"] is True
            assert guard["allowPrivilegeEscalation"] is False
            assert guard["capabilities"] == {"drop": ["ALL"]}
            assert container["resources"]["limits"]["memory"]
            assert re.search(r":\d+\.\d+\.\d+$", container["image"])


def test_every_container_is_asked_how_it_is() -> None:
    """Readiness is /readyz and liveness /healthz; the latter does not end a worker that rebuilds its state."""
    asked = [each for each in _deployments() if each["metadata"]["name"] != "operator"]
    assert len(asked) == 2 * len(SERVING) + 1
    for deployment in asked:
        container = deployment["spec"]["template"]["spec"]["containers"][0]
        assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "metrics"}
        assert container["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": "metrics"}


def test_secrets_are_files() -> None:
    """No password stands in an environment variable or in the manifests; every account that is used exists."""
    for deployment in _deployments():
        pod = deployment["spec"]["template"]["spec"]
        accounts = {each["secret"]["secretName"] for each in pod["volumes"] if "secret" in each}
        assert (
            accounts - {"storybraid-cluster-ca-cert", "storybraid-gateway-keys"}
            <= _of_kind("production", "KafkaUser").keys()
        )
        assert not [v for v in pod["containers"][0]["env"] if "PASSWORD" in v["name"]]
    assert _of_kind("production", "Secret").keys() == {"storybraid-scaler-name"}


def test_settings_are_those_the_workers_know() -> None:
    """Every variable that is set is a setting."""
    known = {variable for variable, _, _ in rows()}
    for path in HOME.rglob("settings.env"):
        names = [line.partition("=")[0] for line in path.read_text(encoding="utf-8").split()]
        assert names
        assert set(names) <= known


def test_scaling_is_bounded_by_partitions() -> None:
    """KEDA never asks for more replicas than partitions, and only for rooms without a fixed number."""
    deployments = _of_kind("production", "Deployment")
    scalers = _of_kind("production", "ScaledObject")
    assert set(scalers) == set(WORKERS) - {"deduplication"}
    for scaler in scalers.values():
        (trigger,) = scaler["spec"]["triggers"]
        assert scaler["spec"]["maxReplicaCount"] <= TOPICS[trigger["metadata"]["topic"]].partitions
        assert "replicas" not in deployments[scaler["spec"]["scaleTargetRef"]["name"]]["spec"]


def test_deduplication_never_runs_in_two_versions() -> None:
    """A new version begins when the old one has ended with its snapshot; a second replica only waits."""
    for overlay in ("small", "production"):
        deduplication = _of_kind(overlay, "Deployment")["deduplication"]
        assert deduplication["spec"]["strategy"] == {"type": "Recreate"}


def test_nodes_can_be_drained_one_by_one() -> None:
    """Every room has a budget that lets one replica go at a time."""
    budgets = _of_kind("production", "PodDisruptionBudget")
    assert budgets.keys() == set(WORKERS)
    assert all(budget["spec"]["maxUnavailable"] == 1 for budget in budgets.values())


def test_nobody_talks_to_anybody_unless_allowed() -> None:
    """Every pod of the project is under a policy that denies both directions."""
    denied = _of_kind("production", "NetworkPolicy")["default-deny"]["spec"]
    assert set(denied["policyTypes"]) == {"Ingress", "Egress"}
    assert not denied.keys() & {"ingress", "egress"}
    for deployment in _deployments():
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        assert denied["podSelector"]["matchLabels"].items() <= labels.items()


def test_prometheus_finds_the_workers_as_the_rules_name_them() -> None:
    """The rules ask for job="storybraid"; the monitor takes the job from a label that every worker has."""
    monitor = _of_kind("production", "PodMonitor")["storybraid"]["spec"]
    (listed,) = monitor["selector"]["matchExpressions"]
    for worker in SERVING:
        template = _of_kind("production", "Deployment")[worker]["spec"]["template"]
        labels = template["metadata"]["labels"]
        assert monitor["selector"]["matchLabels"].items() <= labels.items()
        assert labels[listed["key"]] in listed["values"]
        assert labels[monitor["jobLabel"]] == "storybraid"
        assert set(monitor["podTargetLabels"]) <= labels.keys()
        assert {port["name"] for port in template["spec"]["containers"][0]["ports"]} >= {"metrics"}
