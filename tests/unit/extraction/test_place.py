"""Where the thing reported happened."""

import pytest

from services.extraction.domain.place import event_place
from services.extraction.domain.reading import read
from services.extraction.domain.values import Entity, Mention, Span
from services.extraction.packs import boilerplate


def _place(body: str, language: str, named: dict[str, str], countries: tuple[str, ...] = ()) -> str | None:
    text = read(None, body, language, boilerplate.load())
    entities = []
    for identity, form in named.items():
        start = body.index(form)
        mention = Mention(Span("body", start, start + len(form)), "name")
        entities.append(Entity(identity, "place", identity, None, (mention,)))
    return event_place(text, entities, frozenset(countries))


@pytest.mark.parametrize(
    ("language", "body", "town", "capital"),
    [
        ("eng", "Moscow rejected the plan that ministers signed in Geneva.", "Geneva", "Moscow"),
        ("fas", "مسکو طرحی را که وزیران در ژنو امضا کردند رد کرد.", "ژنو", "مسکو"),
        ("arb", "رفضت موسكو الخطة التي وقعها الوزراء في جنيف.", "جنيف", "موسكو"),
        ("rus", "Москва отвергла план, который министры подписали в Женеве.", "Женеве", "Москва"),
        ("ukr", "Москва відкинула план, який міністри підписали у Женеві.", "Женеві", "Москва"),
        ("fra", "Moscou a rejeté le plan que les ministres ont signé à Genève.", "Genève", "Moscou"),
    ],
)
def test_a_capital_that_acts_is_not_where_it_happened(language: str, body: str, town: str, capital: str) -> None:
    """A place with a word that says where comes before a capital that stands for its government."""
    assert _place(body, language, {"capital": capital, "town": town}) == "town"


def test_a_town_is_more_precise_than_its_country() -> None:
    """Of two places where something is, the town decides."""
    body = "Talks were held in Switzerland, in Geneva, on Monday."
    assert _place(body, "eng", {"country": "Switzerland", "town": "Geneva"}, ("country",)) == "town"


def test_no_place_is_no_guess() -> None:
    """An article that names no place has none."""
    assert _place("The minister resigned on Monday.", "eng", {}) is None
