"""Numbers of the news in seven languages: value, unit, qualifier, kind, one sample per kind of entry."""

import pytest

from tests.unit.extraction.quantity_samples import counted, numbers

E, F, A, U, R, P, D = "eng", "fra", "arb", "ukr", "rus", "pes", "prs"


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        (E, "Some twenty-five soldiers rested.", 25, "soldier"),
        (E, "They counted two hundred and six children.", 206, "child"),
        (E, "Half a million people left.", 500_000, "person"),
        (E, "A dozen countries signed.", 12, "country"),
        (E, "It lasted three and a half hours.", 3.5, "hour"),
        (E, "A city of a million and a half residents.", 1_500_000, "resident"),
        (E, "One person was hurt by the falling sign.", 1, "person"),
        (E, "A 28-point plan lay on the table.", 28, "point"),
        (E, "A 34-year-old baker won.", 34, "year of age"),
        (E, "The singer, aged 39, bowed.", 39, "year of age"),
        (E, "An 800,000-strong army was proposed.", 800_000, "soldier"),
        (E, "The quake had a magnitude of 7.7.", 7.7, "magnitude"),
        (E, "The toll of dead rose to 45.", 45, "death"),
        (E, "Twelve of Norway's allies agreed.", 12, "ally"),
        (E, "At least 45 were killed there.", 45, "death"),
        (E, "A quarter of a million people left.", 250_000, "person"),
        (F, "Quatre-vingt-dix-sept soldats sont partis.", 97, "soldier"),
        (F, "Soixante et onze blessés attendent.", 71, "injured person"),
        (F, "Deux cent cinquante maisons ont brûlé.", 250, "house"),
        (F, "Trois mille deux cents tonnes de blé.", 3200, "tonne"),
        (F, "Le parc a 1 200 arbres.", 1200, "tree"),
        (R, "Двадцати семи странам прислали письма.", 27, "country"),
        (R, "Сорок два солдата отдыхали.", 42, "soldier"),
        (R, "Две тысячи триста домов без света.", 2300, "house"),
        (R, "Прошло полтора года.", 1.5, "year"),
        (R, "39-летний пекарь победил.", 39, "year of age"),
        (R, "Число погибших выросло до 17.", 17, "death"),
        (U, "Тридцять п'ять країн надіслали листи.", 35, "country"),
        (U, "Обговорили 28-пунктний план.", 28, "point"),
        (U, "Двадцяти семи держав це не стосується.", 27, "country"),
        (U, "Обидві сторони мовчать.", 2, "party"),
        (U, "Таких держав двадцять шість.", 26, "country"),
        (U, "Прогнозують до мінус двадцяти п'яти.", -25, "degree Celsius"),
        (A, "وأصيب 120 بجروح.", 120, "injured person"),
        (A, "زعماء دول البلطيق الثلاث.", 3, "country"),
        (A, "حضر سبعة وعشرون زعيما.", 27, "leader"),
        (A, "دعيت الوفود الخمسة والثلاثين.", 35, "delegation"),
        (A, "وصل خمسة عشر قائدا.", 15, "leader"),
        (A, "غادر ثلاثمئة وخمسون جنديا.", 350, "soldier"),
        (A, "أربع وعشرون ساعة من المطر.", 24, "hour"),
        (A, "جيش من 800 ألف جندي.", 800_000, "soldier"),
        (A, "ثلاثة آلاف وخمسمئة منزل.", 3500, "house"),
        (A, "وقعت دولتان على البيان.", 2, "country"),
        (A, "غاب كلا الطرفين.", 2, "party"),
        (P, "سی‌وپنج هیئت آمدند.", 35, "delegation"),
        (P, "بیست‌وهفت رهبر نشستند.", 27, "leader"),
        (P, "هشتاد و نه نفر رفتند.", 89, "person"),
        (P, "ارتش هشتصدهزارنفری لازم است.", 800_000, "soldier"),
        (P, "دو میلیون و سیصد هزار نفر ماندند.", 2_300_000, "person"),
        (P, "زلزله ۷/۴ ریشتری بود.", 7.4, "magnitude"),
        (P, "سه ساعت و نیم طول کشید.", 3.5, "hour"),
        (P, "طرح ۲۸ ماده‌ای آماده است.", 28, "point"),
        (P, "شمار زخمی‌ها به ۴۱ رسید.", 41, "injured person"),
        (D, "بیست و هفت تن از رهبران آمدند.", 27, "leader"),
        (D, "پنج و نیم میلیون نفر رفتند.", 5_500_000, "person"),
        (D, "دو بار تماس تلیفونی داشتند.", 2, "call"),
        (D, "اردوی هشت صد هزار نفری می‌خواهند.", 800_000, "soldier"),
        (D, "۱۱۰ خانواده به قریه آمدند.", 110, "household"),
    ],
)
def test_a_number_is_read_with_what_it_counts(language: str, text: str, value: float, unit: str) -> None:
    """Digits and words of every language give the value and the canonical unit."""
    assert (value, unit) in [(one.value, one.unit) for one in numbers(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        (E, "It costs $50bn a year.", 50e9, "USD"),
        (E, "They spent €1.5 million.", 1.5e6, "EUR"),
        (F, "Un budget de 3,5 millions d'euros.", 3.5e6, "EUR"),
        (R, "Выделили 50 млрд долларов.", 50e9, "USD"),
        (R, "Потратили 1,5 млн рублей.", 1.5e6, "RUB"),
        (U, "Виділили 1,5 млн гривень.", 1.5e6, "UAH"),
        (R, "Экономия в десятки миллиардов евро.", 10e9, "EUR"),
        (A, "منحة من ملياري يورو.", 2e9, "EUR"),
        (A, "قرض قيمته 2.2 مليار دولار.", 2.2e9, "USD"),
        (P, "۵۰ میلیارد دلار وام گرفت.", 50e9, "USD"),
        (D, "۵۰ میلیون افغانی داد.", 50e6, "AFN"),
        (D, "نرخ آن ۷۱ اعشاریه ۲۰ افغانی است.", 71.2, "AFN"),
    ],
)
def test_money_has_its_currency(language: str, text: str, value: float, unit: str) -> None:
    """A sum of money is in units of its ISO currency, scales written out."""
    assert [(one.value, one.unit, one.kind) for one in numbers(text, language)] == [(value, unit, "money")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (E, "12.5% of it"),
        (E, "12.5 per cent of it"),
        (F, "12,5 % du total"),
        (R, "12,5 процента"),
        (U, "12,5 відсотка"),
        (A, "12.5 بالمئة"),
        (A, "12.5 في المئة"),
        (P, "۱۲٫۵ درصد"),
        (D, "۱۲/۵ فیصد"),
    ],
)
def test_percent_is_a_kind_of_its_own(language: str, text: str) -> None:
    """Every language's per cent, with its decimal sign."""
    assert [(one.value, one.kind) for one in numbers(text, language)] == [(12.5, "percent")]


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        (E, "Between 10 and 15 ships sailed.", 10, 15),
        (E, "Two or three officers spoke.", 2, 3),
        (E, "A cost of $5-7bn.", 5e9, 7e9),
        (F, "Entre 10 et 15 navires.", 10, 15),
        (R, "От 5 до 7 дронов.", 5, 7),
        (U, "Вітер 15-20 метрів на секунду.", 15, 20),
        (U, "Уночі +3...+8 °C.", 3, 8),
        (R, "Ночью -8...-3 градуса.", -8, -3),
        (A, "بين 10 و15 سفينة.", 10, 15),
        (A, "من 5 إلى 7 صواريخ.", 5, 7),
        (P, "بین ۱۰ تا ۱۵ کشتی.", 10, 15),
        (P, "یک یا دو مسئله مانده است.", 1, 2),
        (D, "دو سه موضوع باقی است.", 2, 3),
    ],
)
def test_a_range_is_one_number(language: str, text: str, low: float, high: float) -> None:
    """Both ends of a range stand in one number."""
    assert [(one.value, one.high) for one in numbers(text, language)] == [(low, high)]


