"""What is read from speech: who said what, who promised what, and what somebody holds."""

from dataclasses import dataclass
from typing import Literal

from services.extraction.domain.values import Span

Modality = Literal[
    "declared", "agreed", "promised", "proposed", "demanded", "to_be_finalised", "planned", "denied", "refused",
]  # fmt: skip
Polarity = Literal["positive", "negative"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever speaks: a known entity, or the words the text uses for an unnamed one."""

    id: str | None
    name: str | None
    span: Span | None


NOBODY = Speaker(None, None, None)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words or their sense, with who said them."""

    kind: Literal["direct", "partial", "reported"]
    span: Span
    speaker: str | None = None
    speaker_name: str | None = None
    speaker_span: Span | None = None
    cue: Span | None = None
    nested_in: int | None = None
    background: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """Words in quotation marks that are a name, a title or a term, not a quotation."""

    span: Span
    kind: Literal["name", "term"]


@dataclass(frozen=True, slots=True)
class Quotations:
    """Everything that stands in quotation marks or under a cue, in text order."""

    quotations: tuple[Quotation, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who binds (or is asked to bind) whom to what, and how firmly."""

    item: str
    modality: Modality
    span: Span
    sentence: Span
    actor: str | None = None
    actor_name: str | None = None
    actor_span: Span | None = None
    polarity: Polarity = "positive"
    condition: Span | None = None
    background: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """What somebody holds without binding themselves."""

    position: str
    span: Span
    sentence: Span
    holder: str | None = None
    holder_name: str | None = None
    background: bool = False
