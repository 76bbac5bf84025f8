"""Answers every route gives alike: with an ETag, or as problem details (RFC 9457)."""

import hashlib
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response

PROBLEM = "application/problem+json"


def conditional(request: Request, body: bytes, media_type: str = "application/json", status: int = 200) -> Response:
    """The body under a strong ETag; 304 where the client has just that already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if status == HTTPStatus.OK and _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, status, headers, media_type)


def _has(asked: str, tag: str) -> bool:
    tags = [each.strip().removeprefix("W/") for each in asked.split(",")]
    return asked.strip() == "*" or tag in tags


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """What went wrong, for a program (`status`, and more) and for a person (`detail`)."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(json.dumps(told, ensure_ascii=False).encode(errors="replace"), status, headers, PROBLEM)


class Problem(Exception):  # noqa: N818  (a fact about the request, named as RFC 9457 names it)
    """Raised by a route to end a request with problem details."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.more = status, detail, headers, more

    def response(self) -> Response:
        """The answer."""
        return problem(self.status, self.detail, self.headers, **self.more)
