"""What an operator may turn, for every worker alike. Environment variables, or files for secrets; never logged."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Delivery = Literal["auto", "transactional", "at-least-once"]
LOOPBACK = "127.0.0.1"


def state_home() -> Path:
    """Where a worker keeps what must outlive a kill; a volume in containers."""
    return Path.home() / ".local" / "state" / "storybraid"


class SecuritySettings(BaseSettings):
    """How clients prove who they are to the broker, and whom they trust."""

    model_config = SettingsConfigDict(env_prefix="STORYBRAID_", extra="ignore", hide_input_in_errors=True)

    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    sasl_mechanism: Literal["SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"] = "SCRAM-SHA-512"
    sasl_username: str | None = None
    sasl_password: SecretStr | None = None
    sasl_password_file: Path | None = Field(None, description="A file with the password, as orchestrators mount it.")
    ssl_ca_file: Path | None = Field(None, description="Who signed the brokers' certificates; default: the system's.")
    ssl_cert_file: Path | None = None
    ssl_key_file: Path | None = None

    @model_validator(mode="after")
    def _somebody_to_be(self) -> "SecuritySettings":
        if self.security_protocol.startswith("SASL") and not (self.sasl_username and self.password()):
            raise ValueError(
                "SASL needs STORYBRAID_SASL_USERNAME and STORYBRAID_SASL_PASSWORD or STORYBRAID_SASL_PASSWORD_FILE"
            )
        return self

    def password(self) -> str | None:
        """The password, from the environment or its file."""
        if self.sasl_password is not None:
            return self.sasl_password.get_secret_value()
        return self.sasl_password_file.read_text().strip() if self.sasl_password_file else None


class RuntimeSettings(SecuritySettings):
    """Everything a worker needs to know besides its own trade. Each field is STORYBRAID_<FIELD>."""

    brokers: str = Field(f"{LOOPBACK}:9092", description="Addresses, separated by commas.")
    group: str | None = Field(None, description="Consumer group; default: storybraid-<room>.")
    metrics_host: str = Field(LOOPBACK, description="Where metrics and health are served; loopback unless told.")
    metrics_port: int = Field(0, description="0 lets the machine choose; the log tells which.")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    state_dir: Path = Field(default_factory=state_home, description="Attempt journals, so that poison is recognised.")
    dead_letters_in_a_row: int = Field(100, ge=1, description="More than this without a good message stops the worker.")
    attempts_before_parking: int = Field(3, ge=1, description="How often a message may kill a worker.")
    stall_seconds: float = Field(30, gt=0, description="Lag without progress for this long ends the process.")
    shutdown_seconds: float = Field(8, gt=0, description="How long SIGTERM may drain before the process just ends.")
    session_seconds: float = Field(10, ge=1, description="After this long without a heartbeat a member is replaced.")
    commit_seconds: float = Field(0.2, gt=0, description="How often a stateless stage commits its offsets.")
    batch_records: int = Field(500, ge=1, description="The most records of one deduplication transaction.")
    schema_registry: str | None = Field(
        None, description="A Confluent-compatible schema registry; what workers read and write is checked there."
    )
    schema_registry_username: str | None = Field(None, description="Who one is there, where it asks.")
    schema_registry_password: SecretStr | None = Field(None, description="The secret; better in a file.")
    schema_registry_password_file: Path | None = Field(None, description="A file with that password.")
    delivery: Delivery = Field("auto", description="auto: transactions unless the broker is the embedded one.")

    def registry_password(self) -> str | None:
        """The schema registry's password, from the environment or its file."""
        if self.schema_registry_password is not None:
            return self.schema_registry_password.get_secret_value()
        return self.schema_registry_password_file.read_text().strip() if self.schema_registry_password_file else None

    def group_of(self, room: str) -> str:
        """The consumer group of a room."""
        return self.group or f"storybraid-{room.replace('_', '-')}"