@pytest.mark.parametrize(
    ("language", "text", "qualifier"),
    [
        (E, "More than 27 leaders came.", "more_than"),
        (E, "No more than 20 leaders came.", "up_to"),
        (E, "At least 20 leaders came.", "at_least"),
        (E, "Nearly 20 leaders came.", "about"),
        (E, "Fewer than 20 leaders came.", "less_than"),
        (E, "Dozens of leaders came.", "more_than"),
        (E, "20 leaders or more came.", "more_than"),
        (F, "Plus de 20 dirigeants.", "more_than"),
        (F, "Une vingtaine de dirigeants.", "about"),
        (F, "Au moins un mort.", "at_least"),
        (R, "Не менее 20 лидеров.", "at_least"),
        (R, "Свыше 20 лидеров.", "more_than"),
        (R, "Около 20 лидеров.", "about"),
        (U, "Понад 20 лідерів.", "more_than"),
        (U, "Щонайменше 20 лідерів.", "at_least"),
        (U, "До 20 лідерів.", "up_to"),
        (A, "أكثر من 20 زعيما.", "more_than"),
        (A, "ما لا يقل عن 20 زعيما.", "at_least"),
        (A, "نحو 20 زعيما.", "about"),
        (A, "مئات الجنود.", "more_than"),
        (P, "بیش از ۲۰ رهبر.", "more_than"),
        (P, "حدود ۲۰ رهبر.", "about"),
        (P, "دست‌کم ۲۰ رهبر.", "at_least"),
        (P, "کمتر از ۲۰ رهبر.", "less_than"),
        (D, "صدها جسد.", "more_than"),
    ],
)
def test_the_qualifier_goes_with_the_number(language: str, text: str, qualifier: str) -> None:
    """The longest qualifier beside the number is its own."""
    assert [one.qualifier for one in numbers(text, language)] == [qualifier]


