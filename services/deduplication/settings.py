"""What an operator may turn in deduplication: every setting of the runtime, and none besides."""

from services.shared.runtime.settings import RuntimeSettings


class Settings(RuntimeSettings):
    """STORYBRAID_<FIELD>, as for every worker."""
