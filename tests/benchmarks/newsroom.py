"""A made-up newsroom: events, articles about them, and a state filled with very many of them at once.

Every event draws people, places, topics and words from a world that does not grow: a few names are in many events, most
in few, as in news. A word has no part in common with another, so that nothing is shared but what an event shares.
"""

import random
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from contracts.messages.accepted_article import PublicationDateV1
from contracts.messages.extracted_article import (
    EntityV1,
    ExtractedArticleV1,
    ExtractionV1,
    MentionV1,
    NumberV1,
    SentenceV1,
)
from contracts.messages.identified_article import LanguageV1
from contracts.messages.spans import SpanV1
from services.deduplication.domain.consolidation.keep import pack
from services.deduplication.domain.consolidation.ledger import Entry
from services.deduplication.domain.consolidation.story import StoryLink
from services.deduplication.domain.copies.features import pack as pack_features
from services.deduplication.domain.copies.sketch import ALL_HASHES, Sketch
from services.deduplication.domain.copies.trace import Trace, trace
from services.deduplication.domain.desk import Desk
from services.deduplication.domain.stories.fingerprint import Fingerprint, fingerprint
from services.deduplication.domain.stories.reading import Mark, Passage, Reading
from services.deduplication.domain.stories.vector import Vector
from services.deduplication.domain.versions import Kept
from services.deduplication.handler import State
from services.deduplication.wire import account_of, article_of

START = datetime(2026, 3, 1, tzinfo=UTC)
LAST = START + timedelta(days=6)
LANGUAGES = (("en", "eng"), ("ru", "rus"), ("fa-IR", "pes"), ("ar", "arb"))
KINDS = {"person": ("P", 4_000, 5), "place": ("L", 1_200, 3), "concept": ("C", 300, 4)}
VOCABULARY, WORDS = 12_000, 60
SENTENCES, TEMPLATES = 12, 200


@dataclass(frozen=True)
class Event:
    """What the articles of one event draw from, how many there are, and when it is."""

    day: int
    figure: int
    articles: int
    words: list[int]
    named: dict[str, list[int]]


def event(chance: random.Random, articles: int) -> Event:
    """An event on one of seven days."""

    def some(of: int, how_many: int) -> list[int]:
        return [min(of - 1, int(of * chance.random() ** 3)) for _ in range(how_many)]

    named = {kind: some(of, how_many) for kind, (_, of, how_many) in KINDS.items()}
    return Event(chance.randrange(7), chance.randint(5, 4_000), articles, some(VOCABULARY, WORDS), named)


def word(number: int, ending: str) -> str:
    """A made-up word of its own: neighbouring numbers have nothing in common."""
    number, letters = number * 2_654_435_761 % (1 << 24), "bcdfghklmnprstvz"
    return "".join(letters[number >> shift & 15] + "aeou"[number >> shift + 4 & 3] for shift in (0, 6, 12, 18)) + ending


def article(chance: random.Random, about: Event, number: int, received: datetime) -> ExtractedArticleV1:
    """One article about an event, as extraction would send it."""
    language, iso = LANGUAGES[number % len(LANGUAGES)]
    body, entities, numbers, sentences = "", [], [], []
    for index in range(SENTENCES):
        start = len(body)
        body += " ".join(word(w, iso) for w in chance.sample(about.words, 14)) + " "
        for kind, numbered in about.named.items():
            name = word(chance.choice(numbered), kind[:2])
            mention = MentionV1(span=SpanV1(start=len(body), end=len(body) + len(name), text=name))
            body += name + " "
            entities.append(EntityV1.model_validate({"id": name, "type": kind, "name": name, "mentions": (mention,)}))
        if index % 5 == 0:
            figure = str(about.figure)
            span = SpanV1(start=len(body), end=len(body) + len(figure), text=figure)
            body += figure + " "
            numbers.append(NumberV1(value=float(figure), unit="person", span=span))
        sentences.append(SentenceV1(start=start, end=len(body) - 1))
        body += ". "
    return ExtractedArticleV1(
        article_id=f"a{number:07d}", version_id="v1", source_id=f"s{number}", outlet=f"outlet {number % 97}",
        headline=None, body=body, received_at=received,
        published=PublicationDateV1(value=received.date().isoformat(), precision="day", source="header", confidence=1),
        identified=LanguageV1(language=language, iso639_3=iso, script="Latn", confidence=1, model_version="bench"),
        extracted=ExtractionV1(sentences=tuple(sentences), entities=tuple(entities), numbers=tuple(numbers)),
    )  # fmt: skip


