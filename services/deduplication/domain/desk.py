"""The desk: articles of one subject come in, changed stories go out. The order of the articles does not matter."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from services.deduplication.domain.actors import is_collective
from services.deduplication.domain.article import Article
from services.deduplication.domain.consolidation.account import Account
from services.deduplication.domain.consolidation.compose import compose
from services.deduplication.domain.consolidation.draft import Draft, Drafts
from services.deduplication.domain.consolidation.keep import AccountCache, pack
from services.deduplication.domain.consolidation.ledger import (
    Difference,
    Entry,
    State,
    difference,
    dropped,
    entry_of,
    is_due,
    links_only,
    redirect_of,
)
from services.deduplication.domain.consolidation.reach import read_in_full
from services.deduplication.domain.consolidation.story import Story, StoryLink
from services.deduplication.domain.consolidation.written import Written
from services.deduplication.domain.copies.book import LineageBook
from services.deduplication.domain.copies.trace import trace
from services.deduplication.domain.origins import Origins
from services.deduplication.domain.stories.fingerprint import fingerprint
from services.deduplication.domain.stories.links import LinkBook, Profile, profile_of
from services.deduplication.domain.stories.reading import Reading
from services.deduplication.domain.stories.settings import StorySettings
from services.deduplication.domain.stories.weights import Weights
from services.deduplication.domain.stories.window import Window
from services.deduplication.domain.versions import Kept, Standing, Versions


@dataclass(frozen=True, slots=True)
class Arrival:
    """One version of one article, as the three parts of this room read it."""

    article: Article
    reading: Reading
    account: Account
    received: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """A new version of a story: what it is and how it is written, or a redirect where `story` is None."""

    story_id: str
    entry: Entry
    story: Story | None
    content: bytes
    kind: str
    difference: Difference = field(default_factory=Difference)
    split_from: str | None = None


class Desk:
    """All state of one subject."""

    def __init__(self, weights: Weights, settings: StorySettings) -> None:
        self.weights, self.settings = weights, settings
        self.window = Window(settings)
        self.versions = Versions()
        self.lineage = LineageBook(weights.feature)
        self.links = LinkBook()
        self.ledger: dict[str, Entry] = {}
        self.watermark = date.min
        self._accounts = AccountCache()
        self._drafts = Drafts()

    def take(self, arrival: Arrival) -> list[Publication]:
        """Let an article in and tell what it changed; a repeat changes nothing."""
        article_id = arrival.account.article_id
        standing = self.versions.put(article_id, self._kept(arrival))
        if standing is None:
            return []
        origins, touched = Origins(), {article_id}
        if standing.replaces:
            origins.note(self.window.remove(article_id))
        touched |= self._trace(arrival.article, standing)
        if standing.newest:
            origins.note(self.window.add(fingerprint(arrival.reading, self.weights, self.settings)))
        affected = origins.stories | {self.window.story[a] for a in touched}
        corrected = None if standing.first else article_id
        return self._publish(affected, origins, corrected) + self._pass_time(arrival.received)

    def _kept(self, arrival: Arrival) -> Kept:
        account, day = arrival.account, max(arrival.received.date(), self.watermark)
        packed = pack(account)
        self._accounts.hold(packed, account)
        return Kept(account.version_id, arrival.received, packed, account.stage == "preview", day.toordinal())

    def _trace(self, article: Article, standing: Standing) -> set[str]:
        """Let the lineage book know of a version; ids of all whose lineage changed."""
        if standing.newest:
            before = self.lineage.remove(article.article_id) if standing.replaces else set()
            return before | self.lineage.put(trace(article, self.weights.feature, replaces=not standing.first))
        known = self.lineage.trace_of(article.article_id)
        return set() if known.replaces else self.lineage.put(replace(known, replaces=True))

    def _publish(self, affected: Iterable[str], origins: Origins, corrected: str | None) -> list[Publication]:
        standing = sorted(s for s in affected if s in self.window.members)
        gone = sorted(s for s in affected if s not in self.window.members)
        linked: set[str] = set()
        for story in gone:
            self._drafts.drop(story)
            linked |= self.links.drop(story)
        for story in standing:
            self._drafts.spoil(story)
            linked |= self.links.put(self._outline(story))
        also = sorted(linked - set(standing) - set(gone))
        found = [self._issue(s, origins.of(s, self.window), corrected) for s in standing]
        found += [self._issue(s, None, None) for s in also if self._links_changed(s)]
        return [p for p in [*found, *map(self._redirect, gone)] if p is not None]

    def _outline(self, story: str) -> Profile:
        members = self.window.members[story]
        announced = all(self.versions.newest(a).preview for a in members)
        return profile_of(story, self.window.prints_of(story), announced)

    def standing(self, story_id: str) -> Publication:
        """What a story is now, as if it had never been published."""
        story, written = self._drafted(story_id)
        entry = entry_of(story, written, self._open(story_id), None)
        assert entry is not None
        return Publication(story_id, entry, story, written.content, "created")

    def _drafted(self, story_id: str) -> tuple[Story, Written]:
        """The story as it is told now, and as it is written."""
        draft = self._drafts.of(story_id, partial(self._compose, story_id))
        assert draft.story is not None
        return replace(draft.story, related=self._related(story_id)), draft.written()

    def relink_all(self) -> None:
        """Outline every story anew, as after a snapshot."""
        for story in sorted(self.window.members):
            self.links.enter(self._outline(story))

    def _links_changed(self, story: str) -> bool:
        return self.ledger[story].links != self._related(story)

    def _related(self, story: str) -> tuple[StoryLink, ...]:
        return tuple(StoryLink(found.story_id, found.relation, found.score) for found in self.links.links(story))

    def _issue(self, story_id: str, origin: str | None, corrected: str | None) -> Publication | None:
        """The next version of a story, where there is anything new about it."""
        (story, written), last = self._drafted(story_id), self.ledger.get(story_id)
        entry = entry_of(story, written, self._open(story_id), last)
        if entry is None:
            return None
        self.ledger[story_id] = entry
        kind = _kind(last, origin, corrected in entry.articles)
        new = replace(difference(last, entry), links_only=links_only(written, entry, last))
        return Publication(story_id, entry, story, written.content, kind, new, origin)

    def _redirect(self, story_id: str) -> Publication | None:
        last = self.ledger.get(story_id)
        if last is None or last.state in {"merged", "retracted"}:
            return None
        into = next((self.window.story[a] for a in last.articles if a in self.window.story), None)
        entry = self.ledger[story_id] = redirect_of(last, into, self.watermark.toordinal())
        return Publication(story_id, entry, None, b"", "merged" if into else "retracted")

    def _compose(self, story_id: str, draft: Draft) -> Story:
        members = self.window.members[story_id]
        dispatches = self.lineage.dispatches(members)
        read = read_in_full(dispatches)
        return compose(
            story_id,
            [self._account(a, a in read) for a in members],
            dispatches=dispatches,
            lineage={a: self.lineage.lineage(d, a) for d in dispatches for a in d.articles},
            matches=self.window.matches(story_id),
            collective=is_collective,
            draft=draft,
        )

    def _account(self, article_id: str, in_full: bool) -> Account:
        packed = self.versions.packed(article_id)
        return self._accounts.read(packed) if in_full else self._accounts.outline(packed)

    def _open(self, story_id: str) -> State:
        return "closed" if self._quiet_days(story_id) > self.settings.close_days else "open"

    def _quiet_days(self, story_id: str) -> int:
        newest = max(self.versions.newest(a).arrived for a in self.window.members[story_id])
        return self.watermark.toordinal() - newest

    def _pass_time(self, received: datetime) -> list[Publication]:
        """When a new day begins, close what has been quiet and drop what is long over."""
        if received.date() <= self.watermark:
            return []
        self.watermark, today = received.date(), received.toordinal()
        quiet = {story: self._quiet_days(story) for story in sorted(self.window.members)}
        ending = [s for s, days in quiet.items() if days > self.settings.close_days and self.ledger[s].state == "open"]
        published = [p for s in ending if (p := self._issue(s, None, None)) is not None]
        self._forget_oldest(quiet)
        self.ledger = {story: entry for story, entry in self.ledger.items() if not is_due(entry, today)}
        return published

    def _forget_oldest(self, quiet: dict[str, int]) -> None:
        """Drop what is long over, the longest first, while more is held than there is room for."""
        for story in sorted(quiet, key=lambda story: (-quiet[story], story)):
            if quiet[story] <= self.settings.retention_days or len(self.versions) <= self.settings.keep_articles:
                return
            self._forget(story)

    def _forget(self, story: str) -> None:
        self.links.drop(story)
        self._drafts.drop(story)
        self.ledger[story] = dropped(self.ledger[story], self.watermark.toordinal())
        for article_id in self.window.forget(story):
            self.versions.drop(article_id)
            for other in self.lineage.remove(article_id):
                self._drafts.spoil(self.window.story.get(other, story))


def _kind(last: Entry | None, origin: str | None, corrected: bool) -> str:
    if last is None or last.state in {"merged", "retracted"}:
        return "split" if origin else "created"
    return "corrected" if corrected else "updated"
