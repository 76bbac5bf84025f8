"""Extracted articles for tests of stories, built from a few words: no pipeline needed."""

from datetime import UTC, datetime, timedelta

from contracts.messages.accepted_article import PublicationDateV1
from contracts.messages.extracted_article import (
    BlockV1,
    CommitmentV1,
    CreditV1,
    DateV1,
    EntityV1,
    EventV1,
    ExtractedArticleV1,
    ExtractionV1,
    MentionV1,
    NumberV1,
    SentenceV1,
)
from contracts.messages.identified_article import LanguageV1
from contracts.messages.spans import SpanV1

TYPES = {"P": "person", "L": "place", "O": "organisation", "C": "concept"}
ISO = {"en": "eng", "fr": "fra", "uk": "ukr", "ru": "rus", "ar": "arb", "fa": "fas"}
START = datetime(2026, 3, 1, 8, tzinfo=UTC)


def article(name: str, text: str, **given: object) -> ExtractedArticleV1:
    """An article with body `text`; words such as `P:ada` or `L:Oslo` are entities in it, `#27_country` numbers."""
    day = str(given.get("day", "2026-03-01"))
    language = str(given.get("language", "en"))
    received = given.get("received") or START
    assert isinstance(received, datetime)
    return ExtractedArticleV1(
        article_id=name,
        version_id=str(given.get("version", "v1")),
        source_id=name,
        outlet=str(given.get("outlet", f"outlet of {name}")),
        headline=str(given["headline"]) if "headline" in given else None,
        body=text,
        published=PublicationDateV1(
            value=day, precision="day", source="assumed" if given.get("assumed") else "header", confidence=0.9
        ),
        received_at=received,
        identified=LanguageV1(
            language=language, iso639_3=ISO.get(language, language), script="Latn", confidence=1, model_version="test"
        ),
        extracted=_read(text, given),
    )


def hours(count: int) -> datetime:
    """`count` hours after the start of the tests' world."""
    return START + timedelta(hours=count)


def _read(text: str, given: dict[str, object]) -> ExtractionV1:
    event = given.get("event")
    agency = given.get("agency")
    return ExtractionV1(
        blocks=(BlockV1(start=0, end=len(text), kind="paragraph"),),
        sentences=tuple(_sentences(text)),
        entities=tuple(_entities(text)),
        numbers=tuple(_numbers(text)),
        dates=tuple(_dates(text)),
        commitments=tuple(_commitments(text)),
        credits=(CreditV1(agency=str(agency), name=str(agency), role="credit"),) if agency else (),
        event=EventV1(date=str(event), confidence=0.8) if event else EventV1(),
    )


def _sentences(text: str) -> list[SentenceV1]:
    found, start = [], 0
    for piece in text.split(". "):
        found.append(SentenceV1(start=start, end=start + len(piece), kind="paragraph"))
        start += len(piece) + 2
    return found


def _words(text: str, first: str) -> list[tuple[str, SpanV1]]:
    found, start = [], 0
    for word in text.split(" "):
        bare = word.strip(".,")
        if bare.startswith(tuple(first)) and (bare[1:2] == ":" or first in "#!"):
            found.append((bare, SpanV1(start=start, end=start + len(bare), text=bare)))
        start += len(word) + 1
    return found


def _entities(text: str) -> list[EntityV1]:
    mentions: dict[str, list[SpanV1]] = {}
    for word, span in _words(text, "PLOC"):
        mentions.setdefault(word, []).append(span)
    return [
        EntityV1(id=word[2:], type=TYPES[word[0]], name=word[2:], mentions=tuple(MentionV1(span=s) for s in spans))
        for word, spans in mentions.items()
    ]


def _numbers(text: str) -> list[NumberV1]:
    parts = [(word[1:].partition("_"), span) for word, span in _words(text, "#")]
    return [NumberV1(value=float(value), unit=unit or None, span=span) for (value, _, unit), span in parts]


def _dates(text: str) -> list[DateV1]:
    return [DateV1(value=word[2:], precision="day", kind="explicit", span=span) for word, span in _words(text, "D")]


def _commitments(text: str) -> list[CommitmentV1]:
    parts = [(word[1:].split("/"), span) for word, span in _words(text, "!")]
    return [CommitmentV1(item=item, modality=how, span=span, sentence=span) for (item, how), span in parts]
