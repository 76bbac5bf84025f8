"""`settings`: every setting of the workers, from the code."""

from pathlib import Path

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
    """Variable, meaning and default of every setting."""
    return [
        (f"STORYBRAID_{name.upper()}", field.description or _MEANINGS[name], _default(field))
        for name, field in RuntimeSettings.model_fields.items()
    ]


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, Path):
        value = "~" / value.relative_to(Path.home()) if value.is_relative_to(Path.home()) else value
    return "" if value in (None, PydanticUndefined) else str(value)


def settings() -> None:
    """Print every setting of the workers: environment variable, meaning, default."""
    typer.echo("| variable | meaning | default |\n|---|---|---|")
    for variable, meaning, default in rows():
        typer.echo(f"| `{variable}` | {meaning} | {default} |")
