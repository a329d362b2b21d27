"""Python's search for garbage, put off until nobody waits: in a run it costs up to a half of it."""

from __future__ import annotations

import asyncio
import gc

_REST = 2.0
"""Seconds without a run after which the search is due."""
_MOST = 25
"""Runs after which it is due even so."""


class Garbage:
    """Searches once the server rests."""

    def __init__(self) -> None:
        gc.disable()
        self._runs = 0
        self._is_first = True
        self._due: asyncio.TimerHandle | None = None

    def after_run(self) -> None:
        """A run has ended; called where the event loop runs."""
        self._runs += 1
        if self._due is not None:
            self._due.cancel()
        if self._runs >= _MOST:
            self._search()
        else:
            self._due = asyncio.get_running_loop().call_later(_REST, self._search)

    def _search(self) -> None:
        self._runs = 0
        gc.collect()
        if not self._is_first:
            return
        self._is_first = False
        gc.freeze()  # modules and schemas, which stay: the next searches pass over them