@pytest.mark.parametrize("digits", ["1200", "1,200", "1 200", "1\u00a0200", "1\u202f200", "۱٬۲۰۰", "١٬٢٠٠", "1.200"])
def test_thousands_are_separated_in_every_way(digits: str) -> None:
    """All usual separators of thousands, in three digit sets."""
    assert [one.value for one in numbers(f"{digits} نفر", P)] == [1200]


@pytest.mark.parametrize(
    ("language", "text"), [(R, "7,125 км"), (F, "7,125 km"), (E, "7.125 km"), (P, "۷٫۱۲۵ کیلومتر")]
)
def test_the_decimal_sign_is_that_of_the_language(language: str, text: str) -> None:
    """A comma before three digits divides a fraction where the language writes fractions so."""
    assert [one.value for one in numbers(text, language)] == [7.125]


def test_a_number_without_a_noun_counts_what_the_one_before_it_counted() -> None:
    """Nine votes against four are four votes."""
    assert counted("بتسعة أصوات ضد أربعة", A) == [(9, "vote"), (4, "vote")]


def test_an_unknown_noun_keeps_its_place() -> None:
    """What the pack does not know has no unit, but its span."""
    one = numbers("Seven wombats slept.", E)[0]
    assert (one.unit, one.counted is not None) == (None, True)


def test_a_counted_meeting_is_an_ordinal() -> None:
    """The 15th meeting is no count."""
    assert [(one.value, one.kind) for one in numbers("كان هذا الاجتماع الخامس عشر.", A)] == [(15, "ordinal")]
    assert [(one.value, one.kind) for one in numbers("The 15th meeting opened.", E)] == [(15, "ordinal")]


def test_neither_nor_is_not_nine() -> None:
    """The Persian word for nine is also «neither»; before a noun alone it counts."""
    assert counted("توفان نه تلفات داشت و نه خسارت.", P) == []
    assert counted("نه کشور آمدند.", P) == [(9, "country")]


def test_what_lasts_has_no_age() -> None:
    """A war of three years is not three years old; a child is."""
    assert counted("جنگ سه‌ساله و کودک سه‌ساله", P) == [(3, "year"), (3, "year of age")]


def test_a_preposition_is_no_unit() -> None:
    """Of «per cent» and «kilometres an hour» in Arabic no word is a unit alone."""
    assert counted("خمسة في المئة", A) == [(5, "percent")]
    assert counted("20 كيلومترا في الساعة", A) == [(20, "kilometre per hour")]
    assert [one.unit for one in numbers("وصل 7 في غزة", A)] != ["percent"]


def test_a_plural_that_looks_dual_counts_nothing() -> None:
    """The Arabic plural of country ends as a dual does; only the oblique dual is sure."""
    assert counted("حضرت البلدان المجاورة.", A) == []
    assert counted("اتفاق بين البلدين", A) == [(2, "country")]
