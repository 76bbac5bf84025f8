"""Quotations: marks of every style, who said it, and what is no quotation."""

import pytest

from services.extraction.domain.speech import Quotations, find_quotations
from services.extraction.packs import speech
from tests.unit.extraction.speech_articles import article, cast


def quotations(body: str, language: str) -> Quotations:
    """Read a body with the real cues."""
    return find_quotations(article(body, language), cast(body), speech.load())


def told(body: str, language: str) -> list[tuple[str, str | None, str]]:
    """Kind, speaker (id, else the text's words) and words of each quotation."""
    found = quotations(body, language).quotations
    return [(one.kind, one.speaker or one.speaker_name, body[one.span.start : one.span.end]) for one in found]


@pytest.mark.parametrize(
    ("body", "language", "speaker", "words"),
    [
        (
            'Macron said: "We will not leave our friends alone."',
            "eng",
            "macron",
            "We will not leave our friends alone.",
        ),
        (
            "“We will not leave our friends alone,” said Macron.",
            "eng",
            "macron",
            "We will not leave our friends alone,",
        ),
        ("« Nous ne partirons pas demain », a déclaré Macron.", "fra", "macron", "Nous ne partirons pas demain"),
        ("„Ми завтра не підемо звідси“, — сказав Зеленський.", "ukr", "zelensky", "Ми завтра не підемо звідси"),
        ("»Мы завтра не уйдем отсюда«, — заявил Макрон.", "rus", "macron", "Мы завтра не уйдем отсюда"),
        ("زلنسکی در کی‌یف گفت: «ما فردا از اینجا نمی‌رویم.»", "pes", "zelensky", "ما فردا از اینجا نمی‌رویم."),
        ('وقال ماكرون للصحفيين: "لن نغادر هذا المكان غدا″.', "arb", "macron", "لن نغادر هذا المكان غدا"),
    ],
)
def test_every_style_of_marks_gives_the_words_and_their_speaker(
    body: str, language: str, speaker: str, words: str
) -> None:
    """Whatever the marks and the word order, the words inside are quoted and their speaker is the cue's subject."""
    assert told(body, language) == [("direct", speaker, words)]


@pytest.mark.parametrize(
    ("body", "language", "speaker", "words"),
    [
        ("Starmer said on Monday that the road would be long.", "eng", "starmer", "the road would be long"),
        ("The road would be long and cold, Starmer said.", "eng", "starmer", "The road would be long and cold"),
        ("According to Macron, the road would be long.", "eng", "macron", "the road would be long"),
        ("Macron a affirmé jeudi que la route serait longue.", "fra", "macron", "la route serait longue"),
        ("Selon Macron, la route sera longue.", "fra", "macron", "la route sera longue"),
        ("Зеленський заявив у середу, що дорога буде довгою.", "ukr", "zelensky", "дорога буде довгою"),
        ("За словами Зеленського, дорога буде довгою.", "ukr", "zelensky", "дорога буде довгою"),
        ("Дорога будет очень долгой, сообщил Макрон журналистам.", "rus", "macron", "Дорога будет очень долгой"),
        ("ماکرون روز دوشنبه گفت که راه دراز خواهد بود.", "pes", "macron", "راه دراز خواهد بود"),
        ("به گفتۀ زلنسکی، راه دراز خواهد بود.", "prs", "zelensky", "راه دراز خواهد بود"),
        ("وقال ماكرون في باريس إن الطريق سيكون طويلا.", "arb", "macron", "الطريق سيكون طويلا"),
    ],
)
def test_reported_speech_is_the_clause_under_the_cue(body: str, language: str, speaker: str, words: str) -> None:
    """Speech without marks is the clause the cue announces, without «that» and the final stop."""
    assert told(body, language) == [("reported", speaker, words)]


