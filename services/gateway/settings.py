"""What an operator may turn in the gateway, besides every setting of the runtime."""

from ipaddress import ip_address
from pathlib import Path

from pydantic import Field

from services.shared.runtime.settings import LOOPBACK, RuntimeSettings


class Settings(RuntimeSettings):
    """STORYBRAID_<FIELD>, as for every worker."""

    gateway_host: str = Field(LOOPBACK, description="Where the gateway listens; loopback unless told.")
    gateway_port: int = Field(8080, ge=0, le=65535, description="0 lets the machine choose; the log tells which.")
    gateway_hosts: str = Field(
        "", description="Host names the gateway answers to besides its own address and localhost; commas; * is any."
    )
    gateway_proxies: str = Field("", description="Reverse proxies whose X-Forwarded-For is believed; commas.")
    gateway_database: Path | None = Field(
        None,
        description="The projection; may be deleted, it is rebuilt. Default: gateway.sqlite in the state directory.",
    )
    gateway_subscriptions: Path | None = Field(
        None, description="Webhook subscriptions; keep it. Default: gateway-webhooks.sqlite in the state directory."
    )
    gateway_api_keys_file: Path | None = Field(
        None, description="Hashed API keys (`storybraid keys`). Without it publishing is open on loopback, else closed."
    )
    gateway_articles: int = Field(50_000, ge=1, description="The most articles kept; the oldest go first.")
    gateway_stories: int = Field(100_000, ge=1, description="The most stories kept; those longest unchanged go first.")
    gateway_changes: int = Field(500_000, ge=1, description="The most changes kept for clients that come back.")
    gateway_versions: int = Field(20, ge=0, description="Older versions kept of each story.")
    gateway_publish_bytes: int = Field(16 * 1024 * 1024, ge=1024, description="The largest request that publishes.")
    gateway_publish_articles: int = Field(1000, ge=1, description="The most articles of one request.")
    gateway_requests_per_second: float = Field(50, gt=0, description="What one client may ask for, lastingly.")
    gateway_requests_burst: int = Field(200, ge=1, description="What one client may ask for at once.")
    gateway_streams: int = Field(1000, ge=1, description="The most SSE clients at a time.")
    gateway_streams_per_client: int = Field(300, ge=1, description="The most SSE streams of one client address.")
    gateway_heartbeat_seconds: float = Field(15, gt=0, description="How often an idle SSE stream says that it lives.")
    gateway_write_seconds: float = Field(20, gt=0, description="A client that takes nothing for this long is cut off.")
    gateway_private_webhooks: bool = Field(False, description="Whether webhooks may call into private networks.")
    gateway_webhook_failures: int = Field(12, ge=1, description="Failures in a row that disable a subscription.")

    @property
    def database(self) -> Path:
        """Where the projection is."""
        return self.gateway_database or self.state_dir / "gateway.sqlite"

    @property
    def subscriptions(self) -> Path:
        """Where the webhook subscriptions are."""
        return self.gateway_subscriptions or self.state_dir / "gateway-webhooks.sqlite"

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the gateway."""
        return is_loopback(self.gateway_host)


def is_loopback(host: str | None) -> bool:
    """Whether an address or name is this machine's own."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
