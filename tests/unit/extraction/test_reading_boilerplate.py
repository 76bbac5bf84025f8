"""What is not the article is told apart from it."""

from itertools import pairwise

import pytest

from tests.unit.extraction.reading_samples import article, seen

TEXT = "The mayor opened the bridge on Monday. Hundreds of people crossed it on foot before noon.\n\n"


@pytest.mark.parametrize(
    "opening",
    [
        "به گزارش خبرگزاری نمونه به نقل از رویترز، ",
        "باشگاه خبرنگاران جوان؛ نرگس احمدی - ",
        "خبرگزاری نمونه: ",
        "باريس (أ ف ب) - ",
        "لندن 3 مايو 2025 (شينخوا) ",
        "GENEVA (Reuters) – ",
        "OSLO: ",
        "ЖЕНЕВА, 3 мая. /ТАСС/. ",
        "ЖЕНЕВА, 3 мая - РИА Новости. ",
        "بيروت (لبنان)- “صوت الميناء”: ",
        "إيلاف من بيروت: ",
        "وليد الحداد - مسقط في السبت 3 مايو 2025 07:20 صباحاً - ",
    ],
)
def test_an_opening_is_cut_and_the_sentence_stays(opening: str) -> None:
    """Datelines, bylines and «به گزارش» openings go; the sentence behind them is read."""
    body = f"{opening}the delegates have agreed on a new timetable for the talks.\nThey meet again in June."
    assert "".join(seen(body, "boilerplate")).strip() == opening.strip()
    assert seen(body, "paragraph")[0].startswith("the delegates")


@pytest.mark.parametrize(
    "line",
    [
        "Read also: Harbour ferry returns to service",
        "Читайте також: У порту відкрили новий причал",
        "اقرأ أيضا: افتتاح مرفأ جديد",
        "بیشتر بخوانید  بندر تازه گشایش یافت",
        "Фото: Ирина Громова / Агентство",
        "Опубліковано: 3 травня 2025 17:32",
        "انتهای پیام/",
        "منبع: رویترز",
        "РЕКЛАМА:",
        "__",
        "Новости / В мире / Переговоры",
        "(Reporting by Ann Lee; editing by Tom Fox)",
        "Follow us on Telegram",
        "A ferry leaves the harbour. Ann Lee/Pool via AP",
    ],
)
def test_a_line_of_boilerplate_between_paragraphs_is_seen(line: str) -> None:
    """Captions, links to other stories, stamps, sign-offs, advertisements and footers are boilerplate, whole."""
    assert seen(f"{TEXT}{line}\n\n{TEXT}", "boilerplate") == [line]


def test_a_headline_after_read_also_belongs_to_it() -> None:
    """The headline that stands alone below "read also" is another story's."""
    body = f"{TEXT}Читайте також:\n\nУ порту відкрили новий причал\n\n{TEXT}"
    assert seen(body, "boilerplate") == ["Читайте також:\n\nУ порту відкрили новий причал"]


def test_everything_after_a_related_heading_is_gone() -> None:
    """What stands below "you may also like" is no part of the article."""
    body = f"{TEXT}قد يعجبك أيضا\n\nقصة أخرى تماما عن ميناء بعيد\n\nوقصة ثالثة عن سباق خيول في الجبال."
    assert len(seen(body, "boilerplate")) == 1
    assert len(seen(body, "paragraph")) == 1


def test_a_caption_takes_the_title_above_its_credit() -> None:
    """A short line glued above a photo credit is the caption's first half."""
    caption = "Міст через річку\nВид з берега. Фото: Архів"
    assert seen(f"{TEXT}{caption}\n\n{TEXT}", "boilerplate") == [caption]


def test_contributors_below_a_rule_are_a_footer() -> None:
    """After a rule near the end stand those who wrote it, and where to read more."""
    footer = "__\nAnn Lee in Geneva; Tom Fox in Oslo."
    body = f"{TEXT * 4}{footer}"
    assert seen(body, "boilerplate") == footer.split("\n")


def test_a_copula_dash_is_no_byline() -> None:
    """«Мета поїздки – переговори» is a sentence, not an author."""
    assert seen("Мета поїздки – переговори про новий міст.\nЇх ведуть міністри двох країн.", "boilerplate") == []


def test_an_age_in_brackets_is_no_dateline() -> None:
    """A bracket without dash or agency behind a name is text."""
    assert seen("Anna Berg (47) has opened the bridge. She leads the city.\nThe river is wide.", "boilerplate") == []


def test_a_repeated_lead_is_a_repeat() -> None:
    """A paragraph that says the same again counts once."""
    lead = "The mayor opened the bridge on Monday with a speech."
    assert seen(f"{lead}\n\nHundreds of people came.\n\n{lead}", "repeat") == [lead]


def test_a_pull_quote_is_boilerplate() -> None:
    """An unfinished line between paragraphs whose words stand in one of them catches the eye, no more."""
    quote = "we will cross every river in this land"
    body = f"{TEXT}{quote}\n\nThe mayor said that we will cross every river in this land and thanked them.\n\n{TEXT}"
    assert quote in seen(body, "boilerplate")


def test_a_body_without_headline_gives_its_first_line_as_headline() -> None:
    """Where the headline stands in the body, it is a headline there."""
    assert seen(f"Bridge opens after ten years\n{TEXT}{TEXT}More is to come.", "headline", headline=None) == [
        "Bridge opens after ten years"
    ]


def test_subheads_stand_between_paragraphs() -> None:
    """A short unfinished line before a longer paragraph is a sub-heading."""
    assert seen(
        f"{TEXT}A long way\n\nThe work took ten years and cost more than the city had planned.\n\nThe last word.",
        "subhead",
    ) == ["A long way"]


def test_blocks_are_in_order_and_do_not_overlap() -> None:
    """Blocks of a part can be read one after the other."""
    blocks = [b.span for b in article(f"OSLO: {TEXT}Фото: Архів\n\n{TEXT}").blocks if b.span.part == "body"]
    assert all(one.end <= two.start for one, two in pairwise(blocks))


@pytest.mark.parametrize(
    "sentence",
    [
        "Shares fell on Monday.",
        "Published reports say the deal is near.",
        "Terms of the deal were not disclosed.",
        "شارك في الاجتماع عشرون زعيما.",
        "انضم إلى الاجتماع وزير الخارجية.",
        "وقالت وكالات الإغاثة إن الوضع صعب.",
        "Погода погіршиться у вівторок.",
        "Related crimes rose last year.",
        "Image of the country has changed since then.",
    ],
)
def test_a_sentence_that_begins_like_boilerplate_stays(sentence: str) -> None:
    """A short sentence that shares its first word with a button or a stamp is text."""
    assert seen(f"{TEXT}{sentence}\n\nThe last word is not yet spoken.", "boilerplate") == []