@pytest.mark.parametrize(
    ("body", "language", "words"),
    [
        ("دو مقام اروپایی گفتند که متن آماده امضا است.", "pes", "دو مقام اروپایی"),
        ("Two European officials said that the text was ready.", "eng", "Two European officials"),
        ("وقال مسؤول أوروبي رفيع إن النص جاهز للتوقيع.", "arb", "مسؤول أوروبي رفيع"),
        ("وقال عضو في مجلس المدينة إن النص جاهز للتوقيع.", "arb", "عضو في مجلس المدينة"),
        ("یکی از استادان دانشگاه گفت که متن آماده امضا است.", "fas", "یکی از استادان دانشگاه"),
        ("An adviser to Macron said that the text was ready.", "eng", "An adviser to Macron"),
    ],
)
def test_an_unnamed_speaker_keeps_the_words_of_the_text(body: str, language: str, words: str) -> None:
    """An official without a name is called what the text calls him, and is not the person he works for."""
    (one,) = quotations(body, language).quotations
    assert (one.speaker, one.speaker_name) == (None, words)


def test_pronouns_and_dropped_subjects_mean_the_last_speaker() -> None:
    """«He» and a verb without a subject go on with whoever spoke before."""
    body = "وقال زيلينسكي إن الشتاء سيكون صعبا جدا.\nوأضاف: سوف نصمد حتى الربيع القادم."
    assert [speaker for _, speaker, _ in told(body, "arb")] == ["zelensky", "zelensky"]


def test_two_speakers_in_one_sentence_keep_their_own_words() -> None:
    """An announced clause ends where the next speaker's begins."""
    body = "Macron said that the talks were useful, and Trump said that the talks were over."
    assert told(body, "eng") == [
        ("reported", "macron", "the talks were useful"),
        ("reported", "trump", "the talks were over"),
    ]


def test_a_quotation_split_by_narration_is_two() -> None:
    """Each stretch between narration is a quotation of its own, by one speaker."""
    body = "“We shall come back in spring,” said Macron, “and we shall not come alone.”"
    assert told(body, "eng") == [
        ("direct", "macron", "We shall come back in spring,"),
        ("direct", "macron", "and we shall not come alone."),
    ]


def test_names_and_terms_in_marks_are_no_quotations() -> None:
    """A known name, a so-called term and a single word in marks are terms."""
    body = "رهبران «ائتلاف داوطلبان» در نشستی موسوم به «راه بلند صلح» دیدار کردند و آن را «فنی» خواندند."
    found = quotations(body, "pes")
    assert [body[one.span.start : one.span.end] for one in found.terms] == ["ائتلاف داوطلبان", "راه بلند صلح", "فنی"]
    assert not [one for one in found.quotations if one.kind != "reported"]


def test_a_fragment_woven_into_a_report_is_partial() -> None:
    """Two marked words inside the announced clause are a partial quotation with the clause's speaker."""
    body = "ماکرون گفت که این پشتیبانی «کاملا واقعی» است و ادامه خواهد داشت."
    assert ("partial", "macron", "کاملا واقعی") in told(body, "pes")


def test_a_statement_speaks_for_the_body_that_made_it() -> None:
    """What stands in a body's statement is said by the body."""
    body = "در بیانیه ائتلاف داوطلبان آمده است: «ما از صلح عادلانه و پایدار حمایت می‌کنیم.»"
    assert [speaker for _, speaker, _ in told(body, "pes")] == ["coalition_willing"]


def test_a_mark_that_nothing_closes_does_not_swallow_the_article() -> None:
    """A stray opening mark in one paragraph leaves the quotations of the next ones whole."""
    body = 'The hall was 5" wide.\nMacron said: “We have what we need for now.”\nTrump said: “We have much more to do.”'
    assert [speaker for _, speaker, _ in told(body, "eng")] == ["macron", "trump"]


def test_a_text_cut_inside_a_quotation_keeps_what_is_left_of_it() -> None:
    """Where the text ends before the closing mark, the quotation runs to its end."""
    body = "Macron said: “We have what we need for"
    assert told(body, "eng") == [("direct", "macron", "We have what we need for")]


