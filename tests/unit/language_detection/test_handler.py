"""The handler maps messages to messages: nothing lost, every span true."""

from datetime import UTC, datetime

from contracts.messages.accepted_article import AcceptedArticleV1, PublicationDateV1
from services.language_detection.domain.article import Models
from services.language_detection.handler import identify

ACCEPTED = AcceptedArticleV1(
    article_id="a1",
    version_id="v1",
    source_id="s1",
    outlet="Sada",
    headline="هیات امریکایی به کابل رسید",
    body="باشنده‌گان ولسوالی از پولیس تشکر کردند.\nرییس هیات گفت که در ماه اکتوبر دوباره می‌آید.",
    declared_language="fa",
    published=PublicationDateV1(value="2026-01-06", precision="day", source="meta", confidence=0.9),
    received_at=datetime(2026, 1, 6, 12, tzinfo=UTC),
)


def test_everything_accepted_is_kept(models: Models) -> None:
    """Identification adds one field and changes none."""
    identified = identify(ACCEPTED, models)
    assert {name: getattr(identified, name) for name in AcceptedArticleV1.model_fields} == ACCEPTED.model_dump() | {
        "published": ACCEPTED.published
    }


def test_codes_script_and_version_are_given(models: Models) -> None:
    """BCP 47, ISO 639-3, script, model version and a confidence."""
    found = identify(ACCEPTED, models).identified
    assert (found.language, found.iso639_3, found.script) == ("fa-AF", "prs", "Arab")
    assert found.model_version == models.version
    assert 0.9 <= found.confidence <= 1


def test_evidence_spans_hold_their_text(models: Models) -> None:
    """`part[start:end] == text` for every span of the evidence, headline included."""
    evidence = identify(ACCEPTED, models).identified.evidence
    spans = [span for item in evidence for span in item.spans]
    parts = {"headline": ACCEPTED.headline or "", "body": ACCEPTED.body}
    assert {span.part for span in spans} == {"headline", "body"}
    assert all(parts[span.part][span.start : span.end] == span.text for span in spans)
    assert {"باشنده‌گان", "اکتوبر"} <= {span.text for span in spans}


def test_parts_cover_headline_and_paragraphs(models: Models) -> None:
    """One part for the headline and one for every paragraph, with BCP 47 tags."""
    parts = identify(ACCEPTED, models).identified.parts
    assert [(part.part, part.language) for part in parts] == [
        ("headline", "fa-AF"),
        ("body", "fa-AF"),
        ("body", "fa-AF"),
    ]


def test_packs_load_from_their_files_alone(models: Models) -> None:
    """Every language file and variety folder is a pack: nothing in code names them."""
    assert set(models.languages) >= {"arb", "fas", "eng", "ukr", "rus", "fra", "pbu", "urd", "ckb", "tur"}
    assert set(models.varieties) == {"fas"}
    assert models.tag("prs") == "fa-AF"
    assert models.tag("xyz") == "xyz"
