"""The table of all settings: `python -m deploy.settings_table` writes its rows into deploy/README.md from the code."""

import re
from pathlib import Path

from services.client.commands.settings import rows

PAGE = Path(__file__).parent / "README.md"


def main() -> None:
    """Put the rows of now where those of before stand."""
    told = "".join(f"| `{variable}` | {meaning} | {default} |\n" for variable, meaning, default in rows())
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(r"(^\| `STORYBRAID_.*\|\n)+", lambda _: told, page, flags=re.M), encoding="utf-8")


if __name__ == "__main__":
    main()
