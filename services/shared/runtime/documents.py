"""The contracts as files, for whoever asks a worker for them: the AsyncAPI document and the JSON Schemas."""

import json
from functools import cache
from importlib.resources import files

ASYNCAPI = "asyncapi.json"
FOLDER = "/schemas/"


@cache
def published() -> dict[str, bytes]:
    """Path -> text: `/schemas/<message>.v<n>.json`, the AsyncAPI document beside them, and a list of all."""
    folder = files("contracts.schemas")
    found = {FOLDER + each.name: each.read_bytes() for each in folder.iterdir() if each.name.endswith(".json")}
    names = sorted(path.removeprefix(FOLDER) for path in found)
    return {FOLDER: json.dumps(names).encode(), **found}
