"""A story's page, whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.messages.extracted_article import ExtractedArticleV1
from contracts.messages.story import StoryV1
from contracts.messages.story_change import StoryChangeV1
from services.gateway.board.catalogue import Words
from services.gateway.board.dates import Moment, moment
from services.gateway.board.scripts import distance, language_name
from services.gateway.board.story import dispatches, figures, history, matrix, quotations, timeline
from services.gateway.board.story.card import title_of
from services.gateway.board.story.names import Names
from services.gateway.board.story.sources import Quoted, Sources
from services.gateway.board.texts import Text

MOST_ENTITIES = 24


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A story's title and lead in one of its languages."""

    name: str
    language: str
    title: Quoted | None
    lead: Quoted | None


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something the story is about."""

    id: str
    kind: str
    name: Text
    articles: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another story, as far as its title is known here."""

    story_id: str
    title: Text | None
    relation: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """What the template draws."""

    story: StoryV1
    title: Text | None
    updated: Moment
    state: str
    in_languages: list[InLanguage]
    event_day: Moment | None
    event_place: Text | None
    changed: history.Changed
    steps: list[history.Step]
    groups: list[dispatches.Group]
    strands: tuple[int, ...]
    contested: list[figures.FigureFact]
    settled: list[figures.FigureFact]
    commitments: matrix.Matrix
    positions: matrix.Matrix
    speakers: list[quotations.Speaker]
    timeline: list[timeline.Day]
    entities: list[Entity]
    related: list[Related]


def story_page(
    story: StoryV1,
    articles: Mapping[str, ExtractedArticleV1],
    changes: Iterable[StoryChangeV1],
    titles: Mapping[str, Text],
    words: Words,
) -> StoryPage:
    """The page of a story; `articles` are those of it that are held, `titles` those of related stories."""
    names = Names(story, articles.values(), words.interface)
    contested, settled = figures.figures(story, words)
    return StoryPage(
        story=story,
        title=title_of(story, words.interface),
        updated=moment(story.updated_at, words),
        state=words(f"state.{story.state}"),
        in_languages=_in_languages(story, words),
        event_day=moment(story.event.date, words) if story.event.date else None,
        event_place=names.of(story.event.place) if story.event.place else None,
        changed=history.changed(story, words, names),
        steps=[step for step in history.steps(changes, words) if step.version < story.version],
        groups=dispatches.groups(story, words),
        strands=dispatches.strands(story),
        contested=contested,
        settled=settled,
        commitments=matrix.commitments(story, words, names),
        positions=matrix.positions(story, words, names),
        speakers=quotations.quotations(story, words, names),
        timeline=timeline.timeline(story, articles, words),
        entities=_entities(story, words, names),
        related=[
            Related(link.story_id, titles.get(link.story_id), words(f"story_relation.{link.relation}"))
            for link in story.related
        ],
    )


def _in_languages(story: StoryV1, words: Words) -> list[InLanguage]:
    """Every language that has a title or a lead, the reader's first."""
    sources = Sources(story)
    titles = {title.language: sources.quoted(title) for title in reversed(story.titles)}
    leads = {lead.language: sources.quoted(lead) for lead in reversed(story.leads)}
    told = dict.fromkeys([*story.languages, *titles, *leads])
    languages = sorted(told, key=lambda each: distance(each, words.interface))
    return [
        InLanguage(language_name(each, words.interface), each, titles.get(each), leads.get(each))
        for each in languages
        if each in titles or each in leads
    ]


def _entities(story: StoryV1, words: Words, names: Names) -> list[Entity]:
    return [
        Entity(
            entity.id,
            words(f"mark.{entity.type}") if f"mark.{entity.type}" in words.table else entity.type,
            names.of(entity.id),
            words("count.articles", n=entity.articles),
        )
        for entity in story.entities[:MOST_ENTITIES]
    ]
