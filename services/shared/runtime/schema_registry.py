"""A schema registry with Confluent's REST interface, where one is configured: what a worker reads and writes stands
there before the first record, and a schema that breaks the promise of the one before it ends the worker at its start.

Subjects are named `<topic>-value`. They are held to FORWARD: an older reader understands newer messages. Our schemas
are open (readers drop what they do not know), and of open schemas registries call an added optional field compatible
in that direction only. Registries read draft-07, so that is what they get; the published files are 2020-12.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contracts.schemas.json_schema import schema_of
from contracts.topics import TOPICS, Topic
from services.shared.runtime.settings import RuntimeSettings

if TYPE_CHECKING:
    import httpx

CONTENT_TYPE = "application/vnd.schemaregistry.v1+json"
COMPATIBILITY = "FORWARD"
NOT_FOUND = 404


class RegistryAwayError(OSError):
    """The schema registry does not answer, or not as one; is STORYBRAID_SCHEMA_REGISTRY right?"""


class IncompatibleError(RuntimeError):
    """The registry holds a schema that this version's messages would break; what must not be deployed beside it?"""


@dataclass(frozen=True, slots=True)
class Registry:
    """One registry, asked with a client that knows its address and our name there."""

    client: "httpx.Client"

    def look(self, topic: Topic) -> str:
        """What the registry says of this topic's schema: `known`, or `compatible`; raises where it is neither."""
        subject, body = _question(topic)
        if self._ask("POST", f"/subjects/{subject}", body):
            return "known"
        told = self._ask("POST", f"/compatibility/subjects/{subject}/versions/latest", body)
        if told is not None and not told["is_compatible"]:
            raise IncompatibleError(f"{subject}: readers of the registered schema could not read what we write")
        return "compatible"

    def agree(self, topic: Topic) -> str:
        """Make sure the registry knows this topic's schema: `known`, or `registered`; raises where they differ."""
        if self.look(topic) == "known":
            return "known"
        subject, body = _question(topic)
        self._ask("POST", f"/subjects/{subject}/versions", body)
        self._ask("PUT", f"/config/{subject}", {"compatibility": COMPATIBILITY})
        return "registered"

    def _ask(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """The answer, or None where the registry knows no such subject or schema."""
        import httpx

        try:
            answer = self.client.request(method, path, json=body)
            if answer.status_code == NOT_FOUND and "error_code" in answer.json():
                return None
            if answer.status_code == httpx.codes.CONFLICT:
                raise IncompatibleError(f"{path}: {answer.text[:300]}")
            answer.raise_for_status()
            told: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise RegistryAwayError(f"{method} {path} at the schema registry: {error}") from error
        return told


def _question(topic: Topic) -> tuple[str, dict[str, Any]]:
    return f"{topic.name}-value", {"schema": json.dumps(draft_07(schema_of(topic))), "schemaType": "JSON"}


def agree(settings: RuntimeSettings, names: Iterable[str], *, register: bool = True) -> dict[str, str]:
    """What became of each topic that carries a message; nothing where no registry is configured."""
    if settings.schema_registry is None:
        return {}
    import httpx

    password = settings.registry_password()
    identity = (settings.schema_registry_username, password) if settings.schema_registry_username and password else None
    headers = {"Content-Type": CONTENT_TYPE, "Accept": CONTENT_TYPE}
    address = settings.schema_registry.rstrip("/")
    with httpx.Client(base_url=address, auth=identity, headers=headers, timeout=10) as client:
        registry = Registry(client)
        ask = registry.agree if register else registry.look
        return {name: ask(TOPICS[name]) for name in names if TOPICS[name].message}


def draft_07(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema in the older dialect: definitions under another name, no id, nothing else differs."""
    older: dict[str, Any] = json.loads(json.dumps(schema).replace('"#/$defs/', '"#/definitions/'))
    older.pop("$id", None)
    definitions = older.pop("$defs", None)
    return older | {"$schema": "http://json-schema.org/draft-07/schema#"} | (
        {"definitions": definitions} if definitions else {}
    )  # fmt: skip
