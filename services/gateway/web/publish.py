"""Publishing over HTTP: one article as JSON, or JSON lines; all of a request or nothing."""

import asyncio
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request, Response

from contracts import codec
from contracts.codec import Encoded
from contracts.messages.raw_article import RawArticleV1
from contracts.rejection import Reason
from contracts.topics import RAW
from services.gateway import metrics
from services.gateway.answers import Problem
from services.gateway.given import Ask, Given
from services.gateway.publishing import UnavailableError
from services.gateway.web.access import Writer
from services.gateway.web.models import ReceiptModel, ReceiptsModel
from services.shared.runtime.stage import FRAME_BYTES

ONE = frozenset({"application/json"})
LINES = frozenset({"application/x-ndjson", "application/jsonl", "application/x-jsonlines"})
PATH = "/api/v1/articles"
BODY_SECONDS = 120.0
MOST_ERRORS = 20
LARGEST = RAW.max_message_bytes - FRAME_BYTES
router = APIRouter(tags=["publishing"])
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": RawArticleV1.model_json_schema()},
            "application/x-ndjson": {"schema": {"type": "string", "description": "One article a line."}},
        },
    }
}


@router.post(PATH, status_code=202, response_model=ReceiptsModel, openapi_extra=_BODY)
async def publish(request: Request, parts: Ask, owner: Writer) -> Response:
    """Put articles on the bus. 202 when the broker has them all; the same article again does no harm."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ONE | LINES:
        raise Problem(
            415, f"send application/json, or JSON lines as application/x-ndjson; not {kind[:100] or 'nothing'}"
        )
    body = await _body(request, parts.settings.gateway_publish_bytes)
    records = await asyncio.to_thread(_records, body, kind in LINES, parts)
    try:
        landed = await parts.publisher.publish(records)
    except UnavailableError as error:
        raise Problem(503, f"the broker cannot be reached: {error}", {"Retry-After": "5"}) from error
    metrics.PUBLISHED.inc(len(landed))
    accepted = [
        ReceiptModel(key=record.key.decode(errors="replace"), id=f"{RAW.name}/{place.partition}/{place.offset}")
        for record, place in zip(records, landed, strict=True)
    ]
    return Response(ReceiptsModel(accepted=accepted).model_dump_json(), 202, media_type="application/json")


async def _body(request: Request, most: int) -> bytes:
    """The body, never more of it than allowed, nor longer in coming."""
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > most:
        raise Problem(413, f"{told} bytes; the limit is {most}")
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise Problem(413, f"more than {most} bytes")
    except TimeoutError as error:
        raise Problem(408, f"the body did not come within {BODY_SECONDS:.0f} s") from error
    return bytes(body)


def _records(body: bytes, lines: bool, parts: Given) -> list[Encoded]:
    """Every article as a record; raises Problem with everything that is wrong, by line."""
    pieces = list(_lines(body)) if lines else [(1, body)]
    most = parts.settings.gateway_publish_articles
    if len(pieces) > most:
        raise Problem(413, f"{len(pieces)} articles; the limit is {most} a request")
    records, errors = _checked(pieces, parts)
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        where = f"line {errors[0]['line']}: " if lines else ""
        status = 413 if all(error["reason"] == "too_large" for error in errors) else 422
        raise Problem(status, f"{where}{errors[0]['detail']}{more}; nothing was published", errors=errors[:MOST_ERRORS])
    if not records:
        raise Problem(422, "there is no article in the body", errors=[])
    return records


def _lines(body: bytes) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(body.split(b"\n"), 1):
        if line.strip():
            yield number, line.strip()


def _checked(pieces: list[tuple[int, bytes]], parts: Given) -> tuple[list[Encoded], list[dict[str, Any]]]:
    records: list[Encoded] = []
    errors: list[dict[str, Any]] = []
    for number, piece in pieces:
        try:
            records.append(_record(piece, parts))
        except codec.Undecodable as error:
            errors.append({"line": number, "reason": str(error.reason), "detail": error.detail})
    return records, errors


def _record(piece: bytes, parts: Given) -> Encoded:
    article = codec.decode(RAW, piece)
    record = codec.encode(RAW, article, time=parts.clock.now(), source="gateway")
    if len(record.value) > LARGEST:
        raise codec.Undecodable(Reason.TOO_LARGE, f"{len(record.value)} bytes, the limit is {LARGEST}")
    return record
