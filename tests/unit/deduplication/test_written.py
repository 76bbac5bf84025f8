"""A story is written by hand, piece by piece: what comes out must be the message of the schema, nothing else."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from contracts.messages.story import StoryV1
from services.deduplication.handler import State
from tests.unit.deduplication.story_articles import article, hours

TEXTS = (
    "P:ada and P:boris met in L:Oslo on D:2026-03-01 for the C:summit with #27_country present. They spoke of C:truce",
    'In L:Oslo the C:summit of P:ada and P:boris ended D:2026-03-01 with #31_country and "a \\ C:truce" was named',
    "The river C:flood in L:Lima took #12_house on D:2026-03-01 said P:carla",
)
ARRIVALS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(TEXTS), st.sampled_from(["v1", "v2"])), min_size=1, max_size=8
)


def known_fields(model: type[BaseModel], told: object) -> None:
    """Fail where an object has a name that its schema does not know."""
    assert isinstance(told, dict)
    assert set(told) <= set(model.model_fields), (model.__name__, set(told) - set(model.model_fields))


@settings(max_examples=40)
@given(ARRIVALS)
def test_a_record_is_its_message(arrivals: list[tuple[int, str, str]]) -> None:
    """Every record is valid JSON of the schema, without a name unknown there, and says what it is keyed by."""
    state = State()
    for position, (number, text, version) in enumerate(arrivals):
        for record in state.apply(article(f"a{number}", text, version=version, received=hours(position))).records:
            story, told = record.read(), json.loads(record.value)
            assert (story.story_id, story.version, story.state) == (record.story_id, record.version, record.state)
            assert len(story.articles) == (record.articles if story.merged_into is None else 0)
            assert story.independent_sources == record.independent_sources
            known_fields(StoryV1, told)
            for name in ("articles", "facts", "dispatches", "entities", "timeline", "titles", "leads", "related"):
                _all_known(story, told, name)


def _all_known(story: StoryV1, told: dict[str, object], name: str) -> None:
    rows = told.get(name, [])
    assert isinstance(rows, list)
    for value, row in zip(getattr(story, name), rows, strict=True):
        known_fields(type(value), row)
        assert value.model_dump(mode="json") == type(value).model_validate(row).model_dump(mode="json")
        if name == "facts":
            for support, plain in zip(value.supports, row["supports"], strict=True):
                known_fields(type(support), plain)
                known_fields(type(support.span), plain["span"])
