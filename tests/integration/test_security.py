"""SASL (SCRAM) and TLS on a real Apache Kafka: who proves who they are gets in, and may do their own work only."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka.errors import GroupCoordinatorNotAvailableError
from confluent_kafka import admin

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.topics import ACCEPTED, EXTRACTED, RAW, STORIES
from services.client import inputs
from services.client.commands import reset
from services.shared.runtime import handover
from services.shared.runtime.brokers import acls, java, local_kafka, topics
from services.shared.runtime.security import for_confluent
from services.shared.runtime.settings import RuntimeSettings
from services.shared.runtime.stage import encoded
from tests.helpers.builders import raw
from tests.helpers.rooms import extracted
from tests.helpers.strict_deduplication import fresh
from tests.helpers.workers import REAL, TINY, Worker

pytestmark = pytest.mark.kafka
BESIDE = ("-m", "tests.helpers.strict_deduplication", "beside")
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
        settings = _security(certificate, cluster.address)
        topics.create(cluster.address, settings)
        acls.apply(settings)
        _give_accounts(settings)
        yield cluster.address


def _give_accounts(settings: RuntimeSettings) -> None:
    client: Any = admin.AdminClient({"bootstrap.servers": settings.brokers, **for_confluent(settings)})
    kafka: Any = admin
    scram = kafka.ScramCredentialInfo(kafka.ScramMechanism.SCRAM_SHA_512, 4096)
    names = {rule.principal for rule in acls.rules()}
    accounts = [kafka.UserScramCredentialUpsertion(name, scram, ACCOUNT[1].encode()) for name in sorted(names)]
    for answer in client.alter_user_scram_credentials(accounts).values():
        answer.result(20)


def _security(certificate: Path, brokers: str, name: str = ACCOUNT[0]) -> RuntimeSettings:
    return RuntimeSettings(
        brokers=brokers, security_protocol="SASL_SSL", sasl_username=name, sasl_password=ACCOUNT[1],
        ssl_ca_file=certificate / "ca.pem",
    )  # fmt: skip


def _client(certificate: Path, brokers: str, name: str) -> dict[str, Any]:
    settings = _security(certificate, brokers, name)
    return {"bootstrap.servers": brokers, "log_level": 2, **for_confluent(settings)}


def _worker(
    room: str,
    brokers: str,
    home: Path,
    certificate: Path,
    password: str = ACCOUNT[1],
    name: str | None = None,
    program: tuple[str, ...] = TINY,
) -> Worker:
    secret = home / "password"
    secret.write_text(password)
    return Worker(
        room, brokers, home, program, security_protocol="SASL_SSL", sasl_username=name or f"storybraid-{room}",
        sasl_password_file=str(secret), ssl_ca_file=str(certificate / "ca.pem"), log_level="debug",
    )  # fmt: skip


@pytest.mark.parametrize("room", ["ingest", "deduplication"])
def test_the_right_password_gets_in(guarded: str, certificate: Path, tmp_path: Path, room: str) -> None:
    """Both kinds of workers come to be ready over TLS with a password from a file, and never log it, chatty or not."""
    worker = _worker(room, guarded, tmp_path, certificate).start()
    try:
        worker.wait_until(ready=True)
        assert ACCOUNT[1] not in worker.log.read_text()
    finally:
        worker.stop()


def test_an_article_passes_over_tls(guarded: str, certificate: Path, tmp_path: Path) -> None:
    """An article published by a client with the password reaches the next topic."""
    from confluent_kafka import Consumer, Producer

    worker = _worker("ingest", guarded, tmp_path, certificate).start()
    reader = _client(certificate, guarded, ACCOUNT[0])
    consumer = Consumer({**reader, "group.id": "reader", "auto.offset.reset": "earliest"})
    try:
        sent = raw("guarded-1", "1 text")
        producer = Producer(_client(certificate, guarded, "storybraid-publisher"))
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


def test_a_room_may_only_do_its_own_work(guarded: str, certificate: Path, tmp_path: Path) -> None:
    """Ingest under the publisher's account is refused its input; a subscriber may not publish."""
    from confluent_kafka import Producer

    worker = _worker("ingest", guarded, tmp_path, certificate, name="storybraid-publisher").start()
    errors: list[Any] = []
    try:
        producer = Producer(_client(certificate, guarded, "storybraid-subscriber"))
        producer.produce(RAW.name, b"{}", on_delivery=lambda error, _: errors.append(error))
        producer.flush(20)
        assert "uthorization" in str(errors[0]) or "AUTHORIZATION" in str(errors[0])
        until = time.monotonic() + 40
        while "not for this account" not in worker.tail() and time.monotonic() < until:
            assert worker.ask("/readyz")[0] != 200
            time.sleep(0.2)
        assert "not for this account: articles.accepted.v1" in worker.tail()
    finally:
        worker.stop()


