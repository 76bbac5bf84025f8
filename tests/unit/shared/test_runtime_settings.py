"""What an operator may turn, and that secrets stay secret."""

import ssl
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.ingest.settings import Settings as IngestSettings
from services.shared.runtime.security import for_aiokafka, for_confluent, for_faust
from services.shared.runtime.settings import RuntimeSettings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of the machine."""
    import os

    for name in list(os.environ):
        if name.startswith("STORYBRAID_"):
            monkeypatch.delenv(name)


def test_defaults_reach_no_further_than_loopback() -> None:
    """Out of the box a worker talks to and listens on this machine only."""
    settings = RuntimeSettings()
    assert settings.brokers == "127.0.0.1:9092"
    assert settings.metrics_host == "127.0.0.1"


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """STORYBRAID_<FIELD> sets a field; a room may have its own default."""
    monkeypatch.setenv("STORYBRAID_BROKERS", "one:1,two:2")
    monkeypatch.setenv("STORYBRAID_GROUP", "mine")
    assert RuntimeSettings().brokers == "one:1,two:2"
    assert RuntimeSettings().group_of("ingest") == "mine"
    assert IngestSettings().dead_letters_in_a_row > RuntimeSettings().dead_letters_in_a_row


def test_the_group_names_the_room() -> None:
    """Without a group of its own, a room's group is its name."""
    assert RuntimeSettings().group_of("language_detection") == "storybraid-language-detection"


def test_passwords_come_from_files_and_are_never_shown(tmp_path: Path) -> None:
    """A mounted password reaches every client and no representation."""
    secret = tmp_path / "password"
    secret.write_text("open-sesame\n")
    settings = RuntimeSettings(
        security_protocol="SASL_PLAINTEXT", sasl_username="ingest", sasl_password_file=secret
    )  # fmt: skip
    assert for_aiokafka(settings)["sasl_plain_password"] == "open-sesame"
    assert for_confluent(settings)["sasl.password"] == "open-sesame"
    assert for_faust(settings).password == "open-sesame"
    assert "open-sesame" not in repr(settings) + str(settings.model_dump())


def test_sasl_without_a_password_is_refused_without_telling_secrets() -> None:
    """A half-configured worker does not start, and the error says what to set."""
    with pytest.raises(ValidationError, match="STORYBRAID_SASL_PASSWORD"):
        RuntimeSettings(security_protocol="SASL_SSL", sasl_username="ingest")


def test_tls_checks_host_names() -> None:
    """With TLS on, every client verifies who answers."""
    context = for_aiokafka(RuntimeSettings(security_protocol="SSL"))["ssl_context"]
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert for_confluent(RuntimeSettings(security_protocol="SSL"))["security.protocol"] == "ssl"


def test_nothing_is_asked_of_a_plain_broker() -> None:
    """Without security the clients get no credentials."""
    assert for_faust(RuntimeSettings()) is None
    assert for_aiokafka(RuntimeSettings()) == {"security_protocol": "PLAINTEXT"}
