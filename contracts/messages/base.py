"""The base of every wire message: frozen, strict about what it knows, indifferent to what it does not."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Message(BaseModel):
    """A frozen value on the wire. Unknown fields are dropped, so that a newer producer never breaks an older reader."""

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_bytes="utf8")


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that is JSON already: `codec.encode` sends `value` as it is. Who wrote it vouches for its schema."""

    value: bytes
