"""The command line: `storybraid --help`."""

import sys

import typer
from aiokafka.errors import KafkaError
from rich.console import Console

from services.client.commands import (
    articles,
    doctor,
    feeds,
    keys,
    lag,
    letters,
    names,
    reset,
    settings,
    stacks,
    stages,
    topics,
)
from services.client.live import harmless

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Many news articles in, one consolidated story per real event out. Start with [bold]storybraid demo[/].",
)
app.command()(stacks.demo)
app.command()(stacks.up)
app.command()(articles.publish)
app.command()(articles.subscribe)
app.command()(stages.replay)
app.command()(stages.identify)
app.command()(stages.extract)
app.command()(feeds.feeds)
app.command()(lag.lag)
app.command()(doctor.doctor)
app.command()(settings.settings)
app.add_typer(topics.app, name="topics")
app.add_typer(keys.app, name="keys")
app.add_typer(letters.app, name="dlq")
app.add_typer(names.app, name="names")
app.add_typer(reset.app, name="reset")


def main() -> None:
    """Run the command line; trouble that a person can mend is told in a sentence, without a stack trace."""
    try:
        app()
    except KafkaError as error:
        _fail(f"the broker cannot be reached or refused: {error}", "is it running? `storybraid up` starts one")
    except FileNotFoundError as error:
        _fail(f"no such file: {error.filename}", "give a path, or - for standard input")
    except (LookupError, RuntimeError) as error:
        _fail(str(error.args[0] if error.args else error), "")
    except KeyboardInterrupt:
        sys.exit(130)


def _fail(what: str, hint: str) -> None:
    Console(stderr=True, highlight=False).print(
        f"[red]storybraid:[/] {harmless(what)}" + (f"\n  {hint}" if hint else "")
    )
    sys.exit(1)


if __name__ == "__main__":
    main()
