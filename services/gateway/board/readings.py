"""Everything extraction read from an article, as marks over its text, each with what was understood in words."""

from collections.abc import Iterator
from itertools import chain, islice

from contracts.messages.extracted_article import (
    CommitmentV1,
    DateV1,
    EntityV1,
    ExtractedArticleV1,
    NumberV1,
    PositionV1,
    QuotationV1,
)
from contracts.messages.spans import Part, SpanV1
from services.gateway.board import dates, quantities
from services.gateway.board.catalogue import Words
from services.gateway.board.segments import Mark

MOST_MARKS = 1_500
BLOCKS = ("boilerplate", "background", "repeat", "subhead")
KINDS = (
    "person", "organisation", "place", "concept", "candidate", "number", "date", "quotation", "speaker", "commitment",
    "position", "credit", "term", "marker", *BLOCKS,
)  # fmt: skip
"""Every kind of mark, in the order of the legend."""
Found = tuple[SpanV1, str, str]


def marks(article: ExtractedArticleV1, part: Part, words: Words) -> list[Mark]:
    """The marks of the headline or of the body, numbered in the order of the text."""
    everything = _blocks(article, words) if part == "body" else iter(())
    found = chain(everything, (each for each in _found(article, words) if each[0].part == part))
    kept = sorted(islice(found, MOST_MARKS), key=lambda each: (each[0].start, -each[0].end))
    offset = 1 if part == "headline" else 10_001
    return [Mark(s.start, s.end, kind, meaning, offset + number) for number, (s, kind, meaning) in enumerate(kept)]


def _found(article: ExtractedArticleV1, words: Words) -> Iterator[Found]:
    read = article.extracted
    yield from chain.from_iterable(_entity(each, words) for each in read.entities)
    yield from (_number(each, words) for each in read.numbers)
    yield from (_date(each, words) for each in read.dates)
    yield from chain.from_iterable(_quotation(each, words) for each in read.quotations)
    yield from (_commitment(each, words) for each in read.commitments)
    yield from (_position(each, words) for each in read.positions)
    yield from (
        (each.span, "credit", words("meaning.credit", agency=each.name, role=words(f"credit.{each.role}")))
        for each in read.credits
        if each.span
    )
    yield from ((each.span, "term", words(f"meaning.term_{each.kind}")) for each in read.terms)
    yield from ((span, "candidate", each.skeleton) for each in read.candidates for span in each.spans)
    for evidence in article.identified.evidence:
        yield from ((span, "marker", evidence.name) for span in evidence.spans)


def _blocks(article: ExtractedArticleV1, words: Words) -> Iterator[Found]:
    for block in article.extracted.blocks:
        if block.part == "body" and block.kind in BLOCKS and 0 <= block.start < block.end:
            kind = words(f"mark.{block.kind}")
            reason = (block.reason or "").replace("_", " ")
            meaning = words("meaning.block_reason", kind=kind, reason=reason) if reason else kind
            span = SpanV1(start=block.start, end=block.end, text=article.body[block.start : block.end])
            yield span, block.kind, meaning


def _entity(entity: EntityV1, words: Words) -> Iterator[Found]:
    for mention in entity.mentions:
        how = "" if mention.via == "name" else f" ({words(f'via.{mention.via}')})"
        yield mention.span, entity.type, entity.name + how


def _number(number: NumberV1, words: Words) -> Found:
    shown = quantities.amount(number.value, number.high, number.qualifier, words)
    unit = f" ({words.term('units', number.unit).text})" if number.unit else ""
    return number.span, "number", shown + unit


def _date(named: DateV1, words: Words) -> Found:
    day = dates.moment(named.value, words).shown
    how = words.listed(words(f"date_kind.{named.kind}"), words(f"calendar.{named.calendar}"))
    return named.span, "date", f"{day} ({how})"


def _quotation(said: QuotationV1, words: Words) -> Iterator[Found]:
    speaker = said.speaker_name or said.speaker or words("meaning.unknown_speaker")
    yield said.span, "quotation", words(f"meaning.quotation_{said.kind}", speaker=speaker)
    if said.speaker_span:
        yield said.speaker_span, "speaker", speaker


def _commitment(made: CommitmentV1, words: Words) -> Found:
    key = "meaning.commitment" if made.polarity == "positive" else "meaning.not_commitment"
    actor = made.actor_name or made.actor or words("story.nobody_named")
    item = words.term("items", made.item).text
    return made.span, "commitment", words(key, actor=actor, item=item, modality=words(f"modality.{made.modality}"))


def _position(held: PositionV1, words: Words) -> Found:
    holder = held.holder_name or held.holder or words("story.nobody_named")
    position = words.term("positions", held.position).text
    return held.span, "position", words("meaning.position", holder=holder, position=position)
