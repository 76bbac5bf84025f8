"""Search with the project's own folding, over spellings and languages."""

import pytest

from services.gateway.projection.values import StoryQuery
from tests.helpers.gateways import Gateway, entity, story

LELAND = entity("leland", "Mara Leland", "مارا للند", "Лелендом")
DORRIN = entity("dorrin", "Dorrin", "دورین", kind="place")


@pytest.fixture
def told(gateway: Gateway) -> Gateway:
    """Three stories about one person in three scripts, and one about somebody else."""
    gateway.tell(
        story(1, "Governor Leland opens the bridge", entities=(LELAND, DORRIN)),
        story(2, "للند پل را گشود", language="fa-IR", entities=(entity("leland", "Mara Leland", "للند"),)),
        story(3, "Леленд відкрила міст", language="uk", entities=(entity("leland", "Mara Leland", "Леленд"),)),
        story(4, "The olive harvest is poor", entities=(entity("oakes", "Tom Oakes"),)),
        story(5, "كِتاب‌خانهٔ شهر", language="fa-IR"),
    )
    return gateway


def _found(gateway: Gateway, text: str) -> set[str]:
    return {card.story_id.removeprefix("story-") for card in gateway.reader.stories(StoryQuery(text=text)).stories}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Leland", {"1", "2", "3"}),
        ("للند", {"1", "2", "3"}),
        ("لیلند", {"1", "2", "3"}),  # nobody wrote it so: the consonants say who is meant
        ("Леленда", {"1", "2", "3"}),
        ("LELAND", {"1", "2", "3"}),
        ("leland bridge", {"1"}),
        ("bridge olive", set()),
        ("کتابخانه", {"5"}),  # kaf, vowel mark, joiner and hamza folded
        ("oliv", {"4"}),
        ("harvest -- \"poor\" AND (olive) *", set()),
        ("harvest poor", {"4"}),
        ("Dorrin", {"1"}),
        ("دورين", {"1"}),
        ("oaks tom", set()),
        ("...", set()),
        ("Linden", set()),  # other consonants, another name
    ],
)  # fmt: skip
def test_a_search_finds_every_spelling(told: Gateway, text: str, found: set[str]) -> None:
    """Letters, marks and joiners are folded, a name finds its stories in every language, and every word must be met."""
    assert _found(told, text) == found


def test_zelensky_is_found_however_it_is_spelt(gateway: Gateway) -> None:
    """A search for زلنسکی finds زیلینسکی and Zelensky, and the other way round."""
    gateway.tell(
        story(1, "زیلینسکی آمد", language="fa-AF", entities=(entity("zelensky", "Volodymyr Zelensky", "زیلینسکی"),)),
        story(2, "Zelensky speaks", entities=(entity("zelensky", "Volodymyr Zelensky", "Zelensky"),)),
        story(3, "Another president speaks"),
    )  # fmt: skip
    for text in ("زلنسکی", "زیلینسکی", "Zelensky", "Zelenskyy", "Зеленський", "زيلينسكي"):
        assert _found(gateway, text) == {"1", "2"}, text


@pytest.mark.parametrize("text", ['"', "a" * 5000, "\x00", "٪" * 50, "NEAR(a b)", "words:bridge", "\u202e olive", "*"])
def test_a_hostile_search_is_only_a_search(told: Gateway, text: str) -> None:
    """No query is an error, whatever SQLite or FTS5 would make of it."""
    assert _found(told, text) <= {"1", "2", "3", "4", "5"}


def test_a_changed_story_is_found_by_its_new_words_only(told: Gateway) -> None:
    """The words of an older version do not find a story any more."""
    told.tell(story(4, "The lemon harvest is poor", version=2))
    assert _found(told, "olive") == set()
    assert _found(told, "lemon") == {"4"}
    assert _found(told, "oakes") == set()


def test_entities_are_found_by_the_beginning_of_any_name(told: Gateway) -> None:
    """Completion knows the names of every language, and how many stories each is in."""
    assert [(each.id, each.stories) for each in told.reader.entities("lel")] == [("leland", 3)]
    assert [each.id for each in told.reader.entities("لل")] == ["leland"]
    assert told.reader.entities("zz") == []
