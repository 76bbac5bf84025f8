"""What language detection adds: `articles.identified.v1`."""

from typing import Literal

from pydantic import Field

from contracts.messages.accepted_article import AcceptedArticleV1
from contracts.messages.base import Message
from contracts.messages.spans import Part, SpanV1


class LanguageEvidenceV1(Message):
    """One reason for a language or variety: a marker in the text, a model's score, or a prior."""

    kind: Literal["detector", "marker", "ngram", "prior"]
    says: str = Field(description="ISO 639-3 code it speaks for.")
    weight: float = Field(description="Log-odds-like weight, after caps; larger is stronger.")
    name: str = Field(description="The marker's form, the model's version, or the prior's name.")
    spans: tuple[SpanV1, ...] = ()


class LanguagePartV1(Message):
    """The language of one paragraph."""

    part: Part = "body"
    start: int
    end: int
    language: str = Field(description="BCP 47.")
    iso639_3: str
    confidence: float = Field(ge=0, le=1)


class LanguageV1(Message):
    """The language of an article, with what it rests on."""

    language: str = Field(
        description="BCP 47: fa-IR, fa-AF, fa when the variety is undecided, ar, en, uk, ru, fr, ..., mul, und."
    )
    iso639_3: str = Field(
        description="pes, prs, fas (undecided), arb, eng, ukr, rus, fra, pbu, urd, ckb, tur, ..., mul, und."
    )
    script: str = Field(description="ISO 15924: Arab, Latn, Cyrl, ...")
    confidence: float = Field(ge=0, le=1, description="Calibrated probability that `language` is right.")
    evidence: tuple[LanguageEvidenceV1, ...] = ()
    parts: tuple[LanguagePartV1, ...] = Field((), description="Paragraph by paragraph.")
    model_version: str


class IdentifiedArticleV1(AcceptedArticleV1):
    """An accepted article whose language is known, or honestly unknown."""

    identified: LanguageV1
