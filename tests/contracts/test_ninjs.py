"""Stories as IPTC ninjs, held to the schema that IPTC publishes."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from contracts.exports.ninjs import ninjs
from contracts.messages.story import LineageV1, StoryArticleV1, StoryV1
from services.client import demonstration, inputs
from services.client.replay import replay

HERE = Path(__file__).parent
EXAMPLES = sorted((HERE.parents[1] / "contracts" / "examples" / "story" / "v1").glob("*.json"))
NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def schema() -> jsonschema_rs.Validator:
    """The schema of ninjs 3.2, formats included. Nothing of ours uses GeoJSON, whose own schema lies elsewhere."""
    specification = json.loads((HERE / "specs" / "ninjs-3.2.json").read_text(encoding="utf-8"))
    known = jsonschema_rs.Registry([("https://geojson.org/schema/GeoJSON.json", False)])
    return jsonschema_rs.Draft202012Validator(specification, validate_formats=True, registry=known)


@pytest.fixture(scope="module")
def stories() -> list[StoryV1]:
    """The stories of the sample articles."""
    *_, last = replay(list(inputs.read([str(demonstration.SAMPLES)])), NOW)
    return [story for story in last.stories.values() if story.state == "open"]


def _with_article(**told: Any) -> StoryV1:
    article = StoryArticleV1(
        article_id="a", source_id="a", language="fa-IR", published="2026-03-11", published_source="meta",
        dispatch_id="d", lineage=LineageV1(relation="original"), **told,
    )  # fmt: skip
    return StoryV1(story_id="story-1", version=1, state="open", articles=(article,), updated_at=NOW)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_valid_ninjs(path: Path, schema: jsonschema_rs.Validator) -> None:
    """A published example of a story, a redirect among them, holds to IPTC's schema."""
    schema.validate(ninjs(StoryV1.model_validate_json(path.read_bytes())))


def test_the_stories_of_the_samples_are_valid_ninjs(stories: list[StoryV1], schema: jsonschema_rs.Validator) -> None:
    """What the pipeline makes holds to IPTC's schema."""
    assert len(stories) >= 4
    for story in stories:
        schema.validate(ninjs(story))


def test_nothing_of_a_story_is_lost(stories: list[StoryV1]) -> None:
    """Every title, lead, article, fact, entity, agency and link of a story stands in its ninjs."""
    for story in stories:
        item = ninjs(story)
        facts = [json.loads(d["value"]) for d in item["descriptions"] if d["contentType"] == "application/json"]
        assert [fact["fact_id"] for fact in facts] == [fact.fact_id for fact in story.facts]
        assert [h["value"] for h in item["headlines"]] == [title.text for title in story.titles]
        assert len(item["associations"]) == len(story.articles) + len(story.related)
        named = [e for kind in ("people", "organisations", "places", "subjects") for e in item.get(kind, ())]
        assert {e["literal"] for e in named} == {entity.id for entity in story.entities}
        assert {d.agency for d in story.dispatches if d.agency} <= {s.get("literal") for s in item["infoSources"]}


def test_the_schema_refuses_what_is_not_ninjs(stories: list[StoryV1], schema: jsonschema_rs.Validator) -> None:
    """An unknown field, a wrong type and an address that is none are seen: the check can fail."""
    item = ninjs(stories[0])
    for wrong in ({"unheard_of": 1}, {"version": 3}, {"uri": "no uri at all"}, {"type": "story"}):
        assert not schema.is_valid(item | wrong)


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://example.org/اخبار/۱۲?ص=۱", "https://example.org/%D8%A7%D8%AE%D8%A8%D8%A7%D8%B1/%DB%B1%DB%B2?%D8%B5=%DB%B1"),
        ("https://приклад.укр/a", "https://xn--80aikifvh.xn--j1amh/a"),
        ("https://example.org:8443/a[1] b", "https://example.org:8443/a%5B1%5D%20b"),
        ("javascript:alert(1)", None),
        ("https://[broken", None),
        ("not an address", None),
    ],
)  # fmt: skip
def test_addresses_are_uris_or_left_out(url: str, href: str | None, schema: jsonschema_rs.Validator) -> None:
    """Addresses in other scripts are written as URIs; what is no web address is left out."""
    item = ninjs(_with_article(url=url))
    schema.validate(item)
    rendition = item["associations"][0].get("renditions")
    assert (rendition[0]["href"] if rendition else None) == href


def test_a_day_is_not_passed_off_as_a_moment() -> None:
    """`contentCreated` is a moment: an article that tells only its day has none."""
    assert "contentCreated" not in ninjs(_with_article())["associations"][0]


def test_a_redirect_is_cancelled_and_names_its_successor() -> None:
    """Who holds the merged item learns that it is over and where it went."""
    merged = StoryV1(story_id="story-1", version=2, state="merged", merged_into="story-2", updated_at=NOW)
    item = ninjs(merged)
    assert (item["pubStatus"], item["associations"][0]["rel"]) == ("canceled", "merged_into")
    assert item["associations"][0]["uri"] == "urn:storybraid:story:story-2"
