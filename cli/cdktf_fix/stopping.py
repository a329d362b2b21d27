"""Ctrl-C and the signals that ask a program to end: at any moment, but never in the middle of a write."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_shields = 0
_received: int | None = None


def listen() -> None:
    """From now on a signal raises KeyboardInterrupt, or ends the process at once if it is the second.

    One that whoever started the program had ignored (``nohup``) stays ignored.
    """
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _handle)
    sys.unraisablehook = _unraisable


@contextmanager
def shielded() -> Iterator[None]:
    """What is done here is done to its end; a signal meanwhile is heeded after it."""
    global _shields
    _shields += 1
    try:
        yield
    finally:
        _shields -= 1
        check()


def check() -> None:
    """Heed a signal whose exception did not get through, as where a library swallows all that are raised.

    :raises KeyboardInterrupt: there was one.
    """
    if _received is not None and not _shields:
        raise KeyboardInterrupt


@contextmanager
def held_back() -> Iterator[None]:
    """Processes begun here are deaf to the signals until they say :func:`leave_to_parent`."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_to_parent() -> None:
    """What a worker process does first: its parent hears Ctrl-C and ends it; it ends itself if the parent is gone."""
    import multiprocessing
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _SIGNALS:
        if number != signal.SIGINT:
            signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def end_workers() -> None:
    """Kill the processes that :mod:`multiprocessing` began and that still run."""
    if "multiprocessing" in sys.modules:
        import multiprocessing

        for child in multiprocessing.active_children():
            child.kill()


def leave(code: int) -> NoReturn:
    """End the process: print what is still to be printed, and wait for nothing else, nor free memory piece by piece."""
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_DFL if signal.getsignal(number) is not signal.SIG_IGN else signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = code or 1
    os._exit(code)


def exit_code() -> int:
    """What a shell calls the end by the signal that was received."""
    return 128 + (_received or signal.SIGINT)


def was_received() -> bool:
    return _received is not None


def _handle(number: int, _: FrameType | None) -> None:
    global _received
    again = _received is not None
    _received = _received or number
    if _shields:
        return
    if again:
        end_workers()
        os._exit(exit_code())
    raise KeyboardInterrupt


def _unraisable(event: sys.UnraisableHookArgs) -> None:
    """An interruption that came while an object was being freed cannot get through; everything else is printed."""
    if not (event.exc_type and issubclass(event.exc_type, KeyboardInterrupt)):
        sys.__unraisablehook__(event)
