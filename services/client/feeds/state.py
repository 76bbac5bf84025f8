"""What was seen of each feed, in a file, so that a restart publishes nothing twice and asks no more than it must."""

import json
import os
from pathlib import Path

from pydantic import BaseModel, Field

MOST_SEEN = 2000


class FeedState(BaseModel):
    """What is known of one feed."""

    etag: str | None = None
    last_modified: str | None = None
    seen: dict[str, str] = Field(
        default_factory=dict, description="Entry -> hash of what it said; the oldest go first."
    )
    next_at: float = 0.0
    failures: int = 0
    gone: bool = False

    def remember(self, key: str, digest: str) -> None:
        """This entry was published as it is now."""
        self.seen.pop(key, None)
        self.seen[key] = digest
        while len(self.seen) > MOST_SEEN:
            del self.seen[next(iter(self.seen))]


class Memory(BaseModel):
    """The file."""

    feeds: dict[str, FeedState] = Field(default_factory=dict)

    def of(self, url: str) -> FeedState:
        """What is known of a feed; nothing at first."""
        return self.feeds.setdefault(url, FeedState())

    def write(self, path: Path) -> None:
        """Into the file, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".new")
        beside.write_text(self.model_dump_json(exclude_defaults=True), encoding="utf-8")
        os.replace(beside, path)


def read(path: Path) -> Memory:
    """What the file says; raises LookupError where it is something else."""
    try:
        return Memory.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Memory()
    except ValueError as error:
        raise LookupError(f"{path} is no state of feeds; delete it, and everything is published again") from error
