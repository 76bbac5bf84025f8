"""Commitments: which item a sentence speaks of, how firmly it is worded, whose it is, and under what condition."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.extraction.domain.speech.cast import Cast, Named
from services.extraction.domain.speech.lexicon import Hit
from services.extraction.domain.speech.lines import Line, plain_lines
from services.extraction.domain.speech.subject import Firmness, Pattern, Subject
from services.extraction.domain.speech.tokens import Words, cut_words
from services.extraction.domain.speech.values import NOBODY, Commitment, Modality, Position, Quotation, Speaker
from services.extraction.domain.speech.windows import Places, Window, by_list, find_windows, replaces
from services.extraction.domain.values import ArticleText, Entity, Span

_BORDERS = frozenset((",", "،", ";", "؛", ":", ".", "-", "(", ")"))
_RANK, _AHEAD, _BEHIND, _TIGHT, _BORDER, _TIGHT_BORDER = 4.0, 0.25, 1.0, 2.0, 2.0, 10.0
_FARTHEST = 70.0
_BESIDE = 3
_CONDITION_WORDS = 14
_OTHER_WORDS = 30
_OTHER: frozenset[Modality] = frozenset({"promised", "agreed", "demanded", "proposed", "refused", "planned"})


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence with its hits and who speaks in it."""

    line: Line
    hits: list[Hit]
    sentence: Span
    speaker: Speaker


class _Reader:
    """Reads sentence by sentence with one subject."""

    def __init__(
        self, text: ArticleText, entities: tuple[Entity, ...], quotations: tuple[Quotation, ...], subject: Subject
    ) -> None:
        self.text, self.subject, self.cast = text, subject, Cast(entities)
        self.known = {entity.id: entity for entity in entities}
        self.said = sorted((one for one in quotations if one.speaker_name), key=lambda one: one.span.start)
        self.said_starts = [one.span.start for one in self.said]

    def sentences(self, words: Sequence[Words]) -> list[_Read]:
        """Every readable sentence whose language the subject knows."""
        lexicon = self.subject.lexicons.get(self.text.language)
        if lexicon is None:
            return []
        return [
            _Read(line, lexicon.find(line.words), Span(line.part, line.start, line.end), self._speaker(line))
            for line in plain_lines(self.text, words)
        ]

    def _speaker(self, line: Line) -> Speaker:
        """Whose words the sentence is or holds: the last quotation that begins before its end and reaches into it."""
        at = bisect_right(self.said_starts, line.end)
        for one in reversed(self.said[max(0, at - 8) : at]):
            if one.span.part == line.part and one.span.end > line.start:
                return Speaker(one.speaker, one.speaker_name, one.speaker_span)
        return NOBODY

    def actor(self, read: _Read, window: Window, cue: Hit | None) -> Speaker:
        """Who binds: the name beside the binding words, the item's usual actor, the speaker, or whoever is named."""
        beside = self._beside(read.line, cue) if cue else None
        if beside:
            return beside
        usual = window.pattern.actor
        if usual:
            entity = self.known.get(usual)
            return Speaker(usual, entity.name if entity else None, None)
        if read.speaker.name:
            return read.speaker
        named = self.named(read.line, 0, max(window.start, 1))
        return named[0].speaker(read.line.part) if named else NOBODY

    def named(self, line: Line, first: int, stop: int) -> list[Named]:
        """Who is named among the words `[first, stop)`; topics are nobody."""
        inside = self.cast.between(line.part, line.starts[first], line.ends[stop - 1])
        return [one for one in inside if one.entity.type != "concept"]

    def _beside(self, line: Line, cue: Hit) -> Speaker | None:
        before = self.named(line, max(0, cue.start - 3), max(cue.start, 1))
        after = self.named(line, min(cue.end, len(line.words) - 1), min(cue.end + 3, len(line.words)))
        arabic = self.text.language in ("arb", "ara")
        near = (after or before) if arabic else before
        return near[-1 if near is before else 0].speaker(line.part) if near else None


def find_commitments(
    text: ArticleText, entities: tuple[Entity, ...], quotations: tuple[Quotation, ...], subject: Subject
) -> tuple[Commitment, ...]:
    """What the article says somebody binds themselves to, asks for, leaves open or refuses, and how firmly."""
    return find_promises(text, entities, quotations, subject)[0]


def find_positions(
    text: ArticleText, entities: tuple[Entity, ...], quotations: tuple[Quotation, ...], subject: Subject
) -> tuple[Position, ...]:
    """What the article says somebody holds, without binding themselves."""
    return find_promises(text, entities, quotations, subject)[1]


def find_promises(
    text: ArticleText,
    entities: tuple[Entity, ...],
    quotations: tuple[Quotation, ...],
    subject: Subject,
    words: Sequence[Words] | None = None,
) -> tuple[tuple[Commitment, ...], tuple[Position, ...]]:
    """Commitments and positions in one reading; each once, where it is first said."""
    reader = _Reader(text, entities, quotations, subject)
    made: dict[tuple[str, Modality, str | None], Commitment] = {}
    held: dict[str, Position] = {}
    for read in reader.sentences(words or cut_words(text)):
        places = by_list(read.hits)
        positions = find_windows(subject.positions, places)
        for window in positions:
            held.setdefault(window.pattern.id, _position(reader, read, window))
        for one in _commitments(reader, read, positions, places):
            made.setdefault((one.item, one.modality, one.actor or one.actor_name), one)
    return tuple(made.values()), tuple(held.values())


