"""Put a story together from its articles."""

from collections.abc import Mapping, Sequence

from services.deduplication.domain.consolidation.account import Account
from services.deduplication.domain.consolidation.draft import Draft
from services.deduplication.domain.consolidation.events import event_facts, story_entities, story_event
from services.deduplication.domain.consolidation.facts import bounded, voices
from services.deduplication.domain.consolidation.figures import figure_facts
from services.deduplication.domain.consolidation.headlines import leads, spokesmen, titles
from services.deduplication.domain.consolidation.reach import heard
from services.deduplication.domain.consolidation.sources import Sources
from services.deduplication.domain.consolidation.story import Fact, Story, StoryArticle, StoryEvent
from services.deduplication.domain.consolidation.timeline import timeline
from services.deduplication.domain.consolidation.words import (
    Collective,
    commitment_facts,
    position_facts,
    quotation_facts,
)
from services.deduplication.domain.copies.dispatch import Dispatch
from services.deduplication.domain.copies.lineage import ORIGINAL, Lineage


def compose(
    story_id: str,
    accounts: Sequence[Account],
    *,
    dispatches: Sequence[Dispatch],
    lineage: Mapping[str, Lineage],
    matches: Mapping[str, dict[str, float]],
    collective: Collective,
    draft: Draft,
) -> Story:
    """The story of `accounts`, without its links: a function of what is in them, whatever order they came in."""
    ordered = sorted(accounts, key=lambda a: a.order)
    sources = Sources(dispatches)
    entities = story_entities(ordered)
    event = story_event(ordered, entities)
    ranked = spokesmen(ordered, [e.id for e in entities[:10]])
    return Story(
        story_id=story_id,
        first_published=ordered[0].published,
        last_published=max(account.published for account in ordered),
        titles=titles(ranked),
        leads=leads(ranked),
        event=event,
        articles=tuple(_article(a, sources, lineage, matches) for a in ordered),
        dispatches=tuple(dispatches),
        languages=tuple(sorted({account.language for account in ordered})),
        outlets=tuple(sorted({account.outlet for account in ordered if account.outlet})),
        independent_sources=sources.count(a.article_id for a in ordered),
        outcome_sources=sources.count(a.article_id for a in ordered if a.stage == "outcome"),
        facts=_facts(ordered, sources, event, collective, draft),
        entities=entities,
        timeline=timeline(ordered, event.date),
    )


def _facts(
    ordered: Sequence[Account], sources: Sources, event: StoryEvent, collective: Collective, draft: Draft
) -> tuple[Fact, ...]:
    voiced = heard(voices(ordered, sources))
    return bounded(
        event_facts(ordered, sources, event, draft)
        + figure_facts(voiced, draft)
        + commitment_facts(voiced, collective, draft)
        + position_facts(voiced, collective, draft)
        + quotation_facts(voiced, draft)
    )


def _article(
    account: Account,
    sources: Sources,
    lineage: Mapping[str, Lineage],
    matches: Mapping[str, dict[str, float]],
) -> StoryArticle:
    return StoryArticle(
        article_id=account.article_id,
        source_id=account.source_id,
        url=account.url,
        outlet=account.outlet,
        headline=account.headline.text if account.headline else None,
        language=account.language,
        published=account.published,
        published_source=account.published_source,
        dispatch_id=sources.dispatch_of[account.article_id],
        lineage=lineage.get(account.article_id, ORIGINAL),
        match=matches.get(account.article_id, {}),
        stage=account.stage,
    )
