"""Which articles carry one text of one source, and how many independent sources a story has."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.features import Weight
from services.deduplication.domain.copies.groups import Links, grouped
from services.deduplication.domain.copies.lineage import ORIGINAL, Lineage, relate
from services.deduplication.domain.copies.sketch import words
from services.deduplication.domain.copies.trace import Trace, trace


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Articles that carry one and the same text of one source, in whatever language; earliest first."""

    dispatch_id: str
    agency: str | None
    articles: tuple[str, ...]
    languages: tuple[str, ...]
    outlets: tuple[str, ...]
    sources: frozenset[str]
    """Who stands behind it: agencies, or the outlet that has it first; empty where "agencies" is all that is said."""


def dispatches(articles: Iterable[Article], weight: Weight) -> tuple[Dispatch, ...]:
    """Group a story's articles into dispatches: a function of the set of articles, whatever their order."""
    traces = [trace(article, weight) for article in _newest(articles)]
    return dispatches_of(traces, links_of(traces))


def links_of(traces: Iterable[Trace]) -> dict[str, dict[str, Lineage]]:
    """Every lineage between two of these articles."""
    links: dict[str, dict[str, Lineage]] = {}
    for earlier, later in combinations(sorted(traces, key=lambda item: item.order), 2):
        link = relate(later, earlier)
        if link is not None:
            links.setdefault(later.article_id, {})[earlier.article_id] = link
    return links


def dispatches_of(traces: Iterable[Trace], links: Links) -> tuple[Dispatch, ...]:
    """Group articles whose lineages are known; the strongest first, so that a weak one never joins two agencies."""
    by_id = {item.article_id: item for item in traces}
    members = grouped({name: item.agencies for name, item in by_id.items()}, links)
    made = [_dispatch([by_id[name] for name in names]) for names in members]
    return tuple(sorted(made, key=lambda dispatch: by_id[dispatch.articles[0]].order))


def lineage_in(dispatch: Dispatch, article_id: str, links: Links) -> Lineage:
    """What an article is to an earlier one of its dispatch: its strongest lineage, the earliest where they tie."""
    place = {name: index for index, name in enumerate(dispatch.articles)}
    own = [link for earlier, link in links.get(article_id, {}).items() if earlier in place]
    return max(own, key=lambda link: (link.strength, -place[link.to or ""]), default=ORIGINAL)


def independent_sources(found: Iterable[Dispatch]) -> int:
    """How many sources confirm each other. Dispatches of one agency or one outlet are one source, and a republished
    text whose source is not named adds reach, not confirmation."""
    heads: dict[str, str] = {}
    unnamed = 0
    for dispatch in found:
        names = sorted(dispatch.sources)
        unnamed += not names
        for name in names:
            heads[_head(heads, name)] = _head(heads, names[0])
    return sum(1 for name, head in heads.items() if name == head) or min(unnamed, 1)


def _head(heads: dict[str, str], name: str) -> str:
    """The source that stands for everybody joined with `name`."""
    while heads.setdefault(name, name) != name:
        heads[name] = heads[heads[name]]
        name = heads[name]
    return name


def _newest(articles: Iterable[Article]) -> list[Article]:
    newest: dict[str, Article] = {}
    for article in sorted(articles, key=lambda item: (item.received, item.published, item.version_id)):
        newest[article.article_id] = article
    return list(newest.values())


def _dispatch(members: list[Trace]) -> Dispatch:
    members.sort(key=lambda item: item.order)
    return Dispatch(
        dispatch_id=f"dispatch:{members[0].article_id}",
        agency=_agency(members),
        articles=tuple(item.article_id for item in members),
        languages=tuple(sorted({item.language for item in members})),
        outlets=tuple(sorted({item.outlet for item in members if item.outlet})),
        sources=_sources(members),
    )


def _agency(members: list[Trace]) -> str | None:
    votes: dict[str, int] = {}
    for agency in (agency for item in members for agency in item.agencies):
        votes[agency] = votes.get(agency, 0) + 1
    return min(votes, key=lambda agency: (-votes[agency], agency), default=None)


def _sources(members: list[Trace]) -> frozenset[str]:
    agencies = frozenset(f"agency {agency}" for item in members for agency in item.agencies)
    first = members[0]
    if agencies or first.vague:
        return agencies
    return frozenset({f"outlet {' '.join(words(first.outlet))}" if first.outlet else f"article {first.article_id}"})
