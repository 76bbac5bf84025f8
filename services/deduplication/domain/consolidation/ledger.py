"""What has been published of each story: its version, its face, its facts. Versions count up by one, always."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from services.deduplication.domain.consolidation.story import Story, StoryLink
from services.deduplication.domain.consolidation.written import (
    FACE_BYTES,
    FACT_BYTES,
    Written,
    digest,
    written_links,
)

State = Literal["open", "closed", "merged", "retracted"]
UNKNOWN = bytes(FACE_BYTES)
"""Stands for the content of a fact that an older format digested in another way."""
KEPT_DAYS = 60
"""A redirect or a dropped story's line stays so long by the days of receipt; after that its id would begin anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The newest published state of a story id. `facts` holds 8 bytes of id and 4 of content for each fact."""

    version: int
    state: State
    merged_into: str | None = None
    face: bytes = b""
    facts: bytes = b""
    articles: tuple[str, ...] = ()
    links: tuple[StoryLink, ...] = ()
    gone: int | None = None
    """The day (as an ordinal) since which no story stands under this id."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What is new in a version."""

    articles_added: tuple[str, ...] = ()
    articles_removed: tuple[str, ...] = ()
    facts_added: tuple[str, ...] = ()
    facts_changed: tuple[str, ...] = ()
    facts_removed: tuple[str, ...] = ()
    links_added: tuple[str, ...] = ()
    links_removed: tuple[str, ...] = ()
    links_only: bool = False
    """Whether the story itself is what it was, its state included."""

    @property
    def names(self) -> tuple[str, ...]:
        """All of it as words, for readers who follow one story."""
        parts = {
            "article added": self.articles_added, "article removed": self.articles_removed,
            "fact added": self.facts_added, "fact changed": self.facts_changed, "fact removed": self.facts_removed,
            "link added": self.links_added, "link removed": self.links_removed,
        }  # fmt: skip
        return tuple(f"{what}: {name}" for what, names in parts.items() for name in names)


def otherwise_digested(entry: Entry) -> Entry:
    """An entry of an older format: what a story says is known by name only, and looks new once."""
    rows = (row[:FACT_BYTES] + UNKNOWN for row in _rows(entry.facts))
    return replace(entry, face=b"", facts=b"".join(rows))


def entry_of(story: Story, written: Written, state: State, last: Entry | None) -> Entry | None:
    """The entry that publishes `story`, or None where nothing about it is new."""
    face = _face(written, story.related, state)
    if last is not None and last.face == face and last.state == state:
        return None
    version = last.version + 1 if last else 1
    articles = tuple(article.article_id for article in story.articles)
    return Entry(version, state, None, face, written.facts, articles, story.related)


def _face(written: Written, links: tuple[StoryLink, ...], state: State) -> bytes:
    return digest(written.digest + written_links(links) + state.encode(), 16)


def links_only(written: Written, new: Entry, last: Entry | None) -> bool:
    """Whether a story as it is written now differs from what was published in its links alone."""
    return last is not None and last.state == new.state and last.face == _face(written, last.links, last.state)


def redirect_of(last: Entry, into: str | None, day: int) -> Entry:
    """The entry of a story id that no longer stands: merged into another, or retracted."""
    state: State = "merged" if into else "retracted"
    return Entry(last.version + 1, state, into, gone=day)


def dropped(last: Entry, day: int) -> Entry:
    """What is kept of a story that is over: enough to count its versions on, should it come back."""
    return Entry(last.version, last.state, last.merged_into, gone=day)


def is_due(entry: Entry, day: int) -> bool:
    """Whether a line can be given up: nobody has stood under its id for so long."""
    return entry.gone is not None and day - entry.gone > KEPT_DAYS


def difference(old: Entry | None, new: Entry) -> Difference:
    """What changed between two published states."""
    had = old or Entry(0, "open")
    links = _new_and_gone((link.story_id for link in had.links), (link.story_id for link in new.links))
    if (had.facts, had.articles) == (new.facts, new.articles):
        return Difference(links_added=links[0], links_removed=links[1])
    before, after = _facts(had), _facts(new)
    return Difference(
        *_new_and_gone(had.articles, new.articles),
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(fact for fact in after.keys() & before.keys() if before[fact] not in (after[fact], UNKNOWN))),
        tuple(sorted(before.keys() - after.keys())),
        *links,
    )


def _new_and_gone(before: Iterable[str], after: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    had, has = set(before), set(after)
    return tuple(sorted(has - had)), tuple(sorted(had - has))


def _facts(entry: Entry) -> dict[str, bytes]:
    return {"fact-" + row[:FACT_BYTES].hex(): row[FACT_BYTES:] for row in _rows(entry.facts)}


def _rows(facts: bytes) -> Iterator[bytes]:
    step = FACT_BYTES + FACE_BYTES
    return (facts[at : at + step] for at in range(0, len(facts), step))
