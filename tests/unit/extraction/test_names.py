"""Names are found in every spelling the outlets use, and look-alikes are told apart."""

import pytest

from tests.unit.extraction.names_samples import article, entities, surfaces


@pytest.mark.parametrize(
    ("language", "text", "entity", "surface"),
    [
        ("pes", "ولودیمیرزلنسکی به پاریس رفت.", "zelensky", "ولودیمیرزلنسکی"),
        ("pes", "دیدار در کی یف برگزار شد.", "kyiv", "کی یف"),
        ("pes", "سفر به کی‌یف آغاز شد.", "kyiv", "کی‌یف"),
        ("prs", "سخنگوی قصرسفید خبر داد.", "white_house", "قصرسفید"),
        ("arb", "وزارت الوفد لباريس غدا.", "paris", "باريس"),
        ("arb", "شكرا للولايات المتحدة على الدعم.", "usa", "لولايات المتحدة"),
        ("arb", "بالناتو وحده يتحقق ذلك.", "nato", "الناتو"),
        ("ukr", "Зустріч із Путіним скасовано.", "putin", "Путіним"),
        ("ukr", "Вибухи пролунали у Києві.", "kyiv", "Києві"),
        ("ukr", "Розмова з Володимиром Зеленським тривала годину.", "zelensky", "Володимиром Зеленським"),
        ("rus", "Совещание в Белом доме прошло без Макрона.", "macron", "Макрона"),
        ("rus", "Заявление сделали в МИДе соседней страны, а НАТО молчит.", "nato", "НАТО"),
        ("eng", "It was Zelenskiy's idea.", "zelensky", "Zelenskiy"),
        ("fra", "Le vote de l'Ukraine compte.", "ukraine", "Ukraine"),
        ("ukr", "Ніхто не чув путіна того дня.", "putin", "путіна"),
        ("rus", "Представители НАТ\u004f приехали.", "nato", "НАТ\u004f"),  # a Latin O
        ("rus", "\u0063ил \u041f\u0443\u0442\u0438\u043d\u0430 не хватило.", "putin", "Путина"),
    ],
)
def test_a_name_is_found_as_it_is_spelt_glued_bent_or_joined(
    language: str, text: str, entity: str, surface: str
) -> None:
    """Lost joiners, proclitics, case endings, elision, lower case on purpose and mixed alphabets do not hide a name."""
    assert surface in surfaces(text, language)[entity]


@pytest.mark.parametrize(
    ("language", "text", "entity"),
    [
        ("pes", "او یک کیف چرمی خرید.", "kyiv"),
        ("arb", "كيف يمكن أن يحدث ذلك؟", "kyiv"),
        ("pes", "ولادیمیر در پارک قدم زد.", "putin"),
        ("pes", "ولادیمیر در پارک قدم زد.", "zelensky"),
        ("eng", "Donald walked home and Mark stayed.", "trump"),
        ("eng", "Tell us what you think.", "usa"),
        ("ukr", "Кошти надійшли вчасно.", "costa"),
        ("eng", "The coalition government in the town fell.", "coalition_willing"),
    ],
)
def test_a_look_alike_is_no_name(language: str, text: str, entity: str) -> None:
    """A bag, a question word, a given name alone, a pronoun and a bare common noun name nobody."""
    assert entity not in surfaces(text, language)


@pytest.mark.parametrize(
    ("language", "text", "person", "surface"),
    [
        ("pes", "نخست‌وزیر بریتانیا سخن گفت.", "starmer", "نخست‌وزیر بریتانیا"),
        ("arb", "وتحدث الرئيس الأوكراني طويلا.", "zelensky", "الرئيس الأوكراني"),
        ("eng", "The French president left early.", "macron", "French president"),
        ("rus", "Глава Кремля промолчал.", "putin", "Глава Кремля"),
        ("ukr", "Виступив канцлер Німеччини.", "merz", "канцлер Німеччини"),
        ("fra", "Le chef de l'Etat français a parlé.", "macron", "chef de l'Etat français"),
        ("prs", "صدراعظم آلمان نیز آمد.", "merz", "صدراعظم آلمان"),
        ("arb", "واجتمع بالمستشار الألماني.", "merz", "المستشار الألماني"),
    ],
)
def test_a_role_that_stands_alone_means_its_holder(language: str, text: str, person: str, surface: str) -> None:
    """A role with its country is a mention of whoever holds it."""
    assert surfaces(text, language)[person] == [surface]


def test_a_role_means_whoever_held_it_on_that_day() -> None:
    """The president of the United States is another person before 20 January 2025."""
    text = "The US president signed the paper."
    assert "biden" in surfaces(text, "eng", "2025-01-19")
    assert "trump" in surfaces(text, "eng", "2025-01-20")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("eng", "Former French president François Hollande spoke."),
        ("rus", "Экс-президент Франции выступил."),
        ("arb", "وقال نائب الرئيس الفرنسي كلمة."),
        ("pes", "رئیس‌جمهور فرانسه، ژان دوپون، آمد."),
    ],
)
def test_a_former_deputy_or_named_holder_is_not_the_present_one(language: str, text: str) -> None:
    """Former, deputy, or another name right beside the role: the table does not decide."""
    assert "macron" not in surfaces(text, language)


def test_a_title_beside_the_name_is_no_second_mention() -> None:
    """«The French president, Emmanuel Macron» is one mention."""
    assert surfaces("The French president, Emmanuel Macron, spoke.", "eng")["macron"] == ["Emmanuel Macron"]


