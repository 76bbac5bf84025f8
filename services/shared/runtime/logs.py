"""JSON logs, one object a line, on standard error. Kafka coordinates and ids are bound where a record is handled."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import structlog


def configure(room: str, level: str = "info") -> None:
    """Send everything, the libraries' own words included, through one JSON renderer."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer = structlog.processors.JSONRenderer(
        serializer=lambda event, **_: orjson.dumps(event, default=str).decode()
    )
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    _route_standard_logging(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared), level)
    structlog.contextvars.bind_contextvars(room=room)


def _route_standard_logging(formatter: logging.Formatter, level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for chatty in ("aiokafka", "faust", "mode", "services.shared.runtime.faust_app"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))


def logger() -> Any:
    """A logger that carries the bound context."""
    return structlog.get_logger("storybraid")


@contextmanager
def handling(**coordinates: object) -> Iterator[None]:
    """Bind topic, partition, offset and ids to every line logged inside."""
    with structlog.contextvars.bound_contextvars(**coordinates):
        yield
