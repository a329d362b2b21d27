"""The page of a batch in a real browser. With CDKTF_FIX_PICTURES=docs/images it takes the pictures of the docs."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cdktf_codemods.batch.report import write_report

from .. import browser
from ..batches import ROOT, run
from ..cli.test_apply import BROKEN, FIXED
from .test_report import HOSTILE, finished

pytestmark = browser.needed


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser; what it downloads goes to ``page.downloads``."""
    downloads = tmp_path_factory.mktemp("downloads")
    with browser.browser(downloads) as opened:
        opened.downloads = downloads
        yield opened


def show(page: Any, file: Path, width: int = 1400, height: int = 900, scheme: str = "light") -> None:
    browser.look(page, width, height, scheme)
    page.get(file.as_uri())
    browser.until(lambda: page.execute_script("return document.body.dataset.ready"))


def found(page: Any, css: str) -> list[Any]:
    return page.find_elements("css selector", css)  # type: ignore[no-any-return]


def keys(page: Any, *pressed: str) -> None:
    for each in pressed:
        page.switch_to.active_element.send_keys(each)


def shown(page: Any) -> list[str]:
    return [each.text for each in found(page, "#cases .open")]


def test_by_keyboard_an_output_is_opened_decided_on_and_exported(page: Any, tmp_path: Path) -> None:
    write_report(finished(tmp_path, [FIXED, HOSTILE, f"{BROKEN}def broken("]), tmp_path / "r.html")
    show(page, tmp_path / "r.html")
    assert shown(page) == ["t.jsonl 0", "t.jsonl 1", "t.jsonl 2"]
    page.execute_script("document.querySelectorAll('#cases .open')[1].focus()")
    keys(page, "\ue007")
    browser.until(lambda: found(page, "dialog[open] .finding"))
    assert "window.owned" in found(page, "#case-body")[0].text
    assert page.execute_script("return window.owned") is None
    findings = len(found(page, ".beside .finding"))
    assert findings == len(found(page, ".finding")) == len(found(page, ".spacer")) > 0
    keys(page, "j", "a")
    accept, reject = found(page, ".finding button")[:2]
    assert (accept.get_attribute("aria-pressed"), reject.get_attribute("aria-pressed")) == ("true", "false")
    keys(page, "r", "r", "r")
    assert (accept.get_attribute("aria-pressed"), reject.get_attribute("aria-pressed")) == ("false", "true")
    assert accept.accessible_name.startswith("Accept A")
    keys(page, "\ue00c")
    browser.until(lambda: not found(page, "dialog[open]"))
    assert page.switch_to.active_element.text == "t.jsonl 1"
    found(page, "#export")[0].click()
    written = page.downloads / "decisions.json"
    browser.until(written.exists)
    decisions = json.loads(browser.until(written.read_text))
    record = json.loads((tmp_path / "out" / "shards" / "000000.jsonl").read_text("utf-8").splitlines()[1])["record"]
    first = record["findings"][0]
    path = f"{tmp_path.as_posix()}/t.jsonl:2/{first['path']}"
    assert decisions == {
        "version": 1,
        "decisions": [
            {
                "rule": first["code"],
                "path": path,
                "line": first["line"],
                "column": first["column"],
                "decision": "reject",
            }
        ],
        "files": {path: f"sha256:{hashlib.sha256(HOSTILE.encode()).hexdigest()}"},
    }
    assert [each["message"] for each in page.get_log("browser") if each["level"] == "SEVERE"] == []


def test_thousands_are_searched_sorted_and_filtered(page: Any, tmp_path: Path) -> None:
    write_report(finished(tmp_path, [FIXED, BROKEN, f"{BROKEN}def broken(", FIXED, FIXED] * 1000), tmp_path / "r.html")
    show(page, tmp_path / "r.html")
    assert len(shown(page)) == 25
    assert "5,000" in found(page, ".dt-info")[0].text or "5000" in found(page, ".dt-info")[0].text
    search = found(page, "input[type=search]")[0]
    assert search.accessible_name == "Search"
    search.send_keys("004999")
    browser.until(lambda: shown(page) == ["t.jsonl 4999"])
    search.send_keys("\ue003" * 6)
    browser.until(lambda: len(shown(page)) == 25)
    for _ in range(2):
        found(page, "#cases th")[0].click()
    browser.until(lambda: shown(page)[0] == "t.jsonl 4999")
    assert found(page, "#cases th")[0].get_attribute("aria-sort") == "descending"
    found(page, "#filter-status option:nth-child(5)")[0].click()
    browser.until(lambda: shown(page)[0] == "t.jsonl 4997")
    found(page, "#cases .open")[0].click()
    browser.until(lambda: found(page, "dialog[open]"))
    assert found(page, "dialog[open] .notes")[0].text
    assert not found(page, "#next")[0].get_attribute("disabled")
    keys(page, "n")
    browser.until(lambda: "4992" in found(page, "#case-title")[0].text)


@pytest.mark.parametrize("width", [400, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_that_can_be_used_has_a_name_and_fits(page: Any, tmp_path: Path, width: int, scheme: str) -> None:
    write_report(finished(tmp_path, [FIXED, BROKEN]), tmp_path / "r.html")
    show(page, tmp_path / "r.html", width, 800, scheme)
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    nameless(page)
    found(page, "#cases .open")[1].click()
    browser.until(lambda: found(page, "dialog[open] .finding"))
    nameless(page)
    assert page.execute_script("return document.querySelector('dialog').scrollWidth") <= width
    assert len(found(page, ".d2h-file-side-diff")) == (2 if width > 700 else 0)


def nameless(page: Any) -> None:
    """Nothing that can be used lacks a name for a screen reader."""
    page.execute_cdp_cmd("Accessibility.enable", {})
    nodes = page.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = ("button", "combobox", "searchbox", "textbox", "dialog", "region", "group", "table", "grid", "columnheader")
    used = [each for each in nodes if not each["ignored"] and each["role"]["value"] in roles]
    assert len(used) > 5
    assert [each["role"]["value"] for each in used if not each.get("name", {}).get("value")] == []


@pytest.mark.slow
def test_the_pictures_of_the_docs(page: Any, tmp_path: Path) -> None:
    """A batch over the corpus, with synthesis before and after, by the program."""
    projects = sorted(each for each in (ROOT / "corpus").glob("*/before") if (each / "main.py").is_file())[:5]
    page_file = tmp_path / "r.html"
    done = run(tmp_path / "out", *projects, "--verify", "--report", page_file)
    assert page_file.exists(), done.stderr
    folder = Path(os.environ.get("CDKTF_FIX_PICTURES", tmp_path))
    folder.mkdir(exist_ok=True)
    for scheme in ("light", "dark"):
        show(page, page_file, 1000, 700, scheme)
        assert len(shown(page)) == len(projects)
        page.save_screenshot(str(folder / f"report-{scheme}.png"))
        found(page, "#cases .open")[0].click()
        browser.until(lambda: found(page, "dialog[open] .finding"))
        page.save_screenshot(str(folder / f"report-output-{scheme}.png"))
    before, after = (found(page, f".outcome:nth-child({number}) h3")[0].text for number in (1, 2))
    assert (before, after) == ("Before: fails", "After: synthesises")
