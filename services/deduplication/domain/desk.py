"""The desk: articles of one subject come in, changed stories go out. The order of the articles does not matter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from services.deduplication.domain.article import Article
from services.deduplication.domain.consolidation.account import Account
from services.deduplication.domain.consolidation.compose import compose
from services.deduplication.domain.consolidation.keep import pack, unpack
from services.deduplication.domain.consolidation.ledger import (
    Difference,
    Entry,
    State,
    difference,
    entry_of,
    redirect_of,
)
from services.deduplication.domain.consolidation.story import Lineage, Story, StoryLink
from services.deduplication.domain.lineage import LineageBook
from services.deduplication.domain.stories.fingerprint import fingerprint
from services.deduplication.domain.stories.links import LinkBook, profile_of
from services.deduplication.domain.stories.reading import Reading
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.domain.stories.weights import Weights
from services.deduplication.domain.stories.window import Regrouped, Window
from services.deduplication.domain.versions import Kept, Versions

_COLLECTIVE = ("coalition", "allies", "leaders", "europe", "eu", "nato", "european", "willing")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One version of one article, as the three parts of this room read it."""

    article: Article
    reading: Reading
    account: Account
    received: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """A new version of a story: its content, or a redirect where `story` is None."""

    story_id: str
    entry: Entry
    story: Story | None
    kind: str
    difference: Difference = field(default_factory=Difference)
    split_from: str | None = None


def is_collective(actor: str | None) -> bool:
    """Whether an actor is the alliance as a whole, or nobody named."""
    return actor is None or any(part in _COLLECTIVE for part in actor.replace("-", "_").split("_"))


class Desk:
    """All state of one subject."""

    def __init__(self, weights: Weights, settings: StorySettings) -> None:
        self.weights, self.settings = weights, settings
        self.window = Window(settings)
        self.versions = Versions()
        self.lineage = LineageBook()
        self.links = LinkBook()
        self.ledger: dict[str, Entry] = {}
        self.watermark = date.min

    def take(self, arrival: Arrival) -> list[Publication]:
        """Let an article in and tell what it changed; a repeat changes nothing."""
        article_id = arrival.account.article_id
        standing = self.versions.put(
            article_id, Kept(arrival.account.version_id, arrival.received, pack(arrival.account))
        )
        if standing is None:
            return []
        corrected = standing.is_new_version
        stories: dict[str, str | None] = {}
        if standing.replaces and article_id in self.window.handles:
            self._note(stories, self.window.remove(article_id))
            self.lineage.remove(article_id)
        touched: set[str] = set()
        if article_id not in self.window.handles:
            touched = self.lineage.add(arrival.article)
            self._note(stories, self.window.add(fingerprint(arrival.reading, self.weights, self.settings)))
        affected = set(stories) | {self.window.story[a] for a in touched | {article_id}}
        return self._publish(affected, stories, article_id if corrected else None) + self._pass_time(arrival.received)

    def _note(self, stories: dict[str, str | None], done: Regrouped) -> None:
        """Remember which stories changed; for a new one, which story it was split from."""
        origin = {a: story for story, members in done.before.items() for a in members}
        stories.update(dict.fromkeys(done.before))
        for story, members in done.after.items():
            parents = [origin[a] for a in members if a in origin and origin[a] != story]
            standing = [p for p in parents if p in self.window.members]
            stories[story] = standing[0] if standing and story not in done.before else None

    def _publish(
        self, affected: Iterable[str], origins: dict[str, str | None], corrected: str | None
    ) -> list[Publication]:
        gone = sorted(s for s in affected if s not in self.window.members)
        standing = sorted(s for s in affected if s in self.window.members)
        neighbours: set[str] = set()
        for story in gone:
            neighbours |= self.links.drop(story)
        for story in standing:
            neighbours |= self._relink(story)
        linked = sorted(n for n in neighbours - set(standing) if n in self.window.members)
        found = [self._state_of(s, origins.get(s), corrected) for s in [*standing, *linked]]
        return [p for p in found if p is not None] + [p for s in gone if (p := self._redirect(s)) is not None]

    def _relink(self, story: str) -> set[str]:
        members = self.window.members[story]
        prints = [self.window.prints[self.window.handles[a]] for a in members]
        announced = all(self._account(a).stage == "preview" for a in members[:20])
        return self.links.put(profile_of(story, prints, announced))

    def _state_of(self, story_id: str, origin: str | None, corrected: str | None) -> Publication | None:
        story, state = self._compose(story_id), self._open(story_id)
        last = self.ledger.get(story_id)
        entry = entry_of(story, state, last)
        if entry is None:
            return None
        self.ledger[story_id] = entry
        return Publication(
            story_id, entry, story, _kind(last, origin, corrected in entry.articles), difference(last, entry), origin
        )

    def _redirect(self, story_id: str) -> Publication | None:
        last = self.ledger.get(story_id)
        if last is None or last.state in {"merged", "retracted"}:
            return None
        into = next((self.window.story[a] for a in last.articles if a in self.window.story), None)
        entry = self.ledger[story_id] = redirect_of(last, into)
        return Publication(story_id, entry, None, "merged" if into else "retracted")

    def _compose(self, story_id: str) -> Story:
        accounts = [self._account(a) for a in self.window.members[story_id]]
        lineage = {a.article_id: self._lineage(a.article_id) for a in accounts}
        matches = {a.article_id: self._match(a.article_id) for a in accounts}
        related = [StoryLink(found.story_id, found.relation, found.score) for found in self.links.links(story_id)]
        return compose(story_id, accounts, lineage=lineage, matches=matches, related=related, collective=is_collective)

    def _account(self, article_id: str) -> Account:
        return unpack(self.versions.newest(article_id).packed)

    def _lineage(self, article_id: str) -> Lineage:
        return self.lineage.of(article_id)

    def _match(self, article_id: str) -> dict[str, float]:
        found = self.window.match(article_id)
        if found is None:
            return {}
        parts = {"score": found.score, "features": found.features, "words": found.words, "place": found.place,
                 "publication": found.publication, "event": found.event}  # fmt: skip
        return {name: round(value, 3) for name, value in parts.items()}

    def _open(self, story_id: str) -> State:
        newest = max(self.versions.newest(a).received.date() for a in self.window.members[story_id])
        return "closed" if (self.watermark - newest).days > self.settings.close_days else "open"

    def _pass_time(self, received: datetime) -> list[Publication]:
        """When a new day begins, close what has been quiet and drop what is long over."""
        if received.date() <= self.watermark:
            return []
        self.watermark = received.date()
        published = []
        for story in sorted(self.window.members):
            newest = max(self.versions.newest(a).received.date() for a in self.window.members[story])
            quiet = (self.watermark - newest).days
            if quiet > self.settings.close_days and self.ledger[story].state == "open":
                published += [p for p in (self._state_of(story, None, None),) if p]
            if quiet > self.settings.retention_days:
                self._forget(story)
        return published

    def _forget(self, story: str) -> None:
        self.links.drop(story)
        for article_id in self.window.forget(story):
            self.versions.drop(article_id)
            self.lineage.remove(article_id)


def _kind(last: Entry | None, origin: str | None, corrected: bool) -> str:
    if origin is not None:
        return "split"
    if last is None or last.state in {"merged", "retracted"}:
        return "created"
    return "corrected" if corrected else "updated"
