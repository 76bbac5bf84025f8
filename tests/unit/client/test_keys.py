"""`storybraid keys`, as a person uses it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.client.main import app
from services.gateway.keys import Keyring

RUN = CliRunner()


def test_a_key_is_made_listed_and_revoked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`create` prints a secret that opens, `list` shows whose keys there are and no secret, `revoke` closes."""
    monkeypatch.setenv("STORYBRAID_GATEWAY_API_KEYS_FILE", str(tmp_path / "keys.jsonl"))
    secret = RUN.invoke(app, ["keys", "create", "newsroom"]).stdout.split()[0]
    key = Keyring(tmp_path / "keys.jsonl").owner(secret)
    assert key is not None
    shown = RUN.invoke(app, ["keys", "list"]).stdout
    assert key.id in shown
    assert "newsroom" in shown
    assert secret not in shown + (tmp_path / "keys.jsonl").read_text()
    assert RUN.invoke(app, ["keys", "revoke", key.id]).exit_code == 0
    assert Keyring(tmp_path / "keys.jsonl").owner(secret) is None
    assert isinstance(RUN.invoke(app, ["keys", "revoke", key.id]).exception, LookupError)
