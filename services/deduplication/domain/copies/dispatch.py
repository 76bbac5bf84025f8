"""Which articles carry one text of one source, and how many independent sources a story has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.alignment import Weight
from services.deduplication.domain.copies.credits import agreement, named, only_vague
from services.deduplication.domain.copies.groups import Groups
from services.deduplication.domain.copies.lineage import ORIGINAL, Lineage, Read, read, relate
from services.deduplication.domain.copies.rules import WORD_FOR_WORD
from services.deduplication.domain.copies.sketch import words


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Articles that carry one and the same text of one source, in whatever language; earliest first."""

    dispatch_id: str
    agency: str | None
    articles: tuple[str, ...]
    languages: tuple[str, ...]
    outlets: tuple[str, ...]
    lineage: Mapping[str, Lineage]
    """Article id -> what the article is to an earlier one of this dispatch."""


def dispatches(articles: Iterable[Article], weight: Weight) -> tuple[Dispatch, ...]:
    """Group a story's articles into dispatches: a function of the set of articles, whatever their order."""
    reads = {item.article.article_id: item for item in map(read, _newest(articles))}
    links = _links(sorted(reads.values(), key=lambda item: item.article.order), weight)
    groups = Groups(reads)
    credited = {name: item.agencies for name, item in reads.items()}
    for later, link in sorted(links, key=lambda pair: (-_strength(pair[1]), pair[0], pair[1].to or "")):
        _join(groups, credited, later, link)
    made = [_dispatch([reads[name].article for name in members], links) for members in groups.all()]
    return tuple(sorted(made, key=lambda dispatch: dispatch.dispatch_id))


def independent_sources(found: Iterable[Dispatch], articles: Iterable[Article]) -> int:
    """How many sources confirm each other: dispatches of one agency or one outlet are one, and a republished text
    whose source is not named adds reach, not confirmation."""
    by_id = {article.article_id: article for article in articles}
    groups: list[set[str]] = []
    unnamed = 0
    for dispatch in found:
        keys = _source_keys(dispatch, by_id)
        if not keys:
            unnamed += 1
            continue
        for group in [group for group in groups if group & keys]:
            groups.remove(group)
            keys |= group
        groups.append(keys)
    return len(groups) or min(unnamed, 1)


def _newest(articles: Iterable[Article]) -> list[Article]:
    newest: dict[str, Article] = {}
    for article in articles:
        known = newest.get(article.article_id)
        if known is None or _version_order(article) > _version_order(known):
            newest[article.article_id] = article
    return list(newest.values())


def _version_order(article: Article) -> tuple[str, str, str]:
    return (article.received, article.published, article.version_id)


def _links(in_order: list[Read], weight: Weight) -> list[tuple[str, Lineage]]:
    pairs = ((later.article.article_id, relate(later, earlier, weight)) for earlier, later in combinations(in_order, 2))
    return [(name, link) for name, link in pairs if link is not None]


def _strength(link: Lineage) -> float:
    """Words prove more than features."""
    return (link.score or 0.0) + (0.0 if link.relation in ("translation_of", "same_dispatch") else 1.0)


def _join(groups: Groups, credited: dict[str, frozenset[str]], later: str, link: Lineage) -> None:
    """Two groups become one unless they credit different agencies; word for word the same text always does."""
    mine, yours = groups.find(later), groups.find(link.to or later)
    word_for_word = _strength(link) >= 1.0 + WORD_FOR_WORD
    if mine == yours or (agreement(credited[mine], credited[yours]) == "different" and not word_for_word):
        return
    both = credited[mine] | credited[yours]
    credited[groups.join(mine, yours)] = both


def _dispatch(members: list[Article], links: list[tuple[str, Lineage]]) -> Dispatch:
    members.sort(key=lambda article: article.order)
    names = tuple(article.article_id for article in members)
    return Dispatch(
        dispatch_id=f"dispatch:{names[0]}",
        agency=_agency(members),
        articles=names,
        languages=tuple(sorted({article.language for article in members})),
        outlets=tuple(sorted({article.outlet for article in members if article.outlet})),
        lineage={name: _best(name, frozenset(names), links) for name in names},
    )


def _agency(members: list[Article]) -> str | None:
    votes: dict[str, int] = {}
    for article in members:
        for agency in named(article.credits):
            votes[agency] = votes.get(agency, 0) + 1
    return min(votes, key=lambda agency: (-votes[agency], agency), default=None)


def _best(name: str, inside: frozenset[str], links: list[tuple[str, Lineage]]) -> Lineage:
    own = [link for later, link in links if later == name and link.to in inside]
    return max(own, key=lambda link: (_strength(link), link.to or ""), default=ORIGINAL)


def _source_keys(dispatch: Dispatch, by_id: Mapping[str, Article]) -> set[str]:
    members = [by_id[name] for name in dispatch.articles if name in by_id]
    agencies = {agency for article in members for agency in named(article.credits)}
    if agencies:
        return {f"agency:{agency}" for agency in agencies}
    first = members[0] if members else None
    if first is None or only_vague(first.credits):
        return set()
    return {f"outlet:{' '.join(words(first.outlet))}" if first.outlet else dispatch.dispatch_id}