def _commitments(reader: _Reader, read: _Read, held: list[Window], places: Places) -> list[Commitment]:
    windows = [
        one for one in find_windows(reader.subject.items, places) if not any(replaces(other, one) for other in held)
    ]
    cues = _unconditioned([hit for hit in read.hits if hit.name in reader.subject.firmness], read)
    made = [one for window in windows if (one := _commitment(reader, read, window, cues))]
    if not windows and read.line.part == "body":
        made += _other(reader, read, cues)
    return made


def _commitment(reader: _Reader, read: _Read, window: Window, cues: list[Hit]) -> Commitment | None:
    cue = _strongest(reader.subject, read.line, window, cues)
    firmness = reader.subject.firmness[cue.name] if cue else None
    modality = _modality(window.pattern, firmness, bool(read.speaker.name))
    if modality is None:
        return None
    strong = cue if firmness and not firmness.weak else None
    actor = reader.actor(read, window, strong)
    start, end = _widened(read.line, window)
    return Commitment(
        window.pattern.id,
        modality,
        read.line.span(start, end),
        read.sentence,
        actor.id,
        actor.name,
        actor.span,
        firmness.polarity if firmness and modality == firmness.modality else "positive",
        _condition(read),
        read.line.background,
    )


def _unconditioned(cues: list[Hit], read: _Read) -> list[Hit]:
    """Words of a condition («if Moscow refuses») bind nobody."""
    stretches = [_condition_words(read.line, hit) for hit in read.hits if hit.name == "condition"][:8]
    return [cue for cue in cues if not any(start <= cue.start < end for start, end in stretches)]


def _modality(pattern: Pattern, firmness: Firmness | None, spoken: bool) -> Modality | None:
    if pattern.always:
        return pattern.always
    if firmness and not (firmness.weak and pattern.default):
        return firmness.modality
    return pattern.default or ("declared" if spoken else None)


def _strongest(subject: Subject, line: Line, window: Window, cues: list[Hit]) -> Hit | None:
    """The wording that governs a window: by rank and nearness, borders between counting as distance."""
    if window.pattern.default:
        cues = [cue for cue in cues if cue.start < window.end + _BESIDE]
    costs = [(_cost(subject.firmness[cue.name], line, window, cue), cue.start, cue) for cue in cues[:40]]
    best = min(costs, default=None)
    return best[2] if best and best[0] < _FARTHEST else None


def _cost(firmness: Firmness, line: Line, window: Window, cue: Hit) -> float:
    ahead = cue.start < window.start
    between = line.words[cue.end : window.start] if ahead else line.words[window.end : cue.start]
    borders = sum(word in _BORDERS for word in between)
    if not firmness.wide:
        return firmness.rank * _RANK + len(between) * _TIGHT + borders * _TIGHT_BORDER
    ahead = ahead or firmness.anywhere
    step = _AHEAD if ahead else _BEHIND
    return (
        firmness.rank * _RANK + len(between) * step + borders * _BORDER * (not firmness.anywhere) * (1 if ahead else 2)
    )


def _widened(line: Line, window: Window) -> tuple[int, int]:
    """The window out to the next comma or end, at most a few words either side."""
    start, end = window.start, window.end
    while start > 0 and window.start - start < 6 and line.words[start - 1] not in _BORDERS:
        start -= 1
    while end < len(line.words) and end - window.end < 8 and line.words[end] not in _BORDERS:
        end += 1
    return start, end


def _condition(read: _Read) -> Span | None:
    hit = next((hit for hit in read.hits if hit.name == "condition"), None)
    if hit is None:
        return None
    return read.line.span(*_condition_words(read.line, hit))


def _condition_words(line: Line, hit: Hit) -> tuple[int, int]:
    end = hit.end
    while end < len(line.words) and end - hit.start < _CONDITION_WORDS and line.words[end] not in _BORDERS:
        end += 1
    return hit.start, end


def _other(reader: _Reader, read: _Read, cues: list[Hit]) -> list[Commitment]:
    """A sentence that clearly binds or refuses, but to nothing on the list."""
    clear = [cue for cue in cues if reader.subject.firmness[cue.name].clear]
    clear = [cue for cue in clear if reader.subject.firmness[cue.name].modality in _OTHER]
    if not clear:
        return []
    cue, line = clear[0], read.line
    firmness = reader.subject.firmness[cue.name]
    pattern = Pattern("other", (), 0)
    actor = reader.actor(read, Window(pattern, cue.start, cue.end), cue)
    stop = min(len(line.words), cue.end + _OTHER_WORDS)
    start = 0 if reader.text.language in ("pes", "prs", "fas") else cue.start
    if stop - start < 4:
        return []
    made = Commitment(
        "other", firmness.modality, line.span(start, stop), read.sentence, actor.id, actor.name, actor.span
    )
    return [replace(made, polarity=firmness.polarity, condition=_condition(read), background=line.background)]


def _position(reader: _Reader, read: _Read, window: Window) -> Position:
    holder = _holder(reader, read, window)
    span = read.line.span(*_widened(read.line, window))
    return Position(window.pattern.id, span, read.sentence, holder.id, holder.name, read.line.background)


def _holder(reader: _Reader, read: _Read, window: Window) -> Speaker:
    """Whoever usually holds it, else the speaker, else whoever the sentence names first."""
    if window.pattern.actor:
        entity = reader.known.get(window.pattern.actor)
        return Speaker(window.pattern.actor, entity.name if entity else None, None)
    if read.speaker.name:
        return read.speaker
    named = reader.named(read.line, 0, len(read.line.words))
    return named[0].speaker(read.line.part) if named else NOBODY
