"""Chromium without a window, for tests that look at a page; they skip where there is none."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
PROGRAM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
needed = pytest.mark.skipif(not (PROGRAM and DRIVER), reason="no Chromium here")


@contextmanager
def browser(downloads: Path) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = PROGRAM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        yield opened
    finally:
        opened.quit()


def look(opened: Any, width: int, height: int, scheme: str = "light") -> None:
    """Give the page a size, in pixels, and a colour scheme."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def until(holds: Callable[[], Any], seconds: float = 30.0) -> Any:
    """What something gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while not (said := holds()):
        assert time.monotonic() < end, "the page does not get there"
        time.sleep(0.02)
    return said
