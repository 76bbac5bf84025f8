"""Writes the manifests that the code knows better: topics, accounts with their rights, scaling, alert rules.

python deploy/kubernetes/build.py
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from contracts.topics import ACCEPTED, IDENTIFIED, RAW, TOPICS, Topic
from services.shared.runtime.brokers.acls import Rule, rules

HERE = Path(__file__).resolve().parent
RULES = HERE.parent / "prometheus" / "rules"
CLUSTER = "storybraid"
API = "kafka.strimzi.io/v1"
REPLICAS = 3
HEAD = "# Written by deploy/kubernetes/build.py from the code; change that, not this.\n"
SCALED: Mapping[str, Topic] = {"ingest": RAW, "language-detection": ACCEPTED, "extraction": IDENTIFIED}
# About a second's work of one replica (deploy/SIZING.md): more waiting than that asks for another one.
LAG = {"ingest": 900, "language-detection": 600, "extraction": 230}
_RESOURCES = {"TOPIC": "topic", "GROUP": "group", "TRANSACTIONAL_ID": "transactionalId"}


def topic(found: Topic) -> dict[str, Any]:
    """A KafkaTopic."""
    spec = {"partitions": found.partitions, "replicas": REPLICAS, "config": found.config()}
    return _resource(API, "KafkaTopic", found.name, spec)


def user(name: str, allowed: Iterable[Rule]) -> dict[str, Any]:
    """A KafkaUser with a password that Strimzi makes and keeps in a secret of the same name."""
    places = groupby(sorted(allowed, key=_place), key=_place)
    acls = [{"resource": _named(*place), "operations": [_word(rule) for rule in found]} for place, found in places]
    spec = {"authentication": {"type": "scram-sha-512"}, "authorization": {"type": "simple", "acls": acls}}
    return _resource(API, "KafkaUser", name, spec)


def _place(rule: Rule) -> tuple[str, str]:
    return rule.resource, rule.name


def _named(resource: str, name: str) -> dict[str, str]:
    pattern = "prefix" if name.endswith("*") else "literal"
    return {"type": _RESOURCES[resource], "name": name.removesuffix("*"), "patternType": pattern}


def _word(rule: Rule) -> str:
    return rule.operation.capitalize()


def users() -> list[dict[str, Any]]:
    """Every account of the access rules."""
    return [user(name, found) for name, found in groupby(rules(), key=lambda rule: rule.principal)]


def scaler(room: str, reads: Topic) -> dict[str, Any]:
    """A KEDA ScaledObject: as many replicas as the lag asks for, never more than partitions."""
    trigger = {
        "type": "kafka",
        "metadata": {
            "bootstrapServers": f"{CLUSTER}-kafka-bootstrap:9093",
            "consumerGroup": f"storybraid-{room}",
            "topic": reads.name,
            "lagThreshold": str(LAG[room]),
            "offsetResetPolicy": "earliest",
            "sasl": "scram_sha512",
            "tls": "enable",
        },
        "authenticationRef": {"name": "storybraid-scaler"},
    }
    spec = {
        "scaleTargetRef": {"name": room},
        "minReplicaCount": 2,
        "maxReplicaCount": reads.partitions,
        "pollingInterval": 15,
        # Every change of the number of members makes the group share out its partitions anew: go down slowly.
        "cooldownPeriod": 300,
        "advanced": {"horizontalPodAutoscalerConfig": {"behavior": {"scaleDown": {"stabilizationWindowSeconds": 300}}}},
        "triggers": [trigger],
    }
    return _resource("keda.sh/v1alpha1", "ScaledObject", room, spec, cluster=False)


def alerts() -> dict[str, Any]:
    """Recording and alert rules as the Prometheus operator takes them."""
    found = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(RULES.glob("*.yml"))]
    spec = {"groups": [group for rules_file in found for group in rules_file["groups"]]}
    return _resource("monitoring.coreos.com/v1", "PrometheusRule", "storybraid", spec, cluster=False)


def _resource(api: str, kind: str, name: str, spec: dict[str, Any], *, cluster: bool = True) -> dict[str, Any]:
    metadata: dict[str, Any] = {"name": name}
    if cluster:
        metadata["labels"] = {"strimzi.io/cluster": CLUSTER}
    return {"apiVersion": api, "kind": kind, "metadata": metadata, "spec": spec}


def files() -> dict[Path, str]:
    """Every written file and what stands in it."""
    parts = {
        "base/topics.yaml": [topic(found) for found in TOPICS.values()],
        "base/users.yaml": users(),
        "components/autoscaling/scalers.yaml": [scaler(room, reads) for room, reads in SCALED.items()],
        "components/monitoring/rules.yaml": [alerts()],
    }
    return {HERE / name: HEAD + _text(resources) for name, resources in parts.items()}


def _text(resources: list[dict[str, Any]]) -> str:
    return yaml.safe_dump_all(resources, sort_keys=False, width=140, allow_unicode=True)


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