def fill(state: State, events: list[Event]) -> None:
    """Put the articles of all events into window, lineage book and ledger at once, as a restart does.

    What an event is about is its own; what its articles said is taken from a few that came over the wire.
    """
    chance = random.Random(1)
    desk = state.desks[ExtractedArticleV1.model_fields["subject"].default] = Desk(state.weights, state.settings)
    prints: dict[int, Fingerprint] = {}
    traces: list[Trace] = []
    kept: dict[str, tuple[Kept, ...]] = {}
    said = [_said(state, chance, each) for each in events[:TEMPLATES]]
    for number, each in enumerate(events):
        known, packed = said[number % len(said)]
        found = fingerprint(_reading(each, number), state.weights, state.settings)
        about = replace(known, day=found.day, features=_features(each, state))
        for position in range(len(prints), len(prints) + each.articles):
            name = f"a{position:07d}"
            prints[position] = _own(found, name)
            traces.append(replace(about, article_id=name, order=(*about.order[:1], "", name), places=(position,),
                                  outlet=f"outlet {position % 97}", sketch=_sketch(chance)))  # fmt: skip
            own = zlib.compress(packed.replace(known.article_id.encode(), name.encode()), 6)
            kept[name] = (Kept("v1", LAST, own, False, LAST.toordinal()),)
    desk.versions.restore(kept)
    desk.window.restore(prints, list(_edges(events)))
    desk.lineage.restore(traces, {})
    desk.watermark = date.fromordinal(LAST.toordinal())
    desk.relink_all()
    desk.ledger.update({s: Entry(1, "open", articles=m, links=_links(desk, s)) for s, m in desk.window.members.items()})


def _said(state: State, chance: random.Random, each: Event) -> tuple[Trace, bytes]:
    message = article(chance, each, chance.randrange(10**6), LAST)
    return trace(article_of(message), state.weights.feature), zlib.decompress(pack(account_of(message)))


def _reading(each: Event, number: int) -> Reading:
    """What the grouping reads of an event's articles, without the wire."""
    names = [(KINDS[kind][0], word(n, kind[:2])) for kind, drawn in each.named.items() for n in drawn]
    marks = [Mark(f"{letter}:{name}", "body", place) for place, (letter, name) in enumerate(names)]
    marks += [Mark(f"N:{each.figure}", "body", len(names))]
    text = " ".join([word(w, LANGUAGES[number % 4][1]) for w in each.words] + [name for _, name in names])
    day = START + timedelta(days=each.day)
    return Reading("", LANGUAGES[number % 4][1], day.date().isoformat(), day.toordinal(), True,
                   (Passage("body", 0, text),), tuple(marks))  # fmt: skip


def _features(each: Event, state: State):  # type: ignore[no-untyped-def]  # the packed features of copies
    rows = tuple(
        tuple(f"E:{word(drawn[n % len(drawn)], kind[:2])}" for kind, drawn in each.named.items())
        for n in range(SENTENCES)
    )
    return pack_features(rows, state.weights.feature)


def _links(desk: Desk, story: str) -> tuple[StoryLink, ...]:
    return tuple(StoryLink(found.story_id, found.relation, found.score) for found in desk.links.links(story))


def _own(found: Fingerprint, name: str) -> Fingerprint:
    """A fellow's fingerprint: the same content in memory of its own."""
    keys = array("I", found.keys)
    features, words, places = (
        Vector(array("I", held.keys), array("f", held.weights)) for held in (found.features, found.words, found.places)
    )
    order = (found.order[0], name)
    days = array("I", found.day_keys)
    return replace(found, article_id=name, order=order, keys=keys, features=features, words=words, places=places,
                   day_keys=days)  # fmt: skip


def _sketch(chance: random.Random) -> Sketch:
    hashes = array("I", sorted(set(array("I", chance.randbytes(4 * 190)))))
    return Sketch(len(hashes), ALL_HASHES, hashes, array("I", hashes[:4]))


def _edges(events: list[Event]) -> Iterator[tuple[int, ...]]:
    """Fellows of an event are joined, nobody else."""
    first = 0
    for each in events:
        for number in range(first, first + each.articles):
            fellows = range(number + 1, first + each.articles)
            yield (number, *(part for other in fellows for part in (other, 400_000)))
        first += each.articles
