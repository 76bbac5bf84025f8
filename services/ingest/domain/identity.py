"""Ids that depend on the article alone: the same article gets the same id on every machine and on every replay."""

import hashlib
import re

from services.ingest.domain.address import canonical_url, host_of
from services.shared.text.fold import fold_text

_BLANKS = re.compile(r"\s+")


def article_id(publisher_id: str | None, outlet: str | None, url: str | None, headline: str | None, body: str) -> str:
    """The publisher's id within its outlet, else the address, else the folded text, as a short hash."""
    canonical = canonical_url(url)
    if publisher_id and publisher_id.strip():
        publisher = _folded(outlet) or host_of(url) or ""
        return _hash("a", "id", publisher, publisher_id.strip())
    if canonical:
        return _hash("a", "url", canonical)
    return _hash("a", "text", _folded(headline), _folded(body))


def version_id(headline: str | None, body: str) -> str:
    """A hash of exactly what was published: any changed character makes a new version."""
    return _hash("v", headline or "", body)


def _folded(text: str | None) -> str:
    return _BLANKS.sub(" ", fold_text(text or "")).strip()


def _hash(kind: str, *parts: str) -> str:
    digest = hashlib.blake2b(digest_size=10)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\x00")
    return f"{kind}{digest.hexdigest()}"