@pytest.mark.parametrize(
    ("body", "language", "name"),
    [
        ("Le ministre estonien Jaan Tamm a affirmé que la route serait longue.", "fra", "Jaan Tamm"),
        ("وقال وزير الزراعة البرتغالي جواو سيلفا إن الموسم كان جيدا.", "arb", "جواو سيلفا"),
    ],
)
def test_of_role_and_unknown_name_the_name_is_kept(body: str, language: str, name: str) -> None:
    """A speaker the gazetteer does not know is called by the name that follows the role."""
    (one,) = quotations(body, language).quotations
    assert one.speaker_name == name


def test_this_was_said_points_to_the_sentence_before() -> None:
    """«X reported this» credits X with the sentence before it."""
    body = "دو کاروان کمک دیروز به شهر رسید. این خبر را ماکرون اعلام کرد."
    assert told(body, "pes") == [("reported", "macron", "دو کاروان کمک دیروز به شهر رسید")]


def test_a_negated_or_passive_verb_announces_nothing() -> None:
    """«Did not say that» and «is said to» credit nobody."""
    assert told("Macron did not say that the road was open.", "eng") == []
    assert told("Макрон не сообщил, что дорога открыта.", "rus") == []


def test_a_second_source_of_one_sentence_adds_no_second_quotation() -> None:
    """The agency that carries somebody's words does not say them again."""
    body = "Starmer said that the road would be long, according to the White House."
    assert [speaker for _, speaker, _ in told(body, "eng")] == ["starmer"]


def test_a_parenthesis_between_commas_reports_the_whole_sentence() -> None:
    """«Some, he said, ...»: the clause runs on behind the cue."""
    body = "Starmer smiled. The road, he said, would be long and cold."
    assert told(body, "eng") == [("reported", "starmer", "The road, he said, would be long and cold")]


def test_background_and_nesting_are_kept() -> None:
    """A fragment inside a reported clause says which clause it stands in."""
    body = "Starmer said that the road was “rather long and cold” and that nobody on it was happy about the weather."
    found = quotations(body, "eng").quotations
    assert [(one.kind, one.nested_in) for one in found] == [("reported", None), ("direct", 0)]


@pytest.mark.parametrize(
    "body",
    [
        "«Мы вернемся весной, — сказал Макрон журналистам. — И вернемся не одни.»",
        "— Мы вернемся весной, — сказал Макрон журналистам. — И вернемся не одни.",
    ],
)
def test_narration_between_dashes_splits_a_quotation(body: str) -> None:
    """Where the narrator speaks between dashes, inside marks or without any, what stands on either side is quoted."""
    first, second = told(body, "rus")
    assert first == ("direct", "macron", "Мы вернемся весной")
    assert second[:2] == ("direct", "macron")
    assert second[2].startswith("И вернемся не одни")


@pytest.mark.parametrize(
    ("body", "language", "speaker", "words"),
    [
        ("Trump went by air, and Macron said that the road was closed.", "eng", "macron", "the road was closed"),
        ("Трамп приехал ночью, но в США сказали, что дорога пока закрыта.", "rus", "usa", "дорога пока закрыта"),
        ("О том, что дорога опять закрыта, сообщил Макрон.", "rus", "macron", "дорога опять закрыта"),
        ("Праздник похвалил Макрон, по словам которого дорога открыта всем.", "rus", "macron", "дорога открыта всем"),
        ("Трамп подтвердил: как рассказал Макрон, дорога закрыта снегом.", "rus", "macron", "дорога закрыта снегом"),
        ("Зеленський сказав, що дорога готова на 80 %.", "ukr", "zelensky", "дорога готова на 80 %"),
    ],
)
def test_the_speaker_and_the_clause_of_compound_sentences(body: str, language: str, speaker: str, words: str) -> None:
    """A clause behind a conjunction has its own subject; a fronted clause, «of whom» and a percent sign are read."""
    assert [one[1:] for one in told(body, language) if one[0] == "reported"] == [(speaker, words)]


