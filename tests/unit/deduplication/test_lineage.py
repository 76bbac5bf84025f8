"""Lineage: what an article is to an earlier one, which articles are one dispatch, how many sources that makes."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.book import LineageBook
from services.deduplication.domain.copies.cues import announces_correction
from services.deduplication.domain.copies.dispatch import (
    Dispatch,
    dispatches,
    independent_sources,
    lineage_in,
    links_of,
)
from services.deduplication.domain.copies.lineage import ORIGINAL, Lineage, relate
from services.deduplication.domain.copies.trace import trace

SENTENCES = (
    "The harbour authority of Port Merrow said on Thursday that the new ferry pier will open three weeks late.",
    "Divers found two damaged piles under the eastern ramp during the last inspection, the engineer said.",
    "The repair is to cost about 410,000 crowns and will be paid by the builder.",
    "Until then the boats to the outer islands keep using the old landing near the fish market.",
    "Shop owners along the quay asked the town council for a lower rent, and the mayor promised an answer.",
)
FEATURES = (
    ("E:merrow", "E:harbour_authority", "D:2026-03-05", "C:ferry"),
    ("N:22", "E:engineer_lund", "C:inspection"),
    ("N:410000", "E:builder_aas"),
    ("E:outer_islands", "E:fish_market", "C:ferry"),
    ("E:town_council", "E:mayor_holm", "C:rent", "N:15"),
)
SAID_ELSEWHERE = (
    ("E:merrow", "C:ferry", "D:2026-03-05"),
    ("E:mayor_holm", "C:rent", "E:opposition_berg"),
    ("E:fishers_union", "N:90", "E:merrow"),
    ("E:harbour_authority", "N:12", "E:outer_islands"),
)


def weight(feature: str) -> float:
    """Names and numbers weigh more than concepts."""
    return 1.0 if feature.startswith("C:") else 2.0


def article(name: str, day: int = 5, **given: Any) -> Article:
    """An English article of the ferry story."""
    base = Article(
        article_id=name,
        version_id=f"{name}-1",
        source_id=f"source-{name}",
        language="eng",
        published=f"2026-03-{day:02}",
        received=f"2026-03-{day:02}T10:00:00Z",
        published_day=739_000 + day,
        outlet=f"outlet-{name}",
        headline="Ferry pier opens late",
        sentences=SENTENCES,
        features=FEATURES,
    )
    return replace(base, **given)


def translated(name: str, language: str = "arb", **given: Any) -> Article:
    """The same features sentence for sentence, in other words."""
    other_words = tuple(f"{language} {number} {' '.join(sentence)}" for number, sentence in enumerate(FEATURES))
    return article(name, language=language, sentences=other_words, **given)


def own_report(name: str, language: str = "eng", **given: Any) -> Article:
    """Another report of the same event."""
    words = tuple(f"{language} {number} own words {' '.join(item)}" for number, item in enumerate(SAID_ELSEWHERE))
    return article(name, language=language, sentences=words, features=SAID_ELSEWHERE, **given)


def lineage(later: Article, earlier: Article) -> Lineage | None:
    """What the later article is to the earlier."""
    return relate(trace(later, weight), trace(earlier, weight))


def relation(later: Article, earlier: Article) -> str | None:
    """The relation alone."""
    found = lineage(later, earlier)
    return found.relation if found else None


def test_the_same_text_in_another_outlet_is_a_copy_with_its_evidence() -> None:
    """A copy says how much of the text it shares."""
    found = lineage(article("b"), article("a"))
    assert found is not None
    assert (found.relation, found.to, found.score) == ("copy_of", "a", 1.0)
    assert found.evidence["containment"] == 1.0


@pytest.mark.parametrize("same", [{"source_id": "s"}, {"url": "https://merrow.example/1"}])
def test_the_same_source_or_url_is_a_version_even_when_rewritten(same: dict[str, Any]) -> None:
    """What a publisher puts under its own address replaces what stood there."""
    assert relation(own_report("b", **same), article("a", **same)) == "version_of"


def test_the_same_outlet_printing_its_text_again_is_a_version() -> None:
    """An outlet does not copy itself; it prints again."""
    assert relation(article("b", outlet="Merrow Post"), article("a", outlet="Merrow Post")) == "version_of"


@pytest.mark.parametrize(
    "headline",
    [
        "CORRECTION: ferry pier opens late",
        "Ferry pier opens late (corrected)",
        "Rectificatif : la jetée ouvrira en retard",
        "Уточнення: причал відкриють пізніше",
        "ИСПРАВЛЕНО - причал откроют позже",
        "تصحيح: تأخر افتتاح الرصيف",
        "اصلاحیه: اسکله دیرتر باز می‌شود",
        "تصحیح / بندر دیرتر باز می شود",
    ],
)
def test_a_version_that_says_so_corrects(headline: str) -> None:
    """A correction is told from an update by the outlet's own word, in seven languages."""
    assert relation(article("b", url="u", headline=headline), article("a", url="u")) == "corrects"


