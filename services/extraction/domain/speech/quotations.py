"""Put together who said what: marked stretches, announced clauses, and the terms that are neither."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.extraction.domain.speech.announcements import announcements
from services.extraction.domain.speech.cast import Cast, topic_of
from services.extraction.domain.speech.clauses import MIN_TOLD, Said, told_span
from services.extraction.domain.speech.cues import Cues, Marked, mark
from services.extraction.domain.speech.lines import LONG, QUOTE, Line, Narration, narrate
from services.extraction.domain.speech.marks import Stretch
from services.extraction.domain.speech.memory import Memory
from services.extraction.domain.speech.sources import settle_sources
from services.extraction.domain.speech.speakers import resolve
from services.extraction.domain.speech.tokens import Words, cut_words
from services.extraction.domain.speech.values import NOBODY, Quotation, Quotations, Term
from services.extraction.domain.values import ArticleText, Entity, Span

_DIRECT = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """A line with everything announced in it."""

    marked: Marked
    said: tuple[Said, ...]


def find_quotations(
    text: ArticleText, entities: tuple[Entity, ...], cues: Cues, words: Sequence[Words] | None = None
) -> Quotations:
    """Every direct, partial and reported quotation with its speaker, and the terms in quotation marks."""
    cast = Cast(entities)
    quotations: list[Quotation] = []
    terms: list[Term] = []
    for narration in narrate(text, cues.verbs(text.language), words or cut_words(text)):
        found = _Part(narration, cast, cues, text.language).read()
        offset = len(quotations)
        quotations += [_shifted(one, offset) for one in found.quotations]
        terms += found.terms
    return Quotations(tuple(quotations), tuple(terms))


def _shifted(one: Quotation, offset: int) -> Quotation:
    return one if one.nested_in is None else replace(one, nested_in=one.nested_in + offset)


class _Part:
    """The reading of one part."""

    def __init__(self, narration: Narration, cast: Cast, cues: Cues, language: str) -> None:
        self.narration, self.cast, self.cues, self.language = narration, cast, cues, language
        self.raw = narration.text.raw
        self.memory = Memory()
        self.quotations: list[Quotation] = []
        self.terms: list[Term] = []
        self.seen: set[int] = set()
        self.previous: Heard | None = None

    def read(self) -> Quotations:
        """Read line by line, then whatever stands inside long quotations."""
        heard = [self._hear(number, line) for number, line in enumerate(self.narration.lines)]
        for number, one in enumerate(heard):
            if one:
                self._quote(one, heard[number - 1] if number else None, heard[number + 1 : number + 2])
                self._report(one)
                self._point_back(one, heard[number - 1] if number else None)
        self._inner()
        return Quotations(
            _nested(sorted(self.quotations, key=_order)), tuple(sorted(self.terms, key=lambda t: t.span.start))
        )

    def _hear(self, number: int, line: Line) -> Heard | None:
        cues = self.cues.for_line(line, self.raw, self.language)
        if cues is None:
            return None
        self.memory.line = number
        marked = mark(line, cues)
        cues_found = settle_sources(marked, announcements(marked), self.cast)
        said = tuple(Said(cue, resolve(marked, cue, self.cast, self.memory, self.raw)) for cue in cues_found)
        topic = topic_of(line, self.cast)
        if topic is not NOBODY:
            self.memory.topic, self.memory.topic_at = topic, number
        return Heard(marked, said)

    def _quote(self, heard: Heard, before: Heard | None, after: list[Heard | None]) -> None:
        line = heard.marked.line
        for place, number in enumerate(line.quotes):
            if number < 0 or number in self.seen:
                continue
            self.seen.add(number)
            said = self._attributed(heard, place, before, after)
            self._place(heard, place, number, said)

    def _attributed(self, heard: Heard, place: int, before: Heard | None, after: list[Heard | None]) -> Said | None:
        """The announcement a marked stretch belongs to: around it, before it, behind it, or in the line beside."""
        around = [one for one in heard.said if one.cue.first <= place < one.cue.stop]
        if around:
            return min(around, key=lambda one: one.cue.stop - one.cue.first)
        if heard.marked.line.words[place] != QUOTE:
            return _right_before(heard, place)
        earlier = [one for one in heard.said if one.cue.end <= place]
        if earlier:
            return earlier[-1]
        return _announced_behind(heard, place, after) or _announced_in_line_before(heard, before)

    def _place(self, heard: Heard, place: int, number: int, said: Said | None) -> None:
        line, stretch = heard.marked.line, self.narration.stretches[number]
        span = Span(line.part, stretch.start, stretch.end)
        length = self.narration.lengths[number]
        named = self.cast.exactly(line.part, stretch.start, stretch.end)
        topic = length < LONG and self.cast.topic(line.part, stretch.start, stretch.end)
        if named or self._names(heard.marked, place, number, length):
            self.terms.append(Term(span, "name"))
        elif topic or (length < LONG and self.raw[stretch.start].isdecimal()):
            self.terms.append(Term(span, "term"))
        elif length >= LONG or (
            said and length >= 2 and (said.cue.way in ("that", "colon", "quote", "bare") or not said.cue.announces)
        ):
            self.quotations.append(self._marked_quotation(heard, place, stretch, said, length))
        else:
            self.terms.append(Term(span, "term"))

    def _names(self, marked: Marked, place: int, number: int, length: int) -> bool:
        """Whether the words before a short stretch say that a name or a term follows."""
        if length > 6:
            return False
        before = next((at for at in range(place - 1, max(-1, place - 4), -1) if marked.is_a("naming", at)), None)
        return before is not None and marked.end_of("naming", before) == place

    def _marked_quotation(
        self, heard: Heard, place: int, stretch: Stretch, said: Said | None, length: int
    ) -> Quotation:
        line = heard.marked.line
        speaker = said.speaker if said else NOBODY
        return Quotation(
            "direct" if length >= _DIRECT else "partial",
            Span(line.part, stretch.start, stretch.end),
            speaker.id,
            speaker.name,
            speaker.span,
            _cue_span(heard, said),
            background=line.background,
        )

    def _report(self, heard: Heard) -> None:
        for said in heard.said:
            span = told_span(heard.marked, said, self.cast)
            span = span and self._with_marks(heard.marked.line, span)
            if span and said.speaker.name and not self._told_already(span) and not _only_points(heard.marked, said):
                line, speaker = heard.marked.line, said.speaker
                cue = line.span(said.cue.start, said.cue.end)
                self.quotations.append(
                    Quotation("reported", span, speaker.id, speaker.name, speaker.span, cue, None, line.background)
                )

    def _point_back(self, heard: Heard, before: Heard | None) -> None:
        """«This was said by X»: what X said is the sentence before, where nobody is credited with it yet."""
        pointing = heard.marked.at.get("pointing")
        said = next((one for one in heard.said if one.speaker.name), None)
        if not pointing or said is None or min(pointing) > said.cue.start or before is None or before.said:
            return
        line, speaker, words = before.marked.line, said.speaker, before.marked.line.words
        told = [at for at, word in enumerate(words) if word[:1].isalnum()]
        if len(told) >= MIN_TOLD and line.block >= heard.marked.line.block - 1 and QUOTE not in words:
            span, cue = line.span(told[0], told[-1] + 1), heard.marked.line.span(said.cue.start, said.cue.end)
            self.quotations.append(
                Quotation("reported", span, speaker.id, speaker.name, speaker.span, cue, None, line.background)
            )

    def _with_marks(self, line: Line, span: Span) -> Span:
        """A clause that begins or ends with marked words takes their marks along."""
        start, end = span.start, span.end
        for number in {one for one in line.quotes if one >= 0}:
            stretch = self.narration.stretches[number]
            start = stretch.outer_start if stretch.start == start else start
            end = stretch.outer_end if stretch.end == end else end
        return Span(span.part, start, end)

    def _told_already(self, span: Span) -> bool:
        """A second source for the same clause («..., reports the agency») adds no words."""
        return any(one.kind == "reported" and span.within(one.span) for one in self.quotations[-6:])

    def _inner(self) -> None:
        """Marked stretches inside long quotations: a name, a term, or a quotation in a quotation."""
        for number, stretch in enumerate(self.narration.stretches):
            if number in self.seen:
                continue
            span = Span(self.narration.text.part, stretch.start, stretch.end)
            inside = any(span.within(one.span) for one in self.quotations[:200])
            if inside and self.narration.lengths[number] > LONG:
                self.quotations.append(Quotation("direct", span))
            elif inside:
                self.terms.append(Term(span, "name" if self.cast.exactly(span.part, span.start, span.end) else "term"))


def _right_before(heard: Heard, place: int) -> Said | None:
    """«X spoke of a "useful moment"»: a fragment within three plain words of its verb."""
    near = [
        one for one in heard.said if one.cue.end <= place <= one.cue.end + 3 and one.cue.kind in ("speech", "loose")
    ]
    words = heard.marked.line.words[near[-1].cue.end : place] if near else ()
    return near[-1] if near and all(word[:1].isalnum() for word in words) else None


def _only_points(marked: Marked, said: Said) -> bool:
    """«Про це пише X з посиланням на Y»: what stands before the source says nothing, it only points back."""
    before = said.cue.kind == "source" and said.cue.way == "before"
    return before and any(said.cue.first <= at < said.cue.start for at in marked.at.get("pointing", ()))


def _announced_behind(heard: Heard, place: int, after: list[Heard | None]) -> Said | None:
    """The cue behind a quotation: in its line, or opening the next line where the quotation stands alone in its own."""
    later = [one for one in heard.said if one.cue.start > place]
    if later:
        return later[0]
    follower = after[0] if after else None
    alone = place == 0 and not any(word[:1].isalnum() for word in heard.marked.line.words[1:])
    if not (alone and follower and follower.said):
        return None
    first = follower.said[0]
    return first if first.cue.start == 0 and not first.cue.announces else None


def _announced_in_line_before(heard: Heard, before: Heard | None) -> Said | None:
    if before and before.said and before.marked.line.block >= heard.marked.line.block - 1:
        return before.said[-1]
    return None


def _order(one: Quotation) -> tuple[int, int]:
    return one.span.start, -one.span.end


def _nested(quotations: list[Quotation]) -> tuple[Quotation, ...]:
    """Say of each quotation which one it stands in."""
    placed: list[Quotation] = []
    open_: list[int] = []
    for one in quotations:
        while open_ and placed[open_[-1]].span.end < one.span.end:
            open_.pop()
        placed.append(replace(one, nested_in=open_[-1]) if open_ else one)
        open_.append(len(placed) - 1)
    return tuple(placed)


def _cue_span(heard: Heard, said: Said | None) -> Span | None:
    if said is None or said.cue.end > len(heard.marked.line.words):
        return None
    return heard.marked.line.span(said.cue.start, said.cue.end) if said in heard.said else None
