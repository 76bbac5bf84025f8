"""The official Apache Kafka image in a container, where a container engine is there. For tests; compose has its own."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from services.shared.runtime.brokers.java import MissingError, kafka_version
from services.shared.runtime.brokers.local_kafka import free_ports

MAX_MESSAGE_BYTES = 10 * 1024 * 1024
SOCKET = Path("/var/run/docker.sock")


def missing() -> str | None:
    """What hinders a containerised Kafka here, in words; None where nothing does."""
    try:
        import docker  # type: ignore[import-untyped]
        from docker.errors import DockerException  # type: ignore[import-untyped]
    except ImportError:
        return "the Python package testcontainers is not installed"
    if not os.environ.get("DOCKER_HOST") and not SOCKET.exists():
        return f"no container engine: neither DOCKER_HOST nor {SOCKET} is there"
    try:
        with contextlib.closing(docker.from_env()) as engine:
            engine.ping()
    except DockerException as error:
        return f"no container engine answers: {str(error)[:200]}"
    return None


@contextlib.contextmanager
def started() -> Iterator[str]:
    """A broker in a container as long as the block runs; yields its address on loopback."""
    if reason := missing():
        raise MissingError(reason)
    from testcontainers.core.container import DockerContainer
    from testcontainers.core.waiting_utils import wait_for_logs

    port = free_ports(1)[0]
    container = DockerContainer(f"apache/kafka:{kafka_version()}").with_bind_ports(port, port)
    for name, value in _settings(port).items():
        container = container.with_env(name, value)
    with container:
        wait_for_logs(container, "Kafka Server started", timeout=90)
        yield f"127.0.0.1:{port}"


def _settings(port: int) -> dict[str, str]:
    return {
        "KAFKA_NODE_ID": "1",
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_LISTENERS": f"PLAINTEXT://:{port},CONTROLLER://:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://127.0.0.1:{port}",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
        "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
        "KAFKA_MESSAGE_MAX_BYTES": str(MAX_MESSAGE_BYTES),
        "KAFKA_REPLICA_FETCH_MAX_BYTES": str(MAX_MESSAGE_BYTES),
    }
