"""Who may write: holders of an API key; without a keys file, whoever sits at this very machine."""

from typing import Annotated

from fastapi import Depends, Request

from services.gateway.answers import Problem
from services.gateway.keys import Keyring
from services.gateway.settings import Settings, is_loopback

_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
NOBODY = "-"


class Access:
    """Answers whether a request may write, and as whom."""

    def __init__(self, settings: Settings) -> None:
        path = settings.gateway_api_keys_file
        self._keys = Keyring(path) if path else None
        self._open = path is None and settings.on_loopback

    def owner(self, request: Request) -> str:
        """The id of the key that writes; raises Problem where nobody may."""
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if self._keys is not None:
            key = self._keys.owner(secret.strip()) if scheme.lower() == "bearer" else None
            if key is None:
                raise Problem(401, "an API key is needed: Authorization: Bearer ...", {"WWW-Authenticate": "Bearer"})
            return key.id
        if not self._open:
            raise Problem(403, "writing is closed: the gateway has no API keys (STORYBRAID_GATEWAY_API_KEYS_FILE)")
        client = request.client.host if request.client else None
        if not is_loopback(client) or any(name in request.headers for name in _FORWARDED):
            raise Problem(403, "without API keys only this machine itself may write")
        return NOBODY


def writer(request: Request) -> str:
    """A dependency: the id of the key that writes."""
    access: Access = request.app.state.access
    return access.owner(request)


Writer = Annotated[str, Depends(writer)]
