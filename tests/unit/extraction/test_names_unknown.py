"""People without an entry, and candidates for the curator."""

import pytest

from services.extraction.domain.names import find_entities, skeleton, suggest
from tests.unit.extraction.names_samples import article, entities, gazetteer


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("eng", "Prosecutor Helena Vandenbroek said so.", "Helena Vandenbroek"),
        ("fra", "Selon Mathilde Courtepierre, tout va bien.", "Mathilde Courtepierre"),
        ("ukr", "Про це розповіла Олена Перепічка.", "Олена Перепічка"),
        ("rus", "Сообщил Алексей Пустозвонов.", "Алексей Пустозвонов"),
        ("prs", "عبدالحکیم نورستانزی گفت که راه بسته است.", "عبدالحکیم نورستانزی"),
        ("arb", "وقالت ماريا فاديفسكا إن الطريق مغلق.", "ماريا فاديفسكا"),
    ],
)
def test_a_person_is_known_by_the_given_name(language: str, text: str, name: str) -> None:
    """A given name with a further name behind it is a person, entry or not."""
    found = [one for one in entities(article(text, language)).values() if one.id.startswith("unknown:")]
    assert [one.name for one in found] == [name]
    assert found[0].type == "person"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("سرپرست شفاخانه، تورپیکی صافی، گفت که دوا رسید.", "تورپیکی صافی"),
        ("گلبرگ شالیزاری، شهردار شیراز، راه را باز کرد.", "گلبرگ شالیزاری"),
        ("«گلبرگ شالیزاری» سفیر تازه دیروز آمد.", "گلبرگ شالیزاری"),
        ("نورمحمد پامیرزوی راه را باز کرد.", "نورمحمد پامیرزوی"),
        ("صفت‌الله هلمندوال راه را باز کرد.", "صفت‌الله هلمندوال"),
    ],
)
def test_a_role_beside_it_makes_a_persian_name(text: str, name: str) -> None:
    """Uncommon words that stand alone beside a role, and devout given names, are people."""
    found = [one for one in entities(article(text, "prs")).values() if one.id.startswith("unknown:")]
    assert [one.name for one in found] == [name]


def test_a_role_alone_or_plural_is_no_persian_name() -> None:
    """Between commas an office or a group of people is no name."""
    text = "سرپرست شفاخانه، فرستاده خاص، گفت. والی شهر، مسوولان محلی، و حزب‌الله لبنان آمدند."
    assert not [one for one in entities(article(text, "prs")) if one.startswith("unknown:")]


def test_the_surname_of_an_unknown_person_follows() -> None:
    """Once introduced, the surname alone is a mention of the same person."""
    text = "Helena Vandenbroek spoke. Then Vandenbroek left."
    (person,) = entities(article(text, "eng")).values()
    assert [m.via for m in person.mentions] == ["name", "surname"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("eng", "The Apollo Gallery opened on Sunday. Prices rose."),
        ("arb", "على المدى الطويل يجب أن نفكر."),
        ("pes", "روی میز مذاکره است، اما تغییری نکرد."),
        ("rus", "Северные Курилы и Дальний Восток."),
    ],
)
def test_capitals_and_prepositions_make_no_person(language: str, text: str) -> None:
    """Galleries, days, prepositions and regions are nobody."""
    assert not [key for key in entities(article(text, language)) if key.startswith("unknown:")]


@pytest.mark.parametrize(
    "names",
    [
        ("Witkoff", "Віткофф", "ویتکاف", "ويتكوف"),
        ("Putin", "Путін", "پوتین", "بوتين"),
        ("Merz", "Мерц", "مرتس"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(names: tuple[str, ...]) -> None:
    """The key is the same in Latin, Cyrillic and Arabic letters, give or take a consonant that scripts write apart."""
    keys = [skeleton(name) for name in names]
    assert len({key[0] for key in keys}) == 1
    assert all(abs(len(a) - len(b)) <= 1 for a in keys for b in keys)


def test_unknown_names_are_proposed_with_every_place() -> None:
    """A capitalised name inside a sentence that no entry covers is a candidate; one that is covered is not."""
    page = article("The firm Kvadrosol sued. A judge told Kvadrosol and Macron to wait.", "eng")
    found = suggest(page, find_entities(page, gazetteer()), gazetteer())
    (candidate,) = found
    assert candidate.text == "Kvadrosol"
    assert [page.surface(span) for span in candidate.spans] == ["Kvadrosol", "Kvadrosol"]


def test_nothing_is_proposed_from_boilerplate() -> None:
    """Names of menus are no candidates."""
    page = article("He left. See also the Kvadrosol story.", "eng", boilerplate="See also the Kvadrosol story.")
    assert suggest(page, (), gazetteer()) == ()
