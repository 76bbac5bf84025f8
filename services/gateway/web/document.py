"""The OpenAPI document, and the handlers that make every error a problem detail as it says."""

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException

from services.gateway.answers import PROBLEM, Problem, problem
from services.gateway.web.models import ProblemModel

_SCHEMA = {"schema": {"$ref": "#/components/schemas/Problem"}}
_TEXT = "Read stories, follow their changes, publish articles. Errors are problem details (RFC 9457)."


def describe(app: FastAPI) -> None:
    """Give the application its document and its handlers."""
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    app.add_exception_handler(Problem, _raised)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)


def _document(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=_TEXT, routes=app.routes)
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = ProblemModel.model_json_schema()
        for path in document["paths"].values():
            for operation in path.values():
                _errors(operation["responses"])
        app.openapi_schema = document
    return app.openapi_schema


def _errors(responses: dict[str, Any]) -> None:
    responses.pop("422", None)
    for status, what in (("4XX", "The request cannot be answered."), ("5XX", "The gateway cannot answer now.")):
        responses[status] = {"description": what, "content": {PROBLEM: _SCHEMA}}


def _raised(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return error.response()


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), error.headers)


def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [{"where": ".".join(map(str, each["loc"])), "what": each["msg"]} for each in error.errors()[:20]]
    return problem(422, "; ".join(f"{each['where']}: {each['what']}" for each in errors[:3]), errors=errors)
