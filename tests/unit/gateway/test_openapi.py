"""The API is what its OpenAPI document says, whatever it is asked."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode

from services.gateway.web.access import writer
from tests.helpers.gateways import Gateway

EXAMPLES = 8
STREAM = "/api/v1/changes"  # never ends; tested in test_sse.py
OPERATIONS = [
    "GET /api/v1/stories", "GET /api/v1/stories/{story_id}", "GET /api/v1/stories/{story_id}/versions",
    "GET /api/v1/stories/{story_id}/versions/{version}", "GET /api/v1/stories/{story_id}/articles",
    "GET /api/v1/stories/{story_id}/differences", "GET /api/v1/articles/{article_id}", "GET /api/v1/entities",
    "GET /feeds/stories.atom", "GET /feeds/stories.json", "POST /api/v1/articles", "POST /api/v1/webhooks",
    "GET /api/v1/webhooks", "GET /api/v1/webhooks/{identity}", "GET /api/v1/webhooks/{identity}/failures",
    "POST /api/v1/webhooks/{identity}/enable", "DELETE /api/v1/webhooks/{identity}",
]  # fmt: skip


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.schemas.BaseSchema]:
    """The document as the application serves it, over the contract's example stories."""
    gateway = Gateway(tmp_path_factory.mktemp("openapi"), gateway_hosts="*")
    gateway.examples()
    gateway.app.dependency_overrides[writer] = lambda: "-"  # who may write is tested elsewhere
    yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", gateway.app)
    gateway.close()


def test_every_operation_is_tried(api: schemathesis.schemas.BaseSchema) -> None:
    """A route that is added is added to the list below, too."""
    found = {f"{each.ok().method.upper()} {each.ok().path}" for each in api.get_all_operations()}
    assert found - {f"GET {STREAM}"} == set(OPERATIONS)


# A route without parameters cannot be asked wrongly.
CASES = [(name, mode) for name in OPERATIONS for mode in GenerationMode
         if (name, mode) != ("GET /api/v1/webhooks", GenerationMode.NEGATIVE)]  # fmt: skip


@pytest.mark.parametrize(("name", "mode"), CASES, ids=lambda each: getattr(each, "name", each))
def test_every_route_keeps_to_the_document(
    api: schemathesis.schemas.BaseSchema, name: str, mode: GenerationMode
) -> None:
    """Generated requests, legal and illegal, never make the gateway fail, and every answer is as documented."""
    method, _, path = name.partition(" ")
    operation = api[path][method]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def tried(case: Case) -> None:
        case.call_and_validate()

    tried()
