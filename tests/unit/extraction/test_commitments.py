"""Commitments and positions: the item, how firmly it is worded, whose it is."""

import pytest

from services.extraction.domain.speech import Commitment, find_commitments, find_positions, find_quotations
from services.extraction.packs import speech
from services.extraction.packs.subjects import load_subject
from tests.unit.extraction.speech_articles import article, cast


def commitments(body: str, language: str) -> tuple[Commitment, ...]:
    """Read a body with the guarantees pack."""
    text, entities = article(body, language), cast(body)
    found = find_quotations(text, entities, speech.load())
    return find_commitments(text, entities, found.quotations, load_subject("ukraine-guarantees"))


def found(body: str, language: str) -> set[tuple[str, str]]:
    """Item and modality of every commitment in a body."""
    return {(one.item, one.modality) for one in commitments(body, language)}


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Washington plans to lead the monitoring of any truce.", "eng"),
        ("برنامه این است که آمریکا بر آتش‌بس نظارت کند.", "pes"),
        ("طرح چنین است که امریکا بر آتش بس نظارت نماید.", "prs"),
        ("وتشمل الخطط مراقبة أي هدنة بقيادة واشنطن.", "arb"),
        ("План передбачає моніторинг перемир’я на чолі зі США.", "ukr"),
        ("План предусматривает наблюдение за перемирием во главе с США.", "rus"),
        ("Le plan prévoit une surveillance du cessez-le-feu par Washington.", "fra"),
    ],
)
def test_an_item_is_the_same_in_every_language(body: str, language: str) -> None:
    """Monitoring of a ceasefire that is planned is one item and one modality, whatever the language."""
    assert found(body, language) == {("us_led_ceasefire_monitoring", "planned")}


@pytest.mark.parametrize(
    ("body", "modality"),
    [
        ("The allies pledged binding commitments should there be another attack.", "promised"),
        ("The allies agreed on binding commitments against a new attack.", "agreed"),
        ("The allies aim for binding commitments against a new attack.", "proposed"),
        ("The binding commitments against a new attack are not finalised.", "to_be_finalised"),
        ("The declaration says: binding commitments follow an attack.", "declared"),
        ("Moscow rejected binding commitments in case of attack.", "refused"),
        ("Kyiv called for binding commitments against a new attack.", "demanded"),
    ],
)
def test_firmness_is_read_from_the_wording(body: str, modality: str) -> None:
    """One item, seven ways of putting it: each keeps its own modality."""
    assert found(body, "eng") == {("binding_commitments_if_attacked", modality)}


def test_a_refusal_is_negative_and_names_who_refuses() -> None:
    """A rejected item is no commitment: its polarity is negative and its actor the one who refuses."""
    (one,) = commitments("Trump ruled out sending soldiers to the country.", "eng")
    assert (one.item, one.modality, one.polarity, one.actor) == ("troop_deployment", "refused", "negative", "trump")


def test_no_commitment_given_is_not_a_commitment() -> None:
    """«Has made no commitment to send troops» is a refusal, never a promise."""
    (one,) = commitments("ترامپ تا امروز هیچ تعهد روشنی درباره اعزام سربازان نداده است.", "pes")
    assert (one.item, one.modality, one.polarity) == ("troop_deployment", "refused", "negative")


def test_neither_refused_nor_accepted_stays_open() -> None:
    """A double negation leaves the item open; a denial beside it stays with its own item."""
    body = "واشنگتن پیشنهاد نیروی چندملیتی را رد نکرده ولی نپذیرفته است و لندن منکر توافق بر سر شمار سربازان شد."
    assert found(body, "pes") == {("multinational_force", "to_be_finalised"), ("supporting_force_size", "denied")}


def test_a_verb_inside_a_condition_binds_nobody() -> None:
    """«If Russia refuses» is a condition: the plan beside it is not refused."""
    (one,) = commitments("The plan is a multinational force if Russia refuses to talk.", "eng")
    assert (one.modality, one.condition is not None) == ("planned", True)


def test_a_list_gives_every_item_with_the_verb_that_governs_it() -> None:
    """Items in a list share the modality of the statement that lists them."""
    body = (
        "The declaration says support includes a multinational force, training for the armed forces, and military hubs."
    )
    assert found(body, "eng") == {
        ("multinational_force", "declared"),
        ("support_ukraine_forces", "declared"),
        ("military_hubs", "declared"),
    }


def test_a_clear_promise_of_something_else_is_other() -> None:
    """A promise of something that is not on the list is kept as `other`."""
    assert found("Macron promised 40 new libraries for small towns.", "eng") == {("other", "promised")}


def test_plain_news_holds_no_commitment() -> None:
    """A visit and the weather bind nobody."""
    assert not found("Macron met Starmer in the rain and they walked to the river.", "eng")


@pytest.mark.parametrize(
    ("body", "language", "position", "holder"),
    [
        ("Russia rejects any foreign troops in the country.", "eng", "rejects_nato_troops", "russia"),
        ("روسیه هنوز واکنشی به این متن نشان نداده است.", "pes", "no_reaction_yet", "russia"),
        ("وقال ستارمر إن السلام غير ممكن دون تنازلات من روسيا.", "arb", "peace_needs_russian_compromise", "starmer"),
    ],
)
def test_positions_are_held_without_binding(body: str, language: str, position: str, holder: str) -> None:
    """What a party holds is a position with its holder, not a commitment."""
    text, entities = article(body, language), cast(body)
    quoted = find_quotations(text, entities, speech.load()).quotations
    (one,) = find_positions(text, entities, quoted, load_subject("ukraine-guarantees"))
    assert (one.position, one.holder) == (position, holder)


def test_another_subject_is_another_pack(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Items and wording come from the pack's folder: a pack about fishing reads fishing quotas."""
    (tmp_path / "items.toml").write_text(
        'name = "fishing"\n[words.quota]\neng = ["quota*"]\n[[item]]\nid = "cod_quota"\nneeds = [["quota"]]\n', "utf-8"
    )
    (tmp_path / "modality.toml").write_text(
        '[[cue]]\nlist = "yes"\nmodality = "agreed"\n[cue.words]\neng = ["agreed"]\n', "utf-8"
    )
    body = "Ministers agreed on lower cod quotas."
    (one,) = find_commitments(article(body, "eng"), (), (), load_subject(str(tmp_path)))
    assert (one.item, one.modality) == ("cod_quota", "agreed")
