"""`keys`: who may write over HTTP."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from services.shared.runtime.clock import SystemClock
from services.shared.runtime.settings import state_home

VARIABLE = "STORYBRAID_GATEWAY_API_KEYS_FILE"
app = typer.Typer(no_args_is_help=True, help="The gateway's API keys: create, list, revoke.")
File = Annotated[
    Path | None, typer.Option("--file", help=f"The keys file; default: {VARIABLE}, else the state directory.")
]


def _file(given: Path | None) -> Path:
    return given or Path(os.environ.get(VARIABLE) or state_home() / "gateway-keys.jsonl")


@app.command()
def create(label: Annotated[str, typer.Argument(help="Whose key it is.")], file: File = None) -> None:
    """Make a key and print it; it is kept as a hash only, so this is the one time it is seen."""
    from services.gateway import keys

    path = _file(file)
    key, secret = keys.create(path, label, SystemClock().now().isoformat(timespec="seconds"))
    typer.echo(secret)
    told = f"key {key.id} for {label}, kept in {path}"
    hint = "" if os.environ.get(VARIABLE) else f"\nthe gateway reads it with {VARIABLE}={path}"
    Console(stderr=True, highlight=False, markup=False).print(told + hint)


@app.command("list")
def list_keys(file: File = None) -> None:
    """Every key: id, whose it is, since when."""
    from services.gateway import keys

    table = Table("id", "label", "created", box=None)
    for key in keys.read(_file(file)):
        table.add_row(key.id, key.label, key.created_at)
    Console(markup=False).print(table)


@app.command()
def revoke(key_id: Annotated[str, typer.Argument(help="The id that `list` shows.")], file: File = None) -> None:
    """Take a key away; a running gateway notices at once."""
    from services.gateway import keys

    if not keys.revoke(_file(file), key_id):
        raise LookupError(f"there is no key {key_id}")
    typer.echo(f"{key_id} is revoked")
