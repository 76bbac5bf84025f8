"""Dispatches are a function of the set of articles, and no dispatch is ever counted twice."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.book import LineageBook
from services.deduplication.domain.copies.dispatch import dispatches, independent_sources

FEATURES = st.sampled_from([f"E:place{number}" for number in range(30)] + ["N:27", "N:35", "C:usa_dem", "D:2026-01-06"])
SENTENCE = st.lists(FEATURES, max_size=6).map(tuple)
TEXT = st.lists(SENTENCE, min_size=1, max_size=9).map(tuple)
CREDITS = st.sampled_from([(), (), ("ap",), ("reuters",), ("agencies",), ("mehr", "tass")])
LANGUAGES = st.sampled_from(["eng", "arb", "pes", "prs", "rus"])


def weight(feature: str) -> float:
    """Names weigh more than concepts."""
    return 0.5 if feature.startswith("C:") else 2.0


@st.composite
def stories(draw: st.DrawFn) -> list[Article]:
    """Some texts, each printed by some outlets, cut or translated, on some days."""
    made: list[Article] = []
    texts = draw(st.lists(TEXT, min_size=1, max_size=3))
    for number in range(draw(st.integers(1, 7))):
        features = draw(st.sampled_from(texts))
        kept = features[: draw(st.integers(max(1, len(features) // 2), len(features)))]
        language, day = draw(LANGUAGES), draw(st.integers(1, 9))
        made.append(
            Article(
                article_id=f"a{number}",
                version_id="1",
                source_id=f"s{number}",
                language=language,
                published=f"2026-01-{day:02}",
                received=f"2026-01-{day:02}T12:00:00Z",
                published_day=739_600 + day,
                outlet=f"outlet {draw(st.integers(0, 4))}",
                sentences=tuple(f"{language} said {' and '.join(sentence)} at last" for sentence in kept),
                features=kept,
                credits=draw(CREDITS),
            )
        )
    return made


@settings(deadline=None, max_examples=80)
@given(stories(), st.randoms(use_true_random=False))
def test_any_order_and_any_detour_gives_the_same_dispatches(story: list[Article], random: Random) -> None:
    """The book answers as comparing all pairs does, whatever came when and whatever was taken out again."""
    book, names = LineageBook(weight), [article.article_id for article in story]
    shuffled = random.sample(story, len(story))
    for article in shuffled:
        book.add(article)
    for article in random.sample(shuffled, len(shuffled) // 2):
        book.remove(article.article_id)
        book.add(article)
    assert book.dispatches(names) == dispatches(shuffled, weight) == dispatches(story, weight)


@settings(deadline=None, max_examples=80)
@given(stories())
def test_every_article_is_in_one_dispatch_and_points_to_an_earlier_one_of_it(story: list[Article]) -> None:
    """Dispatches part the story, and lineage never points forward or outside."""
    book, order = LineageBook(weight), {article.article_id: article.order for article in story}
    for article in story:
        book.add(article)
    found = book.dispatches(order)
    assert sorted(name for dispatch in found for name in dispatch.articles) == sorted(order)
    for dispatch in found:
        for name in dispatch.articles:
            to = book.lineage(dispatch, name).to
            assert to is None or (to in dispatch.articles and order[to] < order[name])
        assert not {"agency ap", "agency reuters"} <= dispatch.sources or _word_for_word(dispatch.articles, book)


def _word_for_word(names: tuple[str, ...], book: LineageBook) -> bool:
    """Only the very same words bring two agencies together."""
    (dispatch,) = book.dispatches(names)
    return any(book.lineage(dispatch, name).word_for_word for name in names)


@settings(deadline=None, max_examples=80)
@given(stories(), st.integers(1, 5))
def test_printing_a_text_again_confirms_nothing(story: list[Article], times: int) -> None:
    """However many outlets print an article word for word, the number of sources stays."""
    first = replace(
        story[0], sentences=(*story[0].sentences, "One two three four five six seven eight nine ten words.")
    )
    again = [
        replace(first, article_id=f"again{number}", source_id=f"again{number}", outlet=f"other outlet {number}")
        for number in range(times)
    ]
    before = independent_sources(dispatches([first], weight))
    assert independent_sources(dispatches([first, *again], weight)) == before
