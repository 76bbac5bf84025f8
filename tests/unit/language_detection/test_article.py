"""An article's language, paragraph by paragraph and as a whole, in texts written for these tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.language_detection.domain.article import Models, identify

DARI = (
    "رییس جمهور امریکا روز جمعه، ۱۴ سنبله، گفت که هیات آن کشور در ماه اکتوبر به کابل می‌آید.\n"
    "باشنده‌گان ولسوالی می‌گویند که پولیس سرک را مسدود ساخته و موترها گذشته نمی‌توانند."
)
PERSIAN = (
    "رئیس‌جمهور آمریکا روز جمعه ۱۴ شهریور گفت هیئت این کشور در ماه اکتبر به تهران می‌آید.\n"
    "پلیس راهور بزرگراه را بست و استاندار از رانندگان خواست با خودروی شخصی سفر نکنند."
)
TEXTS = {
    "prs": DARI,
    "pes": PERSIAN,
    "arb": "أعلنت وزارة الخارجية اليوم أن الوزير سيزور باريس غداً لحضور اجتماع الحلفاء ومناقشة خطة السلام الجديدة.",
    "eng": "The minister said on Tuesday that the allies would meet again next week to finish the text of the plan.",
    "fra": "Le ministre a déclaré mardi que les alliés se réuniraient de nouveau la semaine prochaine à Bruxelles.",
    "ukr": "Міністр заявив у вівторок, що союзники зустрінуться знову наступного тижня, щоб завершити план.",
    "rus": "Министр заявил во вторник, что союзники встретятся снова на следующей неделе, чтобы завершить план.",
    "pbu": "د بهرنیو چارو وزیر وویل چې د راتلونکې اونۍ په ترڅ کې به د ملګرو هېوادونو مشران بیا سره وګوري.",
    "urd": "وزیر خارجہ نے منگل کو کہا کہ اتحادی ممالک کے رہنما اگلے ہفتے دوبارہ ملیں گے اور منصوبے پر بات کریں گے۔",
    "ckb": "وەزیری دەرەوە ڕایگەیاند کە هاوپەیمانان هەفتەی داهاتوو جارێکی تر کۆدەبنەوە بۆ تەواوکردنی پلانەکە.",
    "tur": "Dışişleri bakanı salı günü yaptığı açıklamada müttefiklerin haftaya yeniden buluşacağını söyledi.",
    "spa": "El ministro dijo el martes que los aliados de la región se reunirán la próxima semana en la capital.",
    "deu": "Der Minister sagte am Dienstag, die Verbündeten würden sich in der nächsten Woche wieder treffen.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_each_language_is_known(code: str, models: Models) -> None:
    """Every language of the room, and one without a pack, is told from the others."""
    assert identify(None, TEXTS[code], None, models).judged.iso639_3 == code


@pytest.mark.parametrize("code", TEXTS)
def test_tails_and_noise_do_not_mislead(code: str, models: Models) -> None:
    """Links, code, emoji, tags and a Latin tail change nothing."""
    noisy = TEXTS[code] + " https://example.com/a/b?lang=en #breaking `x = 1` 😀😀 <b>AP</b> Reuters"
    assert identify(None, noisy, None, models).judged.iso639_3 == code


def test_arabic_typed_with_persian_letters_is_arabic(models: Models) -> None:
    """Persian yeh and kaf do not make Arabic Persian, nor do Arabic keys make Persian Arabic."""
    arabic = TEXTS["arb"].translate(str.maketrans("يكى", "یکی"))
    persian = PERSIAN.translate(str.maketrans("یک", "يك")).replace("\u200c", "")
    assert identify(None, arabic, None, models).judged.iso639_3 == "arb"
    assert identify(None, persian, None, models).judged.iso639_3 == "pes"


@pytest.mark.parametrize("code", ["prs", "pes"])
def test_zwnj_and_keyboard_do_not_change_a_variety(code: str, models: Models) -> None:
    """ZWNJ deleted, Arabic yeh and kaf: the same verdict."""
    folded = TEXTS[code].replace("\u200c", "").translate(str.maketrans("یک", "يك"))
    assert identify(None, folded, None, models).judged.iso639_3 == code


def test_a_text_without_a_sign_of_variety_stays_undecided(models: Models) -> None:
    """Plain fa is a legal, honest answer."""
    judged = identify("نشست پاریس با حضور ۲۷ رهبر پایان یافت", "", None, models).judged
    assert judged.iso639_3 == "fas"


def test_quotations_weigh_nothing(models: Models) -> None:
    """What a Dari speaker says in an Iranian article is no evidence for Dari, whatever marks surround it."""
    quote = "امریکا و پولیس و ولسوالی و پوهنتون و شفاخانه و طیاره استند"
    for opened, closed in ("«»", '""', "“”", "„“"):
        body = f"استاندار تهران در گفت‌وگوی تلفنی با پلیس راهور گفت: {opened}{quote}{closed} و از خودروها سخن گفت."
        verdict = identify(None, body, None, models)
        assert verdict.judged.iso639_3 == "pes"
        assert not [item for item in verdict.judged.evidence if item.kind == "marker" and item.says == "prs"]


def test_a_lost_quotation_mark_swallows_nothing(models: Models) -> None:
    """One mark without a partner blanks no text."""
    assert identify(None, DARI.replace("گفت که", "گفت که «"), None, models).judged.iso639_3 == "prs"


def test_the_declared_language_is_a_named_prior(models: Models) -> None:
    """A declaration is evidence with a name; it tips the scales and does not overrule the text."""
    short = "نشست پاریس با حضور ۲۷ رهبر پایان یافت"
    verdict = identify(short, "", "fa-AF", models)
    assert ("prior", "prs", "declared:fa-AF") in {(e.kind, e.says, e.name) for e in verdict.judged.evidence}
    assert verdict.judged.iso639_3 in ("prs", "fas")
    assert identify(None, PERSIAN, "fa-AF", models).judged.iso639_3 == "pes"
    assert identify(None, TEXTS["arb"], "fa", models).judged.iso639_3 == "arb"


def test_a_mixed_article_is_mul_with_parts(models: Models) -> None:
    """Four paragraphs in four languages are one article in several, and every part says its own."""
    body = "\n".join(TEXTS[code] for code in ("eng", "pes", "arb", "fra"))
    verdict = identify(None, body, None, models)
    assert verdict.judged.iso639_3 == "mul"
    assert [part.iso639_3 for part in verdict.parts] == ["eng", "pes", "pes", "arb", "fra"]


def test_a_foreign_line_does_not_make_an_article_mixed(models: Models) -> None:
    """A sentence in another language inside a long article stays a part."""
    verdict = identify(None, "\n".join([*([TEXTS["arb"]] * 6), TEXTS["eng"]]), None, models)
    assert verdict.judged.iso639_3 == "arb"
    assert verdict.parts[-1].iso639_3 == "eng"


def test_a_paragraph_never_contradicts_a_decided_article(models: Models) -> None:
    """One borrowed form in a paragraph of a Dari article leaves the paragraph Dari or undecided."""
    verdict = identify(None, DARI + "\nترامپ در ماه فوریه به آلمان رفت و با نخست‌وزیر لهستان دیدار کرد.", None, models)
    assert verdict.judged.iso639_3 == "prs"
    assert {part.iso639_3 for part in verdict.parts} <= {"prs", "fas"}


@pytest.mark.parametrize("text", ["", " \n\u00a0", "۱۲۳ 456", "😀😀😀", "https://example.com/fa", "\u202e\u200f"])
def test_nothing_to_read_is_und(text: str, models: Models) -> None:
    """No letters, no language."""
    verdict = identify(text, text, None, models)
    assert (verdict.judged.iso639_3, verdict.judged.confidence, verdict.parts) == ("und", 0.0, ())


@settings(max_examples=60, deadline=None)
@given(headline=st.none() | st.text(max_size=80), body=st.text(max_size=400), declared=st.none() | st.text(max_size=8))
def test_any_text_gets_a_verdict_with_true_offsets(
    models: Models, headline: str | None, body: str, declared: str | None
) -> None:
    """Whatever comes in, spans lie inside their part and confidences inside [0, 1]; twice the same is the same."""
    verdict = identify(headline, body, declared, models)
    assert verdict == identify(headline, body, declared, models)
    sizes = {"headline": len(headline or ""), "body": len(body)}
    spans = [part.span for part in verdict.parts]
    spans += [span for item in verdict.judged.evidence for span in item.spans]
    assert all(0 <= span.start < span.end <= sizes[span.part] for span in spans)
    assert 0 <= verdict.judged.confidence <= 1


@pytest.mark.parametrize(
    "hostile",
    ["«" * 100_000, '"' * 100_000, "۱" * 1_000_000, "به " * 70_000, "ا" * 200_000, "ا\n" * 100_000, "ۀ" * 200_000,
     "http://" * 30_000, "<" * 200_000, "@" * 200_000, "`" * 200_000, "a@" * 100_000, "#" * 200_000, "\n" * 200_000],
    ids=lambda text: f"{text[:3]!r}x{len(text)}",
)  # fmt: skip
@pytest.mark.timeout(20)
def test_hostile_texts_end(hostile: str, models: Models) -> None:
    """Marks, digits and words without end are read in linear time: the suite's time limit holds."""
    identify(hostile[:4000], hostile, None, models)
