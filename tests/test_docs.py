"""The documentation: the site builds strictly, links lead somewhere, and commands are ones that the program takes."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cdktf_fix import commands as program

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_FENCE = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s#]+)")


def commands() -> Iterator[tuple[str, str]]:
    """The commands of the program in the shell blocks of the pages, with the page of each."""
    for page in PAGES:
        for block in _FENCE.findall(page.read_text(encoding="utf-8")):
            for line in block.replace("\\\n", " ").splitlines():
                for part in re.split(r"\s(?:\||&&|>)\s", line.removeprefix("$ ")):
                    words = shlex.split(part, comments=True)
                    names = [at for at, word in enumerate(words) if Path(word).name == "cdktf-fix" and at < 2]
                    if names and words[names[0] + 1 :]:
                        yield page.name, shlex.join(words[names[0] + 1 :])


class ParsedError(Exception):
    """The program has understood its arguments."""


def parsed_only(parse: Callable[..., object]) -> Callable[..., object]:
    def parse_only(*given: Any) -> None:
        parse(*given)
        raise ParsedError

    return parse_only


def test_commands_are_ones_that_the_program_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("parse_args", "parse_intermixed_args"):
        monkeypatch.setattr(program._Parser, name, parsed_only(getattr(program._Parser, name)))
    found = list(commands())
    assert len(found) > 30
    for page, command in found:
        try:
            program.run_command(shlex.split(command))
        except ParsedError:
            continue
        except SystemExit as stopped:
            pytest.fail(f"{page}: cdktf-fix {command}: exit {stopped.code}")
        pytest.fail(f"{page}: cdktf-fix {command}: no command")


def test_links_of_the_readme_lead_somewhere() -> None:
    links = [link for link in _LINK.findall((ROOT / "README.md").read_text(encoding="utf-8")) if "://" not in link]
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_site_builds_strictly(tmp_path: Path) -> None:
    pytest.importorskip("material", reason="mkdocs-material is not installed")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--config-file", ROOT / ".mkdocs.yml"]
    done = subprocess.run([*command, "--site-dir", tmp_path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    pages = {page.relative_to(tmp_path).as_posix() for page in tmp_path.rglob("*.html")}
    assert {"index.html", "rules/A102.html", "comparison.html"} <= pages
    assert not [page for page in pages if "<a " not in (tmp_path / page).read_text(encoding="utf-8")]
    # Nothing is loaded from elsewhere: the site is read where there is no network, too.
    loaded = re.findall(r'(?:src|href)="(https?://[^"]+)"', (tmp_path / "index.html").read_text(encoding="utf-8"))
    assert [each for each in loaded if "squidfunk" not in each] == []
