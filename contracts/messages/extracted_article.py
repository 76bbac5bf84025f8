"""What extraction adds: `articles.extracted.v1`. Every value carries the place it was read from."""

from typing import Literal

from pydantic import Field

from contracts.messages.base import Message
from contracts.messages.identified_article import IdentifiedArticleV1
from contracts.messages.spans import Part, SpanV1

BlockKind = Literal[
    "headline", "paragraph", "subhead", "boilerplate", "background", "repeat",
]  # fmt: skip


class BlockV1(Message):
    """A stretch of the article and what it is. Blocks of one part do not overlap and are in order."""

    part: Part = "body"
    start: int
    end: int
    kind: BlockKind
    reason: str | None = Field(
        None, description="For boilerplate and background: which rule saw it (breadcrumb, agency_footer, ...)."
    )


class SentenceV1(Message):
    """One sentence; `kind` is that of the block it stands in."""

    part: Part = "body"
    start: int
    end: int
    kind: BlockKind = "paragraph"


class MentionV1(Message):
    """One place where an entity is named, or meant by a role."""

    span: SpanV1
    via: Literal["name", "role", "surname"] = "name"
    background: bool = False


class EntityV1(Message):
    """A person, organisation, place or topic concept of the gazetteer, with every mention outside boilerplate."""

    id: str
    type: Literal["person", "organisation", "place", "concept"]
    name: str = Field(description="The canonical English name, for display.")
    wikidata: str | None = None
    mentions: tuple[MentionV1, ...]


class NumberV1(Message):
    """A number and what it counts."""

    value: float
    high: float | None = Field(
        None, description="Upper end where the text gives a range; `value` is then the lower end."
    )
    unit: str | None = Field(
        None,
        description="Canonical English singular of what is counted or measured: country, leader, USD, percent, ...",
    )
    counted: SpanV1 | None = Field(None, description="The noun as it stands in the text.")
    qualifier: Literal["exact", "more_than", "less_than", "about", "at_least", "up_to"] = "exact"
    kind: Literal["count", "percent", "money", "measure", "ordinal"] = "count"
    span: SpanV1
    background: bool = False


class DateV1(Message):
    """A day, month or year that the text names, resolved against the day of publication."""

    value: str = Field(description="ISO 8601: YYYY-MM-DD, YYYY-MM or YYYY.")
    precision: Literal["day", "month", "year"]
    kind: Literal["explicit", "weekday", "relative", "holiday"]
    calendar: Literal["gregorian", "solar_hijri", "hijri"] = "gregorian"
    span: SpanV1
    background: bool = False


class QuotationV1(Message):
    """Somebody's words or their sense, with who said them."""

    kind: Literal["direct", "partial", "reported"]
    span: SpanV1 = Field(description="The words themselves, quotation marks excluded.")
    speaker: str | None = Field(None, description="Entity id, where the speaker is known to the gazetteer.")
    speaker_name: str | None = Field(
        None, description="The speaker's display name, or the words the text uses for an unnamed one."
    )
    speaker_span: SpanV1 | None = None
    cue: SpanV1 | None = Field(None, description="The verb or phrase that announces it.")
    nested_in: int | None = Field(None, description="Index of the quotation this one stands in.")
    background: bool = False


class TermV1(Message):
    """Words in quotation marks that are a name, a title or a term, not a quotation."""

    span: SpanV1
    kind: Literal["name", "term"]


Modality = Literal[
    "declared", "agreed", "promised", "proposed", "demanded", "to_be_finalised", "planned", "denied", "refused",
]  # fmt: skip


class CommitmentV1(Message):
    """Who binds (or is asked to bind) whom to what, and how firmly."""

    item: str = Field(description="Id from the subject pack, or `other`.")
    actor: str | None = Field(None, description="Entity id.")
    actor_name: str | None = None
    actor_span: SpanV1 | None = None
    modality: Modality
    polarity: Literal["positive", "negative"] = "positive"
    condition: SpanV1 | None = None
    span: SpanV1
    sentence: SpanV1
    background: bool = False


class PositionV1(Message):
    """What somebody holds without binding themselves."""

    position: str = Field(description="Id from the subject pack.")
    holder: str | None = None
    holder_name: str | None = None
    span: SpanV1
    sentence: SpanV1
    background: bool = False


class CreditV1(Message):
    """An agency credited in the text or by the publisher."""

    agency: str = Field(description="Entity id of the agency: ap, reuters, afp, tass, ...")
    name: str
    role: Literal["dateline", "credit", "footer", "byline", "declared", "follow_link"]
    span: SpanV1 | None = None


class CandidateV1(Message):
    """A name the gazetteer does not know, with a key that its spellings in other scripts share."""

    text: str
    skeleton: str
    spans: tuple[SpanV1, ...]


class EventV1(Message):
    """When and where what the article reports happened, or is to happen."""

    date: str | None = Field(None, description="ISO day.")
    place: str | None = Field(None, description="Entity id.")
    confidence: float = Field(0.0, ge=0, le=1)


class ExtractionV1(Message):
    """Everything read from one article."""

    blocks: tuple[BlockV1, ...] = ()
    sentences: tuple[SentenceV1, ...] = ()
    entities: tuple[EntityV1, ...] = ()
    numbers: tuple[NumberV1, ...] = ()
    dates: tuple[DateV1, ...] = ()
    quotations: tuple[QuotationV1, ...] = ()
    terms: tuple[TermV1, ...] = ()
    commitments: tuple[CommitmentV1, ...] = ()
    positions: tuple[PositionV1, ...] = ()
    credits: tuple[CreditV1, ...] = ()
    candidates: tuple[CandidateV1, ...] = ()
    event: EventV1 = EventV1()
    truncated: bool = Field(False, description="True where a bound cut the work short (hostile or endless input).")
    packs: dict[str, str] = Field(default_factory=dict, description="Pack name -> version it was made with.")


class ExtractedArticleV1(IdentifiedArticleV1):
    """An identified article with everything read from it. `published` may be sharper than what ingest knew."""

    extracted: ExtractionV1
    subject: str = Field(
        "news",
        description="Which stream it belongs to. Articles of one subject meet in one partition; subjects never meet.",
    )
