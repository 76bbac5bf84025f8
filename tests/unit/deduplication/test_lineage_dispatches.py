"""Dispatches: which articles are one, how the book finds them, and how many independent sources they make."""

from dataclasses import replace
from itertools import permutations

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.book import LineageBook
from services.deduplication.domain.copies.dispatch import (
    Dispatch,
    dispatches,
    independent_sources,
    lineage_in,
    links_of,
)
from services.deduplication.domain.copies.lineage import ORIGINAL, Lineage
from services.deduplication.domain.copies.trace import trace
from tests.unit.deduplication.test_lineage import SENTENCES, article, own_report, translated, weight

WORDS = ("green", "long", "lower", "northern", "quiet", "stone")


def all_in(found: tuple[Dispatch, ...]) -> set[frozenset[str]]:
    """The partition alone."""
    return {frozenset(dispatch.articles) for dispatch in found}


STORY = (
    article("a", credits=("ap",)),
    article("b", day=6),
    translated("c", day=6, credits=("ap",)),
    own_report("d", credits=("reuters",)),
    own_report("e", language="arb", day=6),
)


def test_a_story_is_cut_into_its_dispatches() -> None:
    """The copy and the translation are the agency's dispatch; the other agency's report and its translation another."""
    assert all_in(dispatches(STORY, weight)) == {frozenset("abc"), frozenset("de")}


def test_dispatches_do_not_depend_on_the_order_of_arrival() -> None:
    """The same articles give the same dispatches, ids and lineage included."""
    expected = dispatches(STORY, weight)
    assert all(dispatches(order, weight) == expected for order in permutations(STORY))


def test_a_dispatch_is_named_after_its_earliest_article() -> None:
    """The id is the earliest member's, and every other member says what it is to an earlier one."""
    found = next(item for item in dispatches(STORY, weight) if "a" in item.articles)
    assert found.dispatch_id == "dispatch:a"
    assert found.agency == "ap"
    assert found.languages == ("arb", "eng")
    links = links_of(trace(item, weight) for item in STORY)
    assert lineage_in(found, "a", links) == ORIGINAL
    assert {lineage_in(found, name, links).to for name in "bc"} <= set("abc")


def test_copies_do_not_carry_one_agencys_dispatch_into_anothers() -> None:
    """An uncredited copy never joins two agencies."""
    story = (
        article("a", credits=("ap",)),
        translated("b", credits=("afp",)),
        translated("c", language="rus"),
    )
    found = dispatches(story, weight)
    assert not any({"a", "b"} <= set(dispatch.articles) for dispatch in found)


def test_only_the_newest_version_of_an_article_counts() -> None:
    """A replaced version is neither a second article nor a second source."""
    old = article("a")
    new = replace(own_report("a"), version_id="a-2", received="2026-03-07T10:00:00Z")
    found = dispatches((new, old), weight)
    assert all_in(found) == {frozenset("a")}


def test_a_dispatch_counts_once_however_many_outlets_and_languages_carry_it() -> None:
    """No double counting: copies and translations add reach, not confirmation."""
    story = (article("a"), article("b"), translated("c"), translated("d", language="pes"))
    assert independent_sources(dispatches(story, weight)) == 1


def test_two_agencies_are_two_sources() -> None:
    """Own reports of different agencies confirm each other."""
    story = (article("a", credits=("ap",)), own_report("b", credits=("reuters",)))
    assert independent_sources(dispatches(story, weight)) == 2


def test_two_dispatches_of_one_agency_are_one_source() -> None:
    """An agency does not confirm itself."""
    story = (article("a", credits=("ap",)), own_report("b", credits=("ap",)))
    assert len(dispatches(story, weight)) == 2
    assert independent_sources(dispatches(story, weight)) == 1


def test_two_own_texts_of_one_outlet_are_one_source() -> None:
    """An outlet does not confirm itself either."""
    story = (article("a", outlet="Merrow Post"), own_report("b", outlet="merrow post"))
    assert independent_sources(dispatches(story, weight)) == 1


def test_a_text_that_only_says_agencies_confirms_nothing() -> None:
    """A vague credit adds reach; alone in a story it is still one source."""
    vague = own_report("b", credits=("agencies",))
    story = (article("a", credits=("ap",)), vague)
    assert independent_sources(dispatches(story, weight)) == 1
    assert independent_sources(dispatches((vague,), weight)) == 1


