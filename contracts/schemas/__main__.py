"""Write the schemas and the AsyncAPI document: `python -m contracts.schemas [DIRECTORY]`."""

import json
import sys
from importlib.metadata import version
from pathlib import Path

from contracts.schemas.asyncapi import document
from contracts.schemas.json_schema import all_schemas


def documents() -> dict[str, str]:
    """File name -> text, as committed."""
    values = all_schemas() | {"asyncapi.json": document(version("storybraid"))}
    return {name: json.dumps(value, ensure_ascii=False, indent=2) + "\n" for name, value in values.items()}


def main() -> None:
    """Write every document into the directory given, or beside this file."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, text in documents().items():
        (target / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
