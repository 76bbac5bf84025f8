"""All four rooms in one process, without Kafka: the same handlers the workers run, called one after the other."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from contracts import codec
from contracts.messages.accepted_article import AcceptedArticleV1
from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.identified_article import IdentifiedArticleV1
from contracts.messages.raw_article import RawArticleV1
from contracts.rejection import Rejection
from contracts.topics import RAW
from services.client.inputs import Line


@dataclass(frozen=True, slots=True)
class Refused:
    """An article that ingest turned away, and why."""

    source_id: str | None
    rejection: Rejection


class Rooms:
    """The stateless rooms with their packs, each loaded when first needed."""

    @cached_property
    def _models(self):  # type: ignore[no-untyped-def]  # the room's own type, loaded late
        from services.language_detection.packs import load

        return load()

    @cached_property
    def _knowledge(self):  # type: ignore[no-untyped-def]
        from services.extraction.packs import load

        return load()

    def accept(self, line: Line, received_at: datetime) -> AcceptedArticleV1 | Refused:
        """Ingest: a readable, dated article, or the reason why not. A line's own `received_at` wins."""
        from services.ingest.handler import accept_message

        try:
            raw = codec.decode(RAW, line.value)
        except codec.Undecodable as error:
            return Refused(_source_id(line.value), Rejection(error.reason, error.detail))
        assert isinstance(raw, RawArticleV1)
        answer = accept_message(raw, line.received_at or received_at)
        return Refused(raw.id or raw.url, answer) if isinstance(answer, Rejection) else answer

    def identify(self, article: AcceptedArticleV1) -> IdentifiedArticleV1:
        """Language detection."""
        from services.language_detection.handler import identify

        return identify(article, self._models)

    def extract(self, article: IdentifiedArticleV1) -> ExtractedArticleV1:
        """Extraction."""
        from services.extraction.handler import extract

        return extract(article, self._knowledge)

    def versions(self) -> dict[str, str]:
        """The packs of extraction and their versions; loads every pack."""
        versions: dict[str, str] = self._knowledge.versions
        return {**versions, "language": self._models.version}

    def run(self, lines: Iterable[Line], received_at: datetime) -> Iterator[ExtractedArticleV1 | Refused]:
        """Every line through the three stateless rooms, in order."""
        for line in lines:
            accepted = self.accept(line, received_at)
            yield accepted if isinstance(accepted, Refused) else self.extract(self.identify(accepted))


def _source_id(value: bytes) -> str | None:
    """What a broken article calls itself, as far as that can be read."""
    try:
        article = json.loads(value)
    except (ValueError, RecursionError):
        return None
    named = (article.get("id") or article.get("url")) if isinstance(article, dict) else None
    return str(named) if named else None