@pytest.mark.parametrize(
    "headline",
    [
        "The mayor wants the correction of the budget plan to be discussed before summer",
        "Market correction wipes out gains of the week, brokers say",
        "Correction of the coast line will take ten years",
        "توضیح وزارت بنادر: اسکله دیرتر باز می‌شود",
        "تصحيح مسار الميناء يبدأ في الصيف",
        "",
    ],
)
def test_a_headline_about_a_correction_is_not_one(headline: str) -> None:
    """The cue stands first or last and is set off from the headline by a sign."""
    assert not announces_correction(headline)
    assert relation(article("b", url="u", headline=headline), article("a", url="u")) == "version_of"


@pytest.mark.parametrize(
    "line",
    [
        "An earlier version of this article named the wrong pier.",
        "Correction: the pier is twelve metres long.",
        "Cet article a été corrigé jeudi soir.",
        "В предыдущей версии текста была ошибка в названии причала.",
        "تم تصحيح اسم الرصيف في هذا الخبر.",
        "در نسخه قبلی این خبر نام اسکله اشتباه بود.",
    ],
)
def test_a_line_below_the_text_that_says_so_corrects(line: str) -> None:
    """Many outlets explain a correction in the first or last line instead of the headline."""
    corrected = article("b", url="u", sentences=(*SENTENCES, line))
    assert relation(corrected, article("a", url="u")) == "corrects"


def test_a_revised_article_is_a_version_of_itself() -> None:
    """An article that replaces its own earlier version says so where nothing else is said of it."""
    book = LineageBook(weight)
    book.put(trace(article("a"), weight, replaces=True))
    (found,) = book.dispatches("a")
    assert book.lineage(found, "a") == Lineage("version_of", "a", 1.0, {"because": "replaces"})
    book.put(trace(article("a", headline="CORRECTION: ferry pier opens late"), weight, replaces=True))
    assert book.lineage(found, "a").relation == "corrects"


def test_sentence_for_sentence_the_same_in_another_language_is_a_translation() -> None:
    """The same names, numbers and days in the same order are a translation, whoever prints it."""
    found = lineage(translated("b"), article("a"))
    assert found is not None
    assert (found.relation, found.to) == ("translation_of", "a")
    assert found.evidence["cover"] == 1.0


def test_the_same_facts_in_another_order_and_company_are_another_report() -> None:
    """One event has the same people and places in every report; that alone is no lineage."""
    assert relation(own_report("b", language="arb"), article("a")) is None


def test_two_credited_agencies_are_never_one_dispatch() -> None:
    """An explicit credit decides against the best alignment."""
    assert relation(translated("b", credits=("reuters",)), article("a", credits=("ap",))) is None


def test_a_chain_of_credits_is_one_dispatch_with_its_source() -> None:
    """An outlet that names its agency and that agency's source agrees with either."""
    assert relation(translated("b", credits=("mehr", "tass")), article("a", credits=("tass",))) == "translation_of"


def test_a_week_later_the_same_features_are_not_the_same_dispatch() -> None:
    """Without shared words a dispatch does not travel for a week."""
    assert relation(translated("b", day=14), article("a", day=5)) is None


def test_a_shared_credit_lets_an_abridged_text_be_the_same_dispatch() -> None:
    """The same agency and half the sentences in order suffice when the outlet names the agency."""
    kept = (FEATURES[0], FEATURES[1], FEATURES[2] + ("E:insurer_vik",), FEATURES[4])
    shorter = article("b", language="fra", features=kept, sentences=("tout autre texte",), credits=("ap",))
    assert relation(shorter, article("a", credits=("ap",))) in ("same_dispatch", "translation_of")


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
