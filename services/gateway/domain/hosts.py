"""Which names the gateway answers to. A page elsewhere may point its own name at this machine (DNS rebinding)."""

from dataclasses import dataclass

OWN = frozenset({"localhost", "127.0.0.1", "[::1]"})


def name_of(host: str) -> str:
    """The name in a Host header, without the port."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower().rstrip(".")


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names; `anything` where a reverse proxy or the operator vouches for them."""

    names: frozenset[str]
    anything: bool = False

    @classmethod
    def of(cls, listening: str, told: str, on_loopback: bool) -> "Hosts":
        """From where it listens and what the operator told (`a, b` or `*`); beyond loopback all, unless told."""
        names = {name_of(each.strip()) for each in told.split(",") if each.strip()}
        anything = "*" in names or not (names or on_loopback)
        return cls(OWN | names | {name_of(listening)}, anything)

    def allows(self, host: str | None) -> bool:
        """Whether a Host header names us."""
        return bool(host) and (self.anything or name_of(host or "") in self.names)

    def same(self, origin: str, host: str | None) -> bool:
        """Whether an Origin header is this gateway itself."""
        return origin.partition("://")[2].lower() == (host or "").lower()
