"""SASL (SCRAM) and TLS on a real Apache Kafka: who proves who they are gets in, and nobody else."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.topics import ACCEPTED, RAW
from services.shared.runtime.brokers import java, local_kafka, topics
from services.shared.runtime.security import for_confluent
from services.shared.runtime.settings import SecuritySettings
from tests.helpers.builders import raw
from tests.helpers.workers import TINY, Worker

pytestmark = pytest.mark.kafka
ACCOUNT = ("storybraid", "a-password-for-this-test")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1, key and certificate in one PEM file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here to make a certificate with")
    home = tmp_path_factory.mktemp("tls")
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    files = ["-keyout", str(home / "key.pem"), "-out", str(home / "ca.pem")]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    (home / "both.pem").write_text((home / "key.pem").read_text() + (home / "ca.pem").read_text())
    return home


@pytest.fixture(scope="module")
def guarded(certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A broker that asks every client for a password over TLS; its topics exist."""
    if reason := java.missing():
        pytest.skip(f"no real Apache Kafka here: {reason}")
    home = tmp_path_factory.mktemp("guarded") / "kafka"
    with local_kafka.at(home, scram=ACCOUNT, tls=certificate / "both.pem") as cluster:
        topics.create(cluster.address, _security(certificate))
        yield cluster.address


def _security(certificate: Path, password: str = ACCOUNT[1]) -> SecuritySettings:
    return SecuritySettings(
        security_protocol="SASL_SSL", sasl_username=ACCOUNT[0], sasl_password=password,
        ssl_ca_file=certificate / "ca.pem",
    )  # fmt: skip


def _worker(room: str, brokers: str, home: Path, certificate: Path, password: str) -> Worker:
    secret = home / "password"
    secret.write_text(password)
    return Worker(
        room, brokers, home, TINY, security_protocol="SASL_SSL", sasl_username=ACCOUNT[0],
        sasl_password_file=str(secret), ssl_ca_file=str(certificate / "ca.pem"),
    )  # fmt: skip


@pytest.mark.parametrize("room", ["ingest", "deduplication"])
def test_the_right_password_gets_in(guarded: str, certificate: Path, tmp_path: Path, room: str) -> None:
    """Both kinds of workers come to be ready over TLS with a password from a file, and never log it."""
    worker = _worker(room, guarded, tmp_path, certificate, ACCOUNT[1]).start()
    try:
        worker.wait_until(ready=True)
        assert ACCOUNT[1] not in worker.log.read_text()
    finally:
        worker.stop()


def test_an_article_passes_over_tls(guarded: str, certificate: Path, tmp_path: Path) -> None:
    """An article published by a client with the password reaches the next topic."""
    from confluent_kafka import Consumer, Producer

    client = {"bootstrap.servers": guarded, "log_level": 2, **for_confluent(_security(certificate))}
    worker = _worker("ingest", guarded, tmp_path, certificate, ACCOUNT[1]).start()
    consumer = Consumer({**client, "group.id": "reader", "auto.offset.reset": "earliest"})
    try:
        sent = raw("guarded-1", "1 text")
        producer = Producer(client)
        producer.produce(RAW.name, sent.value, sent.key)
        assert producer.flush(20) == 0
        consumer.subscribe([ACCEPTED.name])
        message = next(m for m in (consumer.poll(1) for _ in range(40)) if m is not None and not m.error())
        assert message.key() == b"guarded-1"
    finally:
        consumer.close()
        worker.stop()


@pytest.mark.parametrize("room", ["ingest", "deduplication"])
def test_the_wrong_password_stays_outside(guarded: str, certificate: Path, tmp_path: Path, room: str) -> None:
    """A worker with a wrong password is never ready, says why, and does not tell the password."""
    worker = _worker(room, guarded, tmp_path, certificate, "not-the-password").start()
    try:
        until = time.monotonic() + 40
        while "uthentication" not in worker.tail() and time.monotonic() < until:
            assert worker.ask("/readyz")[0] != 200
            time.sleep(0.2)
        assert "uthentication" in worker.tail()
        assert "not-the-password" not in worker.log.read_text()
    finally:
        worker.stop()
