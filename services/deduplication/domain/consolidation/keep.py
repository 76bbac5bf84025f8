"""Accounts in few bytes: most of a window's memory is what its articles said."""

import json
import zlib
from collections import OrderedDict
from dataclasses import replace

from services.deduplication.domain.consolidation.account import Account, Statement
from services.deduplication.domain.plain import from_plain, to_plain

_CACHED, _OUTLINED = 400, 4_000


def pack(account: Account) -> bytes:
    """The account as compressed bytes; `unpack` gives back an equal one."""
    return zlib.compress(json.dumps(to_plain(account), ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes) -> Account:
    """The account behind the bytes."""
    account = from_plain(Account, json.loads(zlib.decompress(packed)))
    assert isinstance(account, Account)
    return account


def with_withdrawn(account: Account, older: tuple[Account, ...]) -> Account:
    """The account with what its earlier versions said and it no longer says."""
    said = {_sense(statement) for statement in account.statements}
    gone = [s for version in older for s in version.statements if _sense(s) not in said]
    return replace(account, withdrawn=tuple(gone)) if gone else account


def _sense(statement: Statement) -> tuple[str, ...]:
    return (statement.kind, statement.about, statement.actor or "", statement.value, statement.modality or "")


class AccountCache:
    """The accounts read last, unpacked; of very large stories also mere outlines."""

    def __init__(self) -> None:
        self._read: OrderedDict[tuple[bytes, ...], Account] = OrderedDict()
        self._outlined: OrderedDict[tuple[bytes, ...], Account] = OrderedDict()

    def hold(self, packed: bytes, account: Account) -> None:
        """Keep an account that was packed just now: its story is composed next."""
        _hold(self._read, (packed,), account, _CACHED)

    def read(self, versions: tuple[bytes, ...]) -> Account:
        """The account of an article, given all its packed versions, oldest first."""
        account = self._read.pop(versions, None) or _unpacked(versions)
        _hold(self._read, versions, account, _CACHED)
        return account

    def outline(self, versions: tuple[bytes, ...]) -> Account:
        """The account without what it says and names: enough to list and count the article."""
        account = self._outlined.pop(versions, None)
        if account is None:
            account = replace(unpack(versions[-1]), statements=(), named=(), days=())
        _hold(self._outlined, versions, account, _OUTLINED)
        return account


def _unpacked(versions: tuple[bytes, ...]) -> Account:
    *older, newest = (unpack(packed) for packed in versions)
    return with_withdrawn(newest, tuple(older))


def _hold(
    held: OrderedDict[tuple[bytes, ...], Account], versions: tuple[bytes, ...], account: Account, most: int
) -> None:
    held[versions] = account
    if len(held) > most:
        held.popitem(last=False)
