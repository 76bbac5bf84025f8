"""A feed's text to articles."""

import hashlib
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contracts.messages.raw_article import RawArticleV1
from services.client.feeds.settings import Feed

MOST_ENTRIES = 500
_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"\s+")


class NotAFeedError(ValueError):
    """What came is neither RSS nor Atom; the message says what the parser thought of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed: what it is known by, what it says, and the hash of that."""

    key: str
    digest: str
    article: RawArticleV1


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed's articles, and what was wrong with it where it could be read all the same."""

    entries: tuple[Entry, ...]
    trouble: str | None


def parse(text: str, feed: Feed) -> Parsed:
    """The articles of a feed; raises NotAFeedError."""
    import feedparser

    # A stream in one encoding that is told: a string, or bytes, might be taken for an address or a file name.
    headers = {"content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", errors="replace")), response_headers=headers, resolve_relative_uris=True
    )
    trouble = str(found.get("bozo_exception", "malformed"))[:300] if found.bozo else None
    if not found.get("version") and not found.entries:
        raise NotAFeedError(trouble or "no feed in it")
    return Parsed(tuple(_entries(found, feed)), trouble)


def _entries(found: Any, feed: Feed) -> Iterator[Entry]:
    for each in found.entries[:MOST_ENTRIES]:
        article = _article(each, found.feed, feed)
        key = article.id or article.url or article.headline
        if key and (article.headline or article.html or article.body):
            digest = hashlib.sha256(article.model_dump_json().encode()).hexdigest()[:24]
            yield Entry(key, digest, article)


def _article(each: Any, about: Any, feed: Feed) -> RawArticleV1:
    page = _page(each)
    marked = bool(page and _TAG.search(page))
    return RawArticleV1(
        id=_cut(each.get("id"), 500),
        url=_cut(each.get("link"), 4000),
        outlet=_cut(feed.outlet or _text(about.get("title")), 300),
        headline=_cut(_text(each.get("title")), 4000),
        html=page if marked else None,
        body=html.unescape(page) if page and not marked else None,
        published_at=_cut(each.get("published") or each.get("updated"), 100),
        language=_cut(feed.language or about.get("language"), 35),
        agency=_cut(feed.agency, 300),
    )


def _page(each: Any) -> str | None:
    """The longest text the feed has of the article: the whole of it, else its summary."""
    texts = [content.get("value") or "" for content in each.get("content", ())] + [each.get("summary") or ""]
    return max(texts, key=len) or None


def _text(marked: str | None) -> str | None:
    """A title without markup."""
    return _BLANKS.sub(" ", html.unescape(_TAG.sub(" ", marked))).strip() or None if marked else None


def _cut(told: str | None, most: int) -> str | None:
    return told[:most] if told else None