def test_a_shared_surname_goes_to_the_person_named_in_full() -> None:
    """Johnson is whoever of that name was introduced last."""
    found = surfaces("Boris Johnson arrived. Johnson waved.", "eng")
    assert found["johnson_b"] == ["Boris Johnson", "Johnson"]
    assert "johnson_m" not in found
    assert "johnson_b" not in surfaces("Johnson waved.", "eng")


def test_another_given_name_makes_another_person() -> None:
    """«Eric Trump» is not the president."""
    found = surfaces("Eric Trump and a certain Peter Trump met.", "eng")
    assert "trump" not in found
    assert found["trump_e"] == ["Eric Trump"]


def test_a_body_is_made_of_its_kind_and_its_country() -> None:
    """A ministry, an army, a government with a country is an organisation of its own."""
    assert surfaces("وزارت دفاع امریکا خبر داد.", "prs")["pentagon"] == ["وزارت دفاع امریکا"]
    found = entities(article("دولت آلمان بیانیه داد.", "pes"))
    assert found["germany_government"].name == "German government"
    assert "germany" in found


def test_european_governments_are_no_body() -> None:
    """A continent has no government of its own; its parliament and bank are the Union's."""
    found = surfaces("European governments watched the European parliament.", "eng")
    assert "europe_government" not in found
    assert "european_parliament" in found


def test_an_administration_is_an_organisation() -> None:
    """«The Trump administration» is named beside the person who leads it."""
    assert surfaces("The Trump administration refused.", "eng")["trump_admin"] == ["Trump administration"]


def test_short_forms_follow_the_full_one() -> None:
    """«التحالف» is the coalition of the willing where that is named, and nothing elsewhere."""
    assert surfaces("اجتمع تحالف الراغبين. وقرر التحالف ذلك.", "arb")["coalition_willing"] == [
        "تحالف الراغبين",
        "التحالف",
    ]
    assert "coalition_willing" not in surfaces("وقرر التحالف ذلك.", "arb")


@pytest.mark.parametrize(
    "name",
    ["коаліція охочих", "коаліції рішучих", "коаліцією бажаючих"],
)
def test_the_coalition_is_one_in_all_its_names(name: str) -> None:
    """Outlets translate the coalition's name in many ways, and bend them."""
    assert surfaces(f"Про це говорила {name} у вівторок.", "ukr")["coalition_willing"] == [name]


def test_one_wrong_letter_is_forgiven_beside_the_given_name() -> None:
    """«Стів Віктофф» is Witkoff; «Віктофф» alone is nobody."""
    assert surfaces("Приїхав Стів Віктофф.", "ukr")["witkoff"] == ["Стів Віктофф"]
    assert "witkoff" not in surfaces("Приїхав якийсь Віктофф.", "ukr")


def test_nothing_is_found_in_boilerplate_and_repeats() -> None:
    """Names of menus, tails and repeated leads are nobody's."""
    for kind in ("boilerplate", "repeat"):
        page = article("Putin spoke. Read also: Macron met Merz.", "eng", **{kind: "Read also: Macron met Merz."})
        assert set(entities(page)) == {"putin"}


def test_mentions_in_background_are_flagged() -> None:
    """What an older event is about stays marked as such."""
    page = article("Putin spoke. Earlier, Macron met Merz.", "eng", background="Earlier, Macron met Merz.")
    found = entities(page)
    assert not found["putin"].mentions[0].background
    assert found["macron"].mentions[0].background


def test_mentions_are_in_text_order_headline_first() -> None:
    """The headline's mention comes before the body's."""
    found = entities(article("Macron left.", "eng", headline="Macron stays"))
    assert [m.span.part for m in found["macron"].mentions] == ["headline", "body"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("rus", "Речь президентов США и России ждали долго.", {"trump", "putin"}),
        ("ukr", "Прем'єри Польщі та Італії Дональд Туск і Джорджа Мелоні поснідали.", {"tusk", "meloni"}),
        ("fra", "Les présidents russe et américain ont dîné tôt.", {"putin", "trump"}),
        ("ukr", "Вийшов очільник Росії, а за ним господар Білого дому.", {"putin", "trump"}),
        ("fra", "Le locataire de la Maison Blanche dort encore.", {"trump"}),
    ],
)
def test_a_role_of_several_countries_means_each_of_its_holders(language: str, text: str, expected: set[str]) -> None:
    """Plural roles go to each person; who heads a country or a house is its head of state."""
    people = {key: entity for key, entity in entities(article(text, language)).items() if entity.type == "person"}
    assert set(people) == expected


def test_a_role_before_the_names_is_no_mention() -> None:
    """«Premiers of X and Y A and B»: the names say it."""
    found = entities(article("Премьеры Польши и Италии Дональд Туск и Джорджа Мелони поели.", "rus"))
    assert [mention.via for mention in found["tusk"].mentions] == ["name"]


def test_a_foreign_ministry_is_not_ours() -> None:
    """A bare abbreviation with another country behind it is not the ministry it means alone."""
    assert "russia_foreign-ministry" not in surfaces("Так решил МИД Италии.", "rus")


def test_presidents_before_their_names_are_no_mention() -> None:
    """A word that means both a president and a chief does not bring the role back; an adjective makes no chief."""
    found = entities(article("Ссора президентов Украины и США - Владимира Зеленского и Дональда Трампа.", "rus"))
    assert [mention.via for mention in found["zelensky"].mentions] == ["name"]
    assert "putin" not in surfaces("Russia's chief gardener slept.", "eng")
