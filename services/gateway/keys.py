"""API keys: shown once, kept as hashes, one JSON line each. A key has 256 random bits, so a plain hash guards it."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

PREFIX = "sb_"


@dataclass(frozen=True, slots=True)
class Key:
    """One key as it is kept."""

    id: str
    sha256: str
    label: str
    created_at: str


def create(path: Path, label: str, created_at: str) -> tuple[Key, str]:
    """A new key; the second value is the secret that is nowhere kept."""
    secret = PREFIX + secrets.token_urlsafe(32)
    key = Key("k" + secrets.token_hex(4), _hash(secret), label, created_at)
    _write(path, [*read(path), key])
    return key, secret


def revoke(path: Path, key_id: str) -> bool:
    """Take a key away; False where there is none."""
    keys = read(path)
    kept = [key for key in keys if key.id != key_id]
    _write(path, kept)
    return len(kept) < len(keys)


def read(path: Path) -> list[Key]:
    """The keys of a file; none where it is missing. Raises ValueError where it is something else."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    try:
        return [Key(**json.loads(line)) for line in lines if line.strip()]
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path.name} is no file of API keys") from error


def _write(path: Path, keys: Sequence[Key]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.touch(mode=0o600)
    beside.write_text("".join(json.dumps(asdict(key)) + "\n" for key in keys), encoding="utf-8")
    os.replace(beside, path)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Keyring:
    """The keys of a file, read anew when it changes, so that a revoked key stops at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._keys: list[Key] = []

    def owner(self, secret: str) -> Key | None:
        """Whose secret this is. A file that cannot be read has no keys: nobody gets in."""
        self._refresh()
        hashed = _hash(secret)
        found = [key for key in self._keys if hmac.compare_digest(key.sha256, hashed)]
        return found[0] if found else None

    def _refresh(self) -> None:
        try:
            state = self._path.stat()
            stamp = (state.st_mtime_ns, state.st_ino)
            if stamp != self._stamp:
                self._keys, self._stamp = read(self._path), stamp
        except (OSError, ValueError):
            self._keys, self._stamp = [], None
