"""`settings`: every setting of the workers, from the code."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from services.shared.runtime.settings import RuntimeSettings

_MEANINGS = {
    "security_protocol": "How to speak to the broker.",
    "sasl_mechanism": "How to prove who one is.",
    "sasl_username": "Who one is.",
    "sasl_password": "The secret; better in a file.",
    "ssl_cert_file": "The client's own certificate, where the broker asks for one.",
    "ssl_key_file": "The key of that certificate.",
    "log_level": "How much is logged.",
}


def rows() -> list[tuple[str, str, str]]:
    """Variable, meaning and default of every setting that all workers share."""
    return _rows(RuntimeSettings.model_fields)


def gateway_rows() -> list[tuple[str, str, str]]:
    """Variable, meaning and default of every setting that only the gateway has."""
    from services.gateway.settings import Settings

    shared = RuntimeSettings.model_fields
    return _rows({name: field for name, field in Settings.model_fields.items() if name not in shared})


def _rows(fields: Mapping[str, FieldInfo]) -> list[tuple[str, str, str]]:
    return [
        (f"STORYBRAID_{name.upper()}", field.description or _MEANINGS[name], _default(field))
        for name, field in fields.items()
    ]


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, Path):
        value = "~" / value.relative_to(Path.home()) if value.is_relative_to(Path.home()) else value
    return "" if value in (None, PydanticUndefined) else str(value)


def settings(
    gateway: Annotated[bool, typer.Option("--gateway", help="Those that only the gateway has.")] = False,
) -> None:
    """Print every setting of the workers: environment variable, meaning, default."""
    typer.echo("| variable | meaning | default |\n|---|---|---|")
    for variable, meaning, default in gateway_rows() if gateway else rows():
        typer.echo(f"| `{variable}` | {meaning} | {default} |")