def test_agreement_is_no_source() -> None:
    """«Согласно» before an infinitive is an adjective."""
    assert told("Большинство стран согласно участвовать в прогулке по дороге.", "rus") == []


@pytest.mark.parametrize(
    ("body", "speaker", "words"),
    [
        ("به گفته ماکرون هوا فردا در شهر سرد می‌شود.", "macron", "هوا فردا در شهر سرد می‌شود"),
        ("به ادعای ترامپ توافق آماده شده است.", "trump", "توافق آماده شده است"),
        ("ماکرون آمد. به گفته وی راه شهر دیروز بسته شد.", "macron", "راه شهر دیروز بسته شد"),
        ("به گفته استارمر، نخست‌وزیر آمریکا، راه شهر دیروز بسته شد.", "starmer", "راه شهر دیروز بسته شد"),
        ("به گفته سخنگوی شهر، ماکرون، راه شهر دیروز بسته شد.", "macron", "راه شهر دیروز بسته شد"),
    ],
)
def test_a_persian_source_needs_no_comma(body: str, speaker: str, words: str) -> None:
    """After «according to X» the clause begins where the name and its apposition end."""
    assert ("reported", speaker, words) in told(body, "pes")


def test_the_partner_of_a_call_is_not_the_speaker() -> None:
    """Of «X, of a call with president Y, Z, told that ...» the speaker is X."""
    body = "رییس‌جمهور آمریکا، ترامپ، از یک تماس با رییس‌جمهور روسیه، زلنسکی، خبر داد که راه باز است."
    assert [one[1] for one in told(body, "prs")] == ["trump"]


@pytest.mark.parametrize(
    ("body", "speaker", "words"),
    [
        ("Дорога, як стверджує Макрон, буде довгою.", "macron", "Дорога, як стверджує Макрон, буде довгою"),
        (
            "До Зеленського приїхав Макрон і сказав, що дорога була довгою.",
            "macron",
            "дорога була довгою",
        ),
        ("Дорогу відкрили в неділю. Про це пише Макрон з посиланням на газету.", "macron", "Дорогу відкрили в неділю"),
    ],
)
def test_slavic_subjects_stand_in_the_nominative(body: str, speaker: str, words: str) -> None:
    """A source may part subject and verb; «and said» takes the subject, not whom he met; «this is written» points."""
    assert [one[1:] for one in told(body, "ukr") if one[0] == "reported"] == [(speaker, words)]


def test_a_noun_of_saying_is_no_verb() -> None:
    """«Reports that ...» with no subject before it credits nobody."""
    assert told("Macron came home; reports that the road was closed were not discussed.", "eng") == []


@pytest.mark.parametrize(
    ("body", "language", "speaker", "words"),
    [
        (
            "ماکرون آمد. او که زلنسکی در کنارش بود گفت راه شهر دیروز بسته شد.",
            "pes",
            "macron",
            "راه شهر دیروز بسته شد",
        ),
        ("در پیام ترامپ آمده است: «راه شهر دیروز بسته شد.»", "prs", "trump", "راه شهر دیروز بسته شد."),
        ('وجاء في تدوينة لترامب على منصته: "أغلقنا طريق المدينة أمس".', "arb", "trump", "أغلقنا طريق المدينة أمس"),
        ('ورد ماكرون على الأسئلة بقوله: "أغلقنا طريق المدينة أمس".', "arb", "macron", "أغلقنا طريق المدينة أمس"),
    ],
)
def test_the_subject_is_who_owns_the_words(body: str, language: str, speaker: str, words: str) -> None:
    """A pronoun that opens the clause is its subject; the words of somebody's post or talk are that person's."""
    assert (speaker, words) in [one[1:] for one in told(body, language)]
