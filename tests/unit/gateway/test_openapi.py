"""The API is what its OpenAPI document says, whatever it is asked."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok

from services.gateway.web.access import writer
from tests.helpers.gateways import Gateway

EXAMPLES = 6
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
    operations = [each.ok() for each in api.get_all_operations() if isinstance(each, Ok)]
    found = {f"{each.method.upper()} {each.path}" for each in operations}
    assert found - {f"GET {STREAM}"} == set(OPERATIONS)


# Any id is a legal one, and a route without parameters cannot be asked wrongly.
WRONGLY = [name for name in OPERATIONS if not name.startswith(("GET /api/v1/stories/{", "GET /api/v1/articles/"))
           and name != "GET /api/v1/webhooks"] + ["GET /api/v1/stories/{story_id}/versions/{version}"]  # fmt: skip
CASES = [(name, GenerationMode.POSITIVE) for name in OPERATIONS] + [(name, GenerationMode.NEGATIVE) for name in WRONGLY]


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
    def tried(case: Case[Any]) -> None:
        case.call_and_validate()

    tried()
