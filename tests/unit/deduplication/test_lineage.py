"""Lineage: what an article is to an earlier one, which articles are one dispatch, how many sources that makes."""

from dataclasses import replace
from typing import Any

import pytest

from services.deduplication.domain.article import Article
from services.deduplication.domain.copies.cues import announces_correction
from services.deduplication.domain.copies.lineage import Lineage, relate
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
    return article(name, **{"language": language, "sentences": other_words, **given})


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


def test_an_endless_article_leaves_a_bounded_trace() -> None:
    """Neither a hundred thousand sentences nor a hundred thousand names make a trace large."""
    many = tuple((f"E:{number}", "N:7") for number in range(100_000))
    made = trace(article("a", sentences=("word " * 40_000,), features=many), weight)
    one_long = trace(article("b", features=(tuple(f"E:{number}" for number in range(100_000)),)), weight)
    assert len(made.features.numbers) <= 80 * 41
    assert len(one_long.features.numbers) <= 41
    assert relate(made, one_long) is None


def test_a_demonym_is_its_country_in_another_language() -> None:
    """One language says "the Russian leader", another "Russia's leader"."""
    as_noun = tuple(("E:russia", *sentence) for sentence in FEATURES)
    as_adjective = tuple(("C:russia_dem", *sentence) for sentence in FEATURES)
    earlier = article("a", features=as_noun)
    found = lineage(translated("b", features=as_adjective), earlier)
    assert found is not None
    assert found.evidence["cover"] == 1.0


def test_the_credited_agency_itself_is_no_feature() -> None:
    """That both texts name their agency proves nothing about the event."""
    credited = trace(article("a", features=(("E:ap", "E:merrow"),), credits=("ap",)), weight)
    assert credited.features.different == 1
