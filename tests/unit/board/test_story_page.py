"""A story's page: dispatches, figures, commitments, quotations, what changed."""

from contracts.messages.story import SourcedTextV1
from services.gateway.board.catalogue import words_in
from services.gateway.board.story import dispatches, figures, history, matrix, quotations
from services.gateway.board.story.card import story_card
from services.gateway.board.story.names import Names
from services.gateway.board.story.page import story_page
from tests.unit.board.stories import (
    article,
    dispatch,
    example_article,
    example_story,
    fact,
    story,
    support,
)

EN, FA = words_in("en"), words_in("fa")


def test_articles_stand_by_dispatch_the_original_first() -> None:
    """Six articles, two dispatches: copies and translations under their original, each naming what it is of."""
    groups = dispatches.groups(example_story(), EN)
    assert [(group.agency, len(group.rows)) for group in groups] == [("ap", 5), (None, 1)]
    first, *others = groups[0].rows
    assert first.relation == "first with this text"
    assert {row.relation_parts[0] for row in others} == {"copy of ", "translation of "}
    assert {row.other.outlet for row in others if row.other} == {"The Courier"}
    copy = next(row for row in others if row.relation_parts[0] == "copy of ")
    assert "100% of the shorter text is in both" in copy.evidence
    assert "the same agency is credited" in copy.evidence


def test_every_article_stands_in_exactly_one_group() -> None:
    """An article that no dispatch lists stands alone; one listed that the story lacks is left out."""
    told = story(article("a", "d"), article("b", "d"), article("c"), dispatches=(dispatch("d", "a", "b", "gone"),))
    groups = dispatches.groups(told, EN)
    assert sorted(row.source.article_id for group in groups for row in group.rows) == ["a", "b", "c"]


def test_a_dispatch_that_everybody_prints_stays_readable() -> None:
    """Of a thousand copies the page lists the first ones and counts the rest."""
    names = [f"a{number:04}" for number in range(1_000)]
    told = story(*(article(name, "d") for name in names), dispatches=(dispatch("d", *names),))
    (group,) = dispatches.groups(told, EN)
    assert (group.articles, len(group.rows)) == (1_000, dispatches.MOST_ROWS)


def test_a_correction_of_itself_names_no_other_article() -> None:
    """A newer version under the same id says that it corrects its own earlier one."""
    told = story(article("a", relation="corrects", to="a"), article("b", relation="copy_of", to="missing"))
    rows = {row.source.article_id: row for group in dispatches.groups(told, EN) for row in group.rows}
    assert (rows["a"].relation, rows["a"].other) == ("corrects its own earlier version", None)
    assert rows["b"].other is not None
    assert rows["b"].other.name is None


def test_strands_count_articles_by_independent_source() -> None:
    """Dispatches of one agency are one strand; where the count would contradict the story's, nothing is drawn."""
    inside = (article("a", "d"), article("b", "e"), article("c"))
    listed = (dispatch("d", "a", agency="ap"), dispatch("e", "b", agency="ap"), dispatch("dispatch:c", "c"))
    assert dispatches.strands(story(*inside, dispatches=listed, independent_sources=2)) == (2, 1)
    assert dispatches.strands(story(*inside, dispatches=listed, independent_sources=3)) == ()
    assert dispatches.strands(example_story()) == (5, 1)


def test_a_contradicting_figure_stands_with_its_sentence() -> None:
    """Each value has the sentences it stands in, one of each article; what is agreed is listed apart."""
    other = "The fire killed 14 people in Basel."
    differs = fact(
        "figure", "person", support("a", "12 person"), support("a", "12 person"),
        support("b", "14 person", other, "14"), state="differs",
    )  # fmt: skip
    agreed = fact("figure", "hour", support("a", "4 hour"), state="agreed")
    contested, settled = figures.figures(story(article("a"), article("b"), facts=(differs, agreed)), EN)
    assert [value.figure.amount for value in contested[0].values] == ["12", "14"]
    assert [[said.source.article_id for said in value.said] for value in contested[0].values] == [["a"], ["b"]]
    assert contested[0].values[1].said[0].excerpt.marked == "14"
    assert contested[0].state_words == "sources differ"
    assert [each.about.text for each in settled] == ["hours"]


def test_every_dispatch_is_heard_before_a_second_word_of_one() -> None:
    """Of many sentences for one value the first ones shown come from different dispatches; the rest is counted."""
    same = [support(f"a{n}", "12 person", dispatch_id="d") for n in range(6)]
    told = fact("figure", "person", *same, support("z", "12 person"), state="differs")
    (found,), _ = figures.figures(story(facts=(told,)), EN)
    assert [said.source.article_id for said in found.values[0].said][:2] == ["a0", "z"]
    assert found.values[0].more == 3


