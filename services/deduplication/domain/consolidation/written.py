"""A story as JSON, written once: the same bytes are sent, and digested to see whether anything is new.

Names and shapes are those of `stories.v1`. Facts that stayed keep their bytes; only what is new is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson

from services.deduplication.domain.consolidation.story import Fact, Story, StoryLink
from services.deduplication.domain.copies.dispatch import Dispatch

FACT_BYTES, FACE_BYTES, _DIGEST = 8, 4, 16
"""Of each fact an entry of the ledger holds so many bytes of its id and of its digest."""
_APART = frozenset({"story_id", "dispatches", "facts", "related"})
_AS_THEY_ARE = tuple(name for name in Story.__dataclass_fields__ if name not in _APART)


@dataclass(frozen=True, slots=True)
class Written:
    """A composed story. `content` is a JSON object with everything but its id and its links."""

    content: bytes
    digest: bytes
    facts: bytes
    """As an entry of the ledger holds them."""


@dataclass(frozen=True, slots=True)
class WrittenFact:
    """A fact as a JSON object, and what stands for it."""

    fact: Fact
    content: bytes
    digest: bytes


def written_fact(fact: Fact) -> WrittenFact:
    """One fact as it goes out."""
    content = orjson.dumps(fact)
    return WrittenFact(fact, content, digest(content, _DIGEST))


def written_story(story: Story, facts: Sequence[WrittenFact]) -> Written:
    """A story as it goes out but for its id and links, given each of its facts as it is written."""
    fields: dict[str, Any] = {name: getattr(story, name) for name in _AS_THEY_ARE}
    fields["dispatches"] = [_dispatch(each) for each in story.dispatches]
    # Evidence is a mapping; after a restart its names may stand in another order.
    rest = orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)
    content = b'{"facts":[%s],%s' % (b",".join([told.content for told in facts]), rest[1:])
    rows = sorted(bytes.fromhex(told.fact.fact_id[5:]) + told.digest[:FACE_BYTES] for told in facts)
    return Written(content, digest(rest + b"".join([told.digest for told in facts]), _DIGEST), b"".join(rows))


def _dispatch(dispatch: Dispatch) -> dict[str, Any]:
    """What subscribers are told of a dispatch; how its source was found stays here."""
    return {"dispatch_id": dispatch.dispatch_id, "agency": dispatch.agency, "articles": dispatch.articles,
            "languages": dispatch.languages}  # fmt: skip


def written_links(links: Sequence[StoryLink]) -> bytes:
    """Links as a JSON array."""
    return orjson.dumps(links)


def digest(told: bytes, size: int) -> bytes:
    """`size` bytes that stand for these."""
    return blake2b(told, digest_size=size).digest()
