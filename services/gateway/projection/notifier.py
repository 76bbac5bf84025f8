"""Tells everybody in this process who waits that the projection has moved."""

import asyncio


class Notifier:
    """One event for all; each turn of the projection opens the gate once and hangs in a new one."""

    def __init__(self) -> None:
        self._gate = asyncio.Event()
        self.turn = 0
        """Counts up with every move."""
        self.caught_up = False
        """Whether the projection has reached what was in the topics when the gateway started."""
        self.closed = asyncio.Event()
        """Set when the gateway ends: whoever streams must stop."""

    def notify(self) -> None:
        """The projection has moved. Called on the event loop."""
        self.turn += 1
        gate, self._gate = self._gate, asyncio.Event()
        gate.set()

    def gate(self) -> asyncio.Event:
        """What the next `notify` sets. Take it before looking at the projection, so that nothing falls in between."""
        return self._gate

    def close(self) -> None:
        """Everybody is to stop; wakes all who wait."""
        self.closed.set()
        self.notify()