def test_commitments_are_a_matrix_with_the_modality_by_outlet() -> None:
    """Actors are rows, items columns; a cell holds each modality with those who report it."""
    promised = support("a", "promised", modality="promised")
    denied = support("b", "denied", modality="denied")
    told = story(
        article("a"), article("b"),
        facts=(
            fact("commitment", "us_backstop", promised, denied, actor="usa"),
            fact("commitment", "air_defence", promised, actor=None),
        ),
    )  # fmt: skip
    table = matrix.commitments(told, EN, Names(told, (), "en"))
    assert [item.text for item in table.items] == ["US backstop", "air defence"]
    assert [actor.text for actor, _ in table.rows] == ["usa", "nobody named"]
    cells = table.rows[0][1]
    assert [(entry.words, entry.said[0].source.outlet) for entry in cells[0]] == [
        ("promised", "Outlet of a"),
        ("denied", "Outlet of b"),
    ]
    assert cells[1] == ()


def test_quotations_stand_by_speaker_in_every_wording() -> None:
    """One utterance in two wordings has both; copies of the same words are one."""
    words, translated = "This is a beginning.", "این یک آغاز است."
    said = fact(
        "quotation", "Lena Hofer", support("a", "x", words, words), support("b", "x", words, words),
        support("c", "y", translated, translated),
    )  # fmt: skip
    told = story(article("a"), article("b"), article("c", language="fa-IR"), facts=(said,))
    (speaker,) = quotations.quotations(told, EN, Names(told, (), "en"))
    assert speaker.name.text == "Lena Hofer"
    assert [each.excerpt.marked for each in speaker.utterances[0].versions] == [words, translated]
    assert [each.excerpt.dir for each in speaker.utterances[0].versions] == ["ltr", "rtl"]


def test_what_changed_is_told_with_the_weightiest_first() -> None:
    """Articles, then what sources differ on, then the rest; what the page does not show is left out."""
    differs = fact("figure", "person", support("a", "12 person"), state="differs")
    agreed = fact("figure", "hour", support("a", "4 hour"), state="agreed")
    names = [f"fact added: {agreed.fact_id}", f"fact changed: {differs.fact_id}", "article added: a", "fact removed: x"]
    told = story(article("a"), facts=(agreed, differs), changed=(*names, "strange", "other: thing"))
    news = history.changed(told, EN, Names(told, (), "en")).news
    assert [each.what for each in news] == ["Article added", "Statement changed", "New statement"]
    assert news[1].values == ("12",)
    assert news[1].state == "sources differ"


def test_names_are_those_of_the_readers_language() -> None:
    """A place is named as the story's articles in the reader's language name it, else in English."""
    told = example_story()
    dari = example_article("dari")
    assert Names(told, (), "fa").of("geneva").text == "Geneva"
    named = Names(told, (dari,), "fa").of("geneva")
    assert (named.text, named.lang) == ("ژینو", "fa")
    assert Names(told, (dari,), "en").of("geneva").text == "Geneva"
    assert Names(told, (), "ar").of("never_heard_of").text == "never heard of"


def test_a_card_speaks_the_readers_language_where_a_source_does() -> None:
    """Persian readers get the Persian title; others English; the text carries its own language."""
    told = example_story()
    titles = {each.language: each.text for each in told.titles}
    assert (card := story_card(told, "updated", FA).title) is not None
    assert (card.text, card.lang) == (titles["fa-IR"], "fa-IR")
    assert (other := story_card(told, None, EN).title) is not None
    assert other.text == titles["en"]
    assert story_card(told, None, EN).differences == 1


def test_a_long_lead_is_cut_at_a_word() -> None:
    """A card stays a card."""
    text = "word " * 100
    lead = SourcedTextV1(language="en", text=text, article_id="a", span=support("a", "x", text, "word").span)
    shown = story_card(story(article("a"), leads=(lead,)), None, EN).lead
    assert shown is not None
    assert len(shown.text) < 290
    assert shown.text.endswith("word …")


def test_the_whole_page_is_drawn_in_every_language() -> None:
    """The example story gives a page with its languages, timeline and entities, the reader's language first."""
    page = story_page(example_story(), {"a55383089807b8be68391": example_article("dari")}, (), {}, FA)
    assert page.in_languages[0].language == "fa-IR"
    assert len(page.in_languages) == 5
    assert page.event_place is not None
    sentences = [day.sentence for day in page.timeline if day.sentence]
    assert "fa-AF" in {sentence.language for sentence in sentences}
    assert page.entities