def test_no_articles_have_no_sources() -> None:
    """Nothing is confirmed by nobody."""
    assert independent_sources(dispatches((), weight)) == 0


def booked(order: tuple[Article, ...]) -> LineageBook:
    """A lineage book these articles came into in this order."""
    book = LineageBook(weight)
    for item in order:
        book.add(item)
    return book


def test_the_book_says_what_comparing_all_pairs_says() -> None:
    """Candidates from the index lose no lineage, and the order of arrival changes none."""
    expected = dispatches(STORY, weight)
    links = links_of(trace(item, weight) for item in STORY)
    for order in permutations(STORY):
        book = booked(order)
        assert book.dispatches("abcde") == expected
        for dispatch in expected:
            for name in dispatch.articles:
                assert book.lineage(dispatch, name) == lineage_in(dispatch, name, links)


def test_the_book_tells_whose_lineage_an_arrival_changes() -> None:
    """Only the articles that share a text are touched."""
    book = booked(STORY[:2])
    assert book.add(own_report("z")) == set()
    assert book.add(article("c")) == {"a", "b"}
    assert book.related("c") == {"a", "b"}


def test_a_removed_article_leaves_no_lineage_behind() -> None:
    """What is taken out of the book was never there."""
    book = booked(STORY)
    assert book.remove("a") == {"b", "c"}
    assert book.remove("a") == set()
    assert book.dispatches("bcde") == dispatches(STORY[1:], weight)


def test_a_new_version_takes_the_old_ones_place_in_the_book() -> None:
    """A rewritten article is no longer a copy."""
    book = booked(STORY)
    assert book.add(own_report("b", language="rus", day=6)) >= {"a", "c"}
    assert "a" not in book.related("b")
    assert len(book) == len(STORY)


def test_a_text_that_two_hundred_outlets_print_is_one_dispatch_and_few_links() -> None:
    """Links are bounded for each article, and the dispatch is whole all the same."""
    names = [f"{number:03}" for number in range(200)]
    same = booked(tuple(article(name) for name in names))
    assert [len(found.articles) for found in same.dispatches(names)] == [200]
    intro = tuple(article(name, sentences=(f"Outlet number {name} of the isles.", *SENTENCES)) for name in names)
    near = booked(intro)
    assert [len(found.articles) for found in near.dispatches(names)] == [200]
    assert independent_sources(near.dispatches(names)) == 1
    assert near.links() <= 32 * 200


def test_an_empty_book_remembers_nothing() -> None:
    """Adding and removing leaves no link and no text behind."""
    book = booked(STORY)
    for item in STORY:
        book.remove(item.article_id)
    assert (len(book), book.links()) == (0, 0)


def test_a_revised_article_is_a_version_of_itself() -> None:
    """An article that replaces its own earlier version says so where nothing else is said of it."""
    book = LineageBook(weight)
    book.put(trace(article("a"), weight, replaces=True))
    (found,) = book.dispatches("a")
    assert book.lineage(found, "a") == Lineage("version_of", "a", 1.0, {"because": "replaces"})
    book.put(trace(article("a", headline="CORRECTION: ferry pier opens late"), weight, replaces=True))
    assert book.lineage(found, "a").relation == "corrects"


def test_a_round_up_does_not_join_the_texts_it_gathers() -> None:
    """A page of short news holds two dispatches and is part of one at most."""
    ferries = tuple(f"The {word} ferry of line {word} leaves the old pier at noon from now on." for word in WORDS)
    bridges = tuple(f"The {word} bridge over the river {word} is closed for repair until spring." for word in WORDS)
    story = (
        *(article(f"f{number}", sentences=ferries, features=()) for number in range(2)),
        *(article(f"b{number}", sentences=bridges, features=()) for number in range(2)),
        article("page", sentences=(*ferries, *bridges), features=()),
    )
    found = all_in(dispatches(story, weight))
    assert not any({"f0", "b0"} <= together for together in found)
    assert any({"f0", "f1"} <= together for together in found)
    assert any({"b0", "b1"} <= together for together in found)
