"""Who speaks where the subject is not beside its verb, or is no name at all."""

from tests.unit.extraction.test_quotations import told


def test_a_name_speaks_however_much_stands_before_the_verb() -> None:
    """A role, a weekday, a date and an occasion between the name and its verb do not take the word from the name."""
    body = "امانوئل ماکرون، رئیس جمهور فرانسه، شام پنجشنبه، چهارم سپتمبر، به خبرنگاران گفت که راه دراز خواهد بود."
    assert [speaker for _, speaker, _ in told(body, "fas")] == ["macron"]


def test_his_own_word_is_not_somebody() -> None:
    """«بحسب قوله», «على حد تعبيره»: the speaker is whoever spoke last, never "his saying"."""
    body = (
        "وقال ماكرون إن القوة ستنتشر بعد وقف إطلاق النار. والمقصود، بحسب قوله، أن تكون البلاد محمية منذ اليوم الأول. "
        'ودخلت المساعي، على حد تعبيره، "مراحلها النهائية الحاسمة".'
    )
    found = told(body, "arb")
    assert len(found) >= 2
    assert {speaker for _, speaker, _ in found} == {"macron"}
    body = "Starmer said that the winter would be hard. He added: “We shall see it through together.”"
    assert [speaker for _, speaker, _ in told(body, "eng")] == ["starmer", "starmer"]
