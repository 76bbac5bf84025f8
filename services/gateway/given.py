"""What every route may use, and how it gets it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from services.gateway.projection.notifier import Notifier
from services.gateway.projection.reader import Reader
from services.gateway.publishing import Publisher
from services.gateway.settings import Settings
from services.shared.runtime.clock import Clock


@dataclass(frozen=True, slots=True)
class Given:
    """The parts of the application."""

    reader: Reader
    notifier: Notifier
    settings: Settings
    clock: Clock
    publisher: Publisher


def given(request: Request) -> Given:
    """What the application was given."""
    found: Given = request.app.state.given
    return found


Ask = Annotated[Given, Depends(given)]
"""A route's parameter `parts: Ask` is everything it may use. Routes that read are plain `def`: they run in threads."""
