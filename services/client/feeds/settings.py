"""FEEDS.toml: which feeds, whose, and how often."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class Feed(BaseModel):
    """One `[[feed]]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(pattern=r"^https?://\S+$")
    outlet: str | None = Field(None, description="Who publishes it; default: the feed's own title.")
    language: str | None = Field(None, description="BCP 47, a hint; default: what the feed says.")
    agency: str | None = Field(None, description="The agency all its articles are from.")
    every_seconds: float | None = Field(None, ge=1)


class FeedList(BaseModel):
    """The file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    every_seconds: float = Field(300, ge=1, description="How often a feed is asked, unless it says otherwise itself.")
    host_pause_seconds: float = Field(2, ge=0, description="The pause between two requests to one host.")
    feed: tuple[Feed, ...] = Field(min_length=1)

    def every(self, feed: Feed) -> float:
        """How often a feed is asked."""
        return feed.every_seconds or self.every_seconds


def read(path: Path) -> FeedList:
    """The list in a file; raises LookupError that says what is wrong with it."""
    try:
        return FeedList.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise LookupError(f"{path.name} is no TOML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise LookupError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