def test_a_reset_with_its_own_account(guarded: str, certificate: Path, tmp_path: Path) -> None:
    """The reset's account may read beside and switch; the operator's sees the lag; neither may do the other's work."""
    operator, account = (_security(certificate, guarded, f"storybraid-{name}") for name in ("operator", "reset"))
    successor, given = reset.prepared(guarded, fresh, account)
    alike = extracted(inputs.Line(raw(name).value or b"", name) for name in ("first", "second"))
    _produce(_client(certificate, guarded, ACCOUNT[0]), alike)
    running = _worker("deduplication", guarded, tmp_path, certificate, program=REAL).start()
    beside = _worker("deduplication", guarded, tmp_path, certificate, name="storybraid-reset", program=BESIDE).start()
    try:
        _until(lambda: asyncio.run(handover.places(successor, given))[0].committed >= 2)
        _until(lambda: list(asyncio.run(handover.places(successor, given))[0].beside.values()) == [2])
        assert "articles.extracted.v1" in _lag(operator, tmp_path)
        running.stop()
        assert asyncio.run(handover.switch(successor, given)).outgoing
        assert "uthorization" in _refused(_client(certificate, guarded, "storybraid-reset"), RAW.name)
        assert "uthorization" in _refused(_client(certificate, guarded, "storybraid-operator"), STORIES.name)
    finally:
        running.stop()
        beside.stop()


def _lag(operator: RuntimeSettings, home: Path) -> str:
    """What `storybraid lag` prints under the operator's account, its password in a file."""
    secret = home / "operators-password"
    secret.write_text(ACCOUNT[1])
    told = {
        "BROKERS": operator.brokers, "SECURITY_PROTOCOL": "SASL_SSL", "SASL_USERNAME": str(operator.sasl_username),
        "SASL_PASSWORD_FILE": str(secret), "SSL_CA_FILE": str(operator.ssl_ca_file),
    }  # fmt: skip
    environment = os.environ | {f"STORYBRAID_{name}": value for name, value in told.items()}
    command = [sys.executable, "-m", "services.client.main", "lag"]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def _produce(client: dict[str, Any], articles: list[ExtractedArticleV1]) -> None:
    from confluent_kafka import Producer

    producer = Producer(client)
    for each in articles:
        sent = encoded(EXTRACTED, each, "extraction", each.received_at)
        producer.produce(EXTRACTED.name, sent.value, sent.key)
    assert producer.flush(20) == 0


def _refused(client: dict[str, Any], topic: str) -> str:
    """What the broker says to somebody who publishes to a topic."""
    from confluent_kafka import Producer

    errors: list[Any] = []
    producer = Producer(client)
    producer.produce(topic, b"{}", on_delivery=lambda error, _: errors.append(error))
    producer.flush(20)
    return str(errors[0])


def _until(true: Callable[[], bool]) -> None:
    """Ask again and again; a broker that has just begun knows no coordinator of groups yet."""
    until = time.monotonic() + 40
    while time.monotonic() < until:
        with contextlib.suppress(GroupCoordinatorNotAvailableError):
            if true():
                return
        time.sleep(0.3)
    raise AssertionError("not within 40 s")
