"""What an operator may turn in ingest. The runtime's settings, with a wider limit: raw articles come from outside."""

from pydantic import Field

from services.shared.runtime.settings import RuntimeSettings


class Settings(RuntimeSettings):
    """STORYBRAID_<FIELD>, as for every worker."""

    dead_letters_in_a_row: int = Field(
        10_000, ge=1, description="Publishers may send much rubbish; only an endless row of it points at ourselves."
    )
