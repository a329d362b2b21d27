"""A stack for trees that are nested thousands of levels deep."""

from __future__ import annotations

import contextvars
import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Result = TypeVar("Result")

_SIZES = tuple(megabytes << 20 for megabytes in (512, 256, 64))
_FRAME = 4096
"""Bytes of stack for each call up to the limit: one through ``sorted`` takes over 2,000, most take none."""
_POLL = 0.2
"""Seconds between looks for Ctrl-C, which Windows does not let end a wait; the end of the action ends it at once."""
_STOP = 2.0
"""Seconds that an interrupted action has to end in."""
_lock = threading.Lock()
_here = threading.local()
_limits: list[int] = []
"""The recursion limits to go back to, one of each action that runs."""


def with_deep_stack(action: Callable[[], Result]) -> Result:
    """Run *action* where it may recurse as deep as what CPython compiles is nested, and give its result.

    It runs in a thread with a stack of 512 MB, of which the system grants only what is touched, and under a higher
    recursion limit. What it raises is raised here; Ctrl-C ends the wait, and the action when it next runs Python code.
    Called from within an action, it just calls.

    Measured with LibCST 1.9 on 64-bit Linux, Python 3.11 and 3.13. Its parser is native, and ends the process when the
    stack ends. It takes 1.0 to 1.5 kB a level for operators, attributes and ``elif``, 2.7 for calls and lambdas, 7 for
    brackets and 28 for blocks; CPython allows 200 and 100 of the latter. It does not bound a chain of ``and`` or a
    dotted import: the usual 8 MB end at some 6,000 parts, 512 MB at 350,000. Code generation, comparing, cloning,
    visitors and the walk for names take 1 to 3 Python calls a level and less stack than the parser, so that the limit
    of 131,072 does for 40,000 levels; past it there is a ``RecursionError``, as ever. Python 3.12 and 3.13 bound what
    goes through native code too, at some 5,000 levels of code generation, and let nobody raise that. LibCST itself
    refuses 3,000 strings side by side, and as many loops in a comprehension. Left-recursive chains (``a + b + …``,
    ``a.b().c()…``) it parses in quadratic time: 1.7 s for 3,000 operands, 8 to 14 s for 5,000.
    """
    if getattr(_here, "deep", False):
        return action()
    run = _Run(action)
    if not run.start():
        return action()
    try:
        while not run.ended.wait(_POLL):
            pass
    except BaseException:
        run.stop()
        raise
    return run.result()


class _Run(Generic[Result]):
    """An action in a thread, and what became of it."""

    def __init__(self, action: Callable[[], Result]) -> None:
        self.thread: threading.Thread
        self._action = action
        self._context = contextvars.copy_context()
        self._results: list[Result] = []
        self._error: BaseException | None = None
        self.ended = threading.Event()
        """Rather than ``Thread.join``, which an interrupt makes believe that the thread has ended."""

    def start(self) -> bool:
        """Start with the largest stack that the system grants; False where it grants none."""
        for size in _SIZES:
            self.thread = threading.Thread(target=self._run, args=(size // _FRAME,), name="deep stack", daemon=True)
            with _lock:
                try:
                    usual = threading.stack_size(size)
                except ValueError:
                    continue
                try:
                    self.thread.start()
                    return True
                except RuntimeError:
                    continue
                finally:
                    threading.stack_size(usual)
        return False

    def _run(self, limit: int) -> None:
        _here.deep = True
        try:
            with _higher_limit(limit):
                self._results.append(self._context.run(self._action))
        except BaseException as error:
            self._error = error
        finally:
            self.ended.set()

    def stop(self) -> None:
        """Interrupt the action, and let it leave native code, which the end of the program would tear it out of."""
        if self.thread.ident is not None:
            number, error = ctypes.c_ulong(self.thread.ident), ctypes.py_object(KeyboardInterrupt)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(number, error)
        self.ended.wait(_STOP)

    def result(self) -> Result:
        error, self._error = self._error, None
        try:
            if error is not None:
                raise error
            return self._results.pop()
        finally:
            del error  # its traceback holds this frame


@contextmanager
def _higher_limit(limit: int) -> Iterator[None]:
    """The limit is that of all threads; the last action to end puts the first one's back."""
    with _lock:
        _limits.append(sys.getrecursionlimit())
        sys.setrecursionlimit(max(limit, sys.getrecursionlimit()))
    try:
        yield
    finally:
        with _lock:
            usual = _limits[0]
            _limits.pop()
            if not _limits:
                sys.setrecursionlimit(usual)
