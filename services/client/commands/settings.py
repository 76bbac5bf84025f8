"""`settings`: every setting of the workers, from the code."""

from importlib import import_module
from pathlib import Path

import typer
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

import services
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
    """Variable, meaning and default of every setting: those of all workers, then those of single rooms."""
    shared, told = RuntimeSettings.model_fields, []
    own = {room: settings.model_fields for room, settings in rooms().items()}
    for name, field in shared.items():
        others = [f"{room}: {_default(fields[name])}" for room, fields in own.items()
                  if _default(fields[name]) != _default(field)]  # fmt: skip
        told.append((_variable(name), field.description or _MEANINGS[name], "; ".join([_default(field), *others])))
    for fields in own.values():
        more = {name: field for name, field in fields.items() if name not in shared}
        told += [
            (_variable(name), field.description or _MEANINGS[name], _default(field)) for name, field in more.items()
        ]
    return told


def rooms() -> dict[str, type[RuntimeSettings]]:
    """The settings of every room that has some; a new room is found by itself."""
    found = {}
    for path in sorted(Path(services.__path__[0]).glob("*/settings.py")):
        room = path.parent.name
        found[room] = import_module(f"services.{room}.settings").Settings
    return found


def _variable(name: str) -> str:
    return f"STORYBRAID_{name.upper()}"


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
