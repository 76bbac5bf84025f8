"""A frozen state on a compacted topic: compressed, in chunks that fit a message, each naming its offset."""

import hashlib
import zlib
from dataclasses import dataclass, field

from contracts.topics import SNAPSHOTS
from services.shared.runtime.stage import Outgoing, Record

CHUNK_BYTES = 4 * 1024 * 1024
# A snapshot of a hundred times the size it should have is refused rather than unpacked.
MOST_BYTES = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Frozen:
    """A state as bytes, and the first input offset it does not know."""

    offset: int
    value: bytes


def cut(stage: str, partition: int, frozen: Frozen) -> list[Outgoing]:
    """The records of a snapshot; written in one transaction with the offset they speak of."""
    packed = zlib.compress(frozen.value, 1)
    pieces = [packed[at : at + CHUNK_BYTES] for at in range(0, len(packed), CHUNK_BYTES)]
    digest = hashlib.sha256(packed).hexdigest()
    common = {"snapshot_offset": str(frozen.offset), "snapshot_chunks": str(len(pieces)), "snapshot_sha256": digest}
    headers = [(name, value.encode()) for name, value in common.items()]
    return [
        Outgoing(SNAPSHOTS.name, f"{stage}/{partition}/{number}".encode(), piece, headers)
        for number, piece in enumerate(pieces)
    ]


@dataclass
class Gatherer:
    """Finds the newest whole snapshot of a partition that does not look beyond the committed offset."""

    stage: str
    partition: int
    committed: int
    _chunks: dict[tuple[int, str], dict[int, bytes]] = field(default_factory=dict)
    _sizes: dict[tuple[int, str], int] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        """Consider one record of the snapshot topic."""
        stage, _, rest = (record.key or b"").decode(errors="replace").partition("/")
        partition, _, number = rest.partition("/")
        if stage != self.stage or partition != str(self.partition) or not number.isdigit():
            return
        if record.value is None:
            for chunks in self._chunks.values():
                chunks.pop(int(number), None)
            return
        told = {name: value.decode(errors="replace") for name, value in record.headers}
        mark = (int(told["snapshot_offset"]), told["snapshot_sha256"])
        # What is written later counts: of two snapshots of one offset the later one.
        self._chunks[mark] = self._chunks.pop(mark, {}) | {int(number): record.value}
        self._sizes[mark] = int(told["snapshot_chunks"])

    def newest(self) -> Frozen | None:
        """The newest snapshot that is whole and unharmed."""
        latest_first = list(self._chunks)[::-1]
        for mark in sorted(latest_first, key=lambda mark: mark[0], reverse=True):
            chunks = self._chunks[mark]
            if mark[0] > self.committed or len(chunks) < self._sizes[mark]:
                continue
            packed = b"".join(chunks[number] for number in range(self._sizes[mark]))
            if hashlib.sha256(packed).hexdigest() == mark[1]:
                return Frozen(mark[0], zlib.decompressobj().decompress(packed, MOST_BYTES))
        return None
