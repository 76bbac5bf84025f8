"""The articles of a story by the dispatch they carry: what is a copy, a translation, a version of what, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.messages.story import DispatchV1, LineageV1, StoryArticleV1, StoryV1
from services.gateway.board.catalogue import Words
from services.gateway.board.dates import Moment, moment
from services.gateway.board.scripts import language_name
from services.gateway.board.story.sources import Source, Sources, source_of
from services.gateway.board.texts import Text

_SHARES = ("containment", "jaccard", "cover")
MOST_ROWS = 25
_COUNTS = ("words", "features", "sentences")


@dataclass(frozen=True, slots=True)
class Row:
    """One article and what it is to another one."""

    source: Source
    headline: Text | None
    language: str
    published: Moment
    relation: str
    """The words before and after `other`, with a NUL where its name stands."""
    other: Source | None
    evidence: tuple[str, ...]
    stage: str

    @property
    def relation_parts(self) -> tuple[str, str]:
        """The words before the other article's name, and those after it."""
        before, _, after = self.relation.partition("\0")
        return before, after


@dataclass(frozen=True, slots=True)
class Group:
    """A dispatch."""

    dispatch_id: str
    agency: str | None
    outlet: Text | None
    languages: tuple[str, ...]
    articles: int
    rows: tuple[Row, ...]
    """The first of them; of a dispatch that everybody prints, the page stays readable."""


def groups(story: StoryV1, words: Words) -> list[Group]:
    """The dispatches, the most printed first; every article counts in exactly one."""
    articles = {article.article_id: article for article in story.articles}
    sources = Sources(story)
    members = [(dispatch, _members(dispatch, articles)) for dispatch in _dispatches(story)]
    ranked = sorted(members, key=lambda each: (-len(each[1]), each[0].dispatch_id))
    return [_group(dispatch, inside, sources, words) for dispatch, inside in ranked if inside]


def strands(story: StoryV1) -> tuple[int, ...]:
    """How many articles each independent source has, most first; empty where that cannot be told from the dispatches.

    Dispatches of one agency, or of one outlet where no agency is credited, are one source.
    """
    articles = {article.article_id: article for article in story.articles}
    counts: dict[str, int] = {}
    for dispatch in _dispatches(story):
        inside = _members(dispatch, articles)
        outlet = next((article.outlet for article in inside if article.outlet), None)
        who = f"agency:{dispatch.agency}" if dispatch.agency else f"outlet:{outlet or dispatch.dispatch_id}"
        counts[who] = counts.get(who, 0) + len(inside)
    told = tuple(sorted((count for count in counts.values() if count), reverse=True))
    return told if len(told) == story.independent_sources else ()


def _dispatches(story: StoryV1) -> list[DispatchV1]:
    """Those the story lists, and one for each article that none of them holds."""
    held = {name for dispatch in story.dispatches for name in dispatch.articles}
    alone = [
        DispatchV1(
            dispatch_id=article.dispatch_id, agency=None, articles=(article.article_id,), languages=(article.language,)
        )
        for article in story.articles
        if article.article_id not in held
    ]
    return [*story.dispatches, *alone]


def _members(dispatch: DispatchV1, articles: dict[str, StoryArticleV1]) -> list[StoryArticleV1]:
    inside = [articles[name] for name in dict.fromkeys(dispatch.articles) if name in articles]
    return sorted(inside, key=lambda article: (article.lineage.relation != "original", article.published))


def _group(dispatch: DispatchV1, inside: list[StoryArticleV1], sources: Sources, words: Words) -> Group:
    outlet = next((article for article in inside if article.outlet), None)
    return Group(
        dispatch_id=dispatch.dispatch_id,
        agency=dispatch.agency,
        outlet=Text(outlet.outlet or "", outlet.language) if outlet else None,
        languages=tuple(dict.fromkeys(language_name(article.language, words.interface) for article in inside)),
        articles=len(inside),
        rows=tuple(_row(article, sources, words) for article in inside[:MOST_ROWS]),
    )


def _row(article: StoryArticleV1, sources: Sources, words: Words) -> Row:
    lineage = article.lineage
    itself = lineage.to == article.article_id
    key = f"relation.replaces_{lineage.relation}" if itself else f"relation.{lineage.relation}"
    shown = words("relation.original") if lineage.relation == "original" else _with_gap(key, words)
    return Row(
        source=source_of(article),
        headline=Text(article.headline, article.language) if article.headline else None,
        language=language_name(article.language, words.interface),
        published=moment(article.published, words),
        relation=shown,
        other=sources[lineage.to] if lineage.to and not itself else None,
        evidence=tuple(_evidence(lineage, words)),
        stage=words(f"stage.{article.stage}"),
    )


def _with_gap(key: str, words: Words) -> str:
    """The relation with a NUL for the other article, which the template links."""
    before, gap, after = str(words.table[key]).partition("{other}")
    return before + ("\0" if gap else "") + after


def _evidence(lineage: LineageV1, words: Words) -> Iterator[str]:
    if lineage.score is not None and lineage.relation != "original":
        yield words("evidence.score", value=words.share(lineage.score))
    for name, value in lineage.evidence.items():
        if isinstance(value, str):
            if f"evidence.{name}_{value}" in words.table:
                yield words(f"evidence.{name}_{value}")
        elif name in _SHARES:
            yield words(f"evidence.{name}", value=words.share(value))
        elif name in _COUNTS:
            yield words(f"count.{name}", n=int(value))
