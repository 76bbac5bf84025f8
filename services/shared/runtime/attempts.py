"""Remembers, across kills, which record a worker was handling, so that poison is recognised and parked.

One small file a partition, written before a record is handled and wiped after. It needs no sync: it must outlive the
process, not the machine.
"""

import os
import re
from pathlib import Path

from services.shared.runtime.logs import logger
from services.shared.runtime.stage import Record

WIDTH = 64


class AttemptJournal:
    """How often each partition's present record was begun and never ended."""

    def __init__(self, directory: Path, group: str) -> None:
        self._directory = directory
        self._group = group
        self._files: dict[tuple[str, int], int] = {}
        self._left: dict[tuple[str, int], tuple[str, int]] = {}
        self._usable = self._prepare()

    def _prepare(self) -> bool:
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            logger().warning("no attempt journal: poison will not be recognised", error=str(error))
            return False
        return True

    def begin(self, record: Record) -> int:
        """Note that this record is being handled; returns which attempt this is, counted from 1."""
        if not self._usable:
            return 1
        try:
            return self._begun(record)
        except OSError as error:
            return self._gave_up(error)

    def _begun(self, record: Record) -> int:
        place = (record.topic, record.partition)
        handle = self._file(place)
        identity = f"{record.offset}@{int(record.timestamp.timestamp() * 1000)}"
        seen, before = self._left.pop(place, ("", 0))
        attempt = before + 1 if seen == identity else 1
        os.pwrite(handle, f"{identity} {attempt}".ljust(WIDTH).encode(), 0)
        return attempt

    def end(self, record: Record) -> None:
        """The record was decided."""
        handle = self._files.get((record.topic, record.partition))
        if not self._usable or handle is None:
            return
        try:
            os.pwrite(handle, b" " * WIDTH, 0)
        except OSError as error:
            self._gave_up(error)

    def _gave_up(self, error: OSError) -> int:
        """A full disk must not stop a stream that does not need it: from now on every attempt is the first."""
        logger().warning("the attempt journal cannot be written: poison will not be recognised", error=str(error))
        self._usable = False
        return 1

    def forget(self) -> None:
        """Partitions went away: their new owner may write these files, so they are read again when they return."""
        for handle in self._files.values():
            os.close(handle)
        self._files.clear()
        self._left.clear()

    def _file(self, place: tuple[str, int]) -> int:
        if place not in self._files:
            name = re.sub(r"[^A-Za-z0-9._-]", "_", f"{self._group}-{place[0]}-{place[1]}.attempt")
            handle = os.open(self._directory / name, os.O_RDWR | os.O_CREAT, 0o600)
            self._files[place] = handle
            told = os.pread(handle, WIDTH, 0).decode(errors="replace").split()
            if len(told) == 2 and told[1].isdigit():
                self._left[place] = (told[0], int(told[1]))
        return self._files[place]
