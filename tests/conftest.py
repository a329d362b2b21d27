"""What all tests share: the default schema, a repair of a piece of code, and the real cdktf, warm."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from cdktf_codemods import Repair, Schema, Settings, repair
from cdktf_codemods.oracle import Oracle, SandboxError
from cdktf_codemods.oracle.sandbox import Mode, available
from cdktf_codemods.schema.versions import choose

from .warm import Warm

Fix = Callable[..., str]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell has what it starts in the background ignore it, and the programs that tests interrupt would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)

_CACHE = tempfile.TemporaryDirectory(prefix="cdktf-fix-cache-")
os.environ["CDKTF_FIX_CACHE_DIR"] = _CACHE.name
# What the programs that tests run keep of earlier runs is not the user's, and is gone afterwards.

VARIABLES = {"DB_PASSWORD": "of-the-test", "ENVIRONMENT_SUFFIX": "test"}
"""What repaired projects insist on."""

collect_ignore = ["right", "upgrades"]
"""Projects to be looked at, some with tests of their own."""


_SLOW_FOLDERS = ("batch", "cli", "oracle")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--quick", action="store_true", help="leave out what starts the program, runs a project, or takes a minute"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--quick"):
        slow = [item for item in items if _is_slow(item)]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in set(slow)]


def _is_slow(item: pytest.Item) -> bool:
    if item.get_closest_marker("slow") is not None:
        return True
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    return folder in _SLOW_FOLDERS or "oracle" in getattr(item, "fixturenames", ())


def _can_lock_up() -> bool:
    try:
        return available() != "none"
    except SandboxError:
        return False


CAN_LOCK_UP = _can_lock_up()
"""Whether this machine has a sandbox; the projects that the tests themselves ship may do without."""


def sandboxes() -> list[Mode]:
    """The sandboxes that this machine has."""
    found: list[Mode] = []
    wanted: tuple[Mode, ...] = ("namespaces", "bwrap")
    for mode in wanted:
        try:
            found.append(available(mode))
        except SandboxError:
            continue
    return found


@pytest.fixture(scope="session")
def schema() -> Schema:
    return Schema(choose([])[0])


@pytest.fixture
def run(schema: Schema) -> Callable[..., Repair]:
    """Repair a project given as path → text; a second run must change nothing."""

    def run(files: Mapping[str, str], **settings: object) -> Repair:
        chosen = Settings(**settings)  # type: ignore[arg-type]
        before = {path: dedent(text) for path, text in files.items()}
        result = repair(before, schema, chosen)
        after = {**before, **{file.path: file.after for file in result.files}}
        again = repair(after, schema, chosen)
        assert [file.after for file in again.files] == [], "a second run changes something"
        return result

    return run


@pytest.fixture
def fix(run: Callable[..., Repair]) -> Fix:
    """The repaired text of one file."""

    def fix(code: str, **settings: object) -> str:
        result = run({"main.py": code}, **settings)
        assert not result.errors
        return result.files[0].after if result.files else dedent(code)

    return fix


@pytest.fixture(scope="session")
def oracle(schema: Schema) -> Iterator[Oracle]:
    """The real cdktf, in a kernel that all projects share: they are the tests' own."""
    with Warm(schema, mode=None if CAN_LOCK_UP else "none", environment=VARIABLES) as warm:
        yield warm
