"""Agency credits in all their forms: datelines, footers, "quoting Reuters", what the publisher declares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from services.extraction.domain.reading.rules import Phrase
from services.extraction.domain.values import ArticleText, Span, TextPart
from services.shared.text.fold import fold

Role = Literal["dateline", "credit", "footer", "byline", "declared", "follow_link"]
Kind = Literal["wire", "media", "house", "unnamed"]
_TOKEN = re.compile(r"\w+")
_MOST_HITS = 500
_BEFORE, _AFTER = 48, 32
_LEAD, _HEAD, _MEDIA = 700, 400, 400
_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class Agency:
    """Somebody articles are taken from; `house`: an outlet that opens its own reports with its name."""

    id: str
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Agencies:
    """Agencies by the first word of each folded form, longest form first, and the phrases that make a name a credit."""

    forms: dict[str, tuple[tuple[str, Agency], ...]]
    before: "re.Pattern[str]"
    after: tuple[Phrase, ...]
    photo: "re.Pattern[str]"
    version: str = "1"


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency credited by the text or its publisher."""

    agency: str
    name: str
    role: Role
    span: Span | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Characters before and after a name on its line, and before and after the line."""

    lead: int
    rest: int
    line_start: int
    tail: int


@dataclass(frozen=True, slots=True)
class _Hit:
    agency: Agency
    start: int
    end: int


def find_credits(
    text: ArticleText, declared: str | None, agencies: Agencies, outlet: str | None = None
) -> tuple[Credit, ...]:
    """Every credit, the deciding one first: wires before other media, the deepest of a chain before those nearer."""
    found: list[tuple[tuple[int, int, int], Credit]] = []
    own = {hit.agency.id for hit in _hits(_plain("headline", outlet), agencies)} if outlet else set()
    for part in text.parts:
        for hit in _hits(part, agencies):
            role = _role(part, hit, agencies)
            if role and _counts(hit, role, own, text, part):
                span = Span(part.part, *part.folded.raw_span(hit.start, hit.end))
                found.append((_rank(hit, role, part), Credit(hit.agency.id, hit.agency.name, role, span)))
    found.extend(
        ((_kind_rank(hit.agency), 1, 0), Credit(hit.agency.id, hit.agency.name, "declared", None))
        for hit in _hits(_plain("headline", declared or ""), agencies)
    )
    return tuple(credit for _, credit in sorted(found, key=lambda pair: pair[0]))


def _plain(name: Literal["headline"], raw: str) -> TextPart:
    return TextPart(name, raw, fold(raw))


def _hits(part: TextPart, agencies: Agencies) -> Iterator[_Hit]:
    text = part.folded.text
    if agencies.forms.keys().isdisjoint(_TOKEN.findall(text)):  # most texts name nobody
        return
    end = count = 0
    for token in _TOKEN.finditer(text):
        if token.start() < end or count >= _MOST_HITS:
            continue
        for form, agency in agencies.forms.get(token.group(), ()):
            end_here = token.start() + len(form)
            if _stands(part, form, token.start()):
                count += 1
                end = end_here
                yield _Hit(agency, token.start(), end)
                break


def _stands(part: TextPart, form: str, start: int) -> bool:
    text, end = part.folded.text, start + len(form)
    whole = text.startswith(form, start) and not text[end : end + 1].isalnum()
    return whole and not _is_lowered_acronym(part, form, start)


def _is_lowered_acronym(part: TextPart, form: str, start: int) -> bool:
    """Short Latin and Cyrillic acronyms count only in capitals: AP, not "ap"."""
    if len(form) > _ACRONYM or form[0] > "\u0500":
        return False
    return part.raw[part.folded.starts[start]].islower() and form != "dpa"


def _role(part: TextPart, hit: _Hit, agencies: Agencies) -> Role | None:
    text = part.folded.text
    line_start = text.rfind("\n", 0, hit.start) + 1
    line_end = text.find("\n", hit.end)
    line_end = len(text) if line_end < 0 else line_end
    before = text[max(line_start, hit.start - _BEFORE) : hit.start]
    after = text[hit.end : min(line_end, hit.end + _AFTER)]
    if agencies.photo.search(text, max(line_start, hit.start - 90), hit.start) or _is_camera(before, after):
        return None
    if part.part == "body":
        place = _Place(hit.start - line_start, line_end - hit.end, line_start, len(text) - line_end)
        shape = _shape(before, after, place)
        if shape:
            return shape
    if agencies.before.search(before):
        return "footer" if hit.start - line_start < 20 and line_end - hit.end < 20 else "credit"
    return "credit" if any(phrase.regex.match(after) for phrase in agencies.after) else None


def _is_camera(before: str, after: str) -> bool:
    """`REUTERS/Ivan Petrenko`, `Getty/AFP`: a photographer's credit."""
    photographer = re.match(r"/ ?[^\W\d_]", after) is not None and not before.endswith("/")
    return photographer or re.search(r"(?:getty\W{0,3}|/[ \w]{2,30} via |/pool\W{0,3})$", before) is not None


def _shape(before: str, after: str, place: _Place) -> Role | None:
    """Credits by their place: (AP), /TASS/, "Kyiv, 27 Sep - RIA Novosti.", a bare last line."""
    bracketed = bool(re.search(r"[(/\[][ ]?$", before) and re.match(r"[ ]?[)/\]]", after))
    if bracketed:
        early = place.lead < 60 and place.line_start < _LEAD
        return "dateline" if early else "footer" if place.rest < 6 else None
    dashed = re.search(r"^(?:[^.!?]{2,60}|.{0,40}\d.{0,20})[ ][-][ ]$", before) and re.match(
        r"\.? ?[A-Zа-я\"]|\.", after
    )
    opens = place.lead < 3 and re.match(r"[ ]?[-:][ ]", after)
    if (opens or (dashed and place.lead < 60)) and place.line_start < _HEAD:
        return "dateline"
    listed = re.search(r"[-/;,][ ]?$", before) is not None and place.lead < 40 and place.rest < 40
    bare = listed or (place.lead < 3 and place.rest < 3)
    return "footer" if bare and place.tail < 200 else None


def _counts(hit: _Hit, role: Role, own: set[str], text: ArticleText, part: TextPart) -> bool:
    """An outlet's own byline is no credit; captions credit photographs; other media count where the text is theirs."""
    agency = hit.agency
    start = part.folded.starts[hit.start]
    block = next((b for b in text.blocks if b.span.part == part.part and b.span.start <= start < b.span.end), None)
    if block is not None and block.reason in ("caption", "related", "read_also", "share"):
        return False
    if agency.kind == "wire":
        return agency.id not in own or role == "dateline"
    early = part.part == "body" and hit.start < _MEDIA
    if agency.id in own or (agency.kind == "house" and not own):
        return False
    return early or role == "footer"


def _kind_rank(agency: Agency) -> int:
    return {"wire": 0, "media": 1, "house": 2, "unnamed": 3}[agency.kind]


def _rank(hit: _Hit, role: Role, part: TextPart) -> tuple[int, int, int]:
    strong = role in ("dateline", "footer") or (part.part == "body" and hit.start < _HEAD)
    # In a chain in the lead the later name is the deeper one.
    order = -hit.start if role == "credit" and strong else hit.start
    return _kind_rank(hit.agency), 0 if strong else 2, order
