"""The settings of docs/editors.md, word for word, in the editors that this machine has."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .test_apply import cdktf_fix, environment
from .test_server import BROKEN

PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text(encoding="utf-8")
LUA, OLD_LUA = re.findall(r"(?ms)^```lua\n(.*?)^```$", PAGE)[:2]
ELISP = re.findall(r"(?ms)^```elisp\n(.*?)^```$", PAGE)[0]

NEOVIM = """
vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 50)
local found = {}
for _, each in ipairs(vim.diagnostic.get(0)) do table.insert(found, each.code or each.user_data.lsp.code) end
local here = { uri = vim.uri_from_bufnr(0) }
local function ask(method, more)
  local answers = vim.lsp.buf_request_sync(0, method, vim.tbl_extend("error", { textDocument = here }, more), 30000)
  for _, answer in pairs(answers or {}) do return answer.result end
end
local hover = ask("textDocument/hover", { position = { line = 2, character = 14 } })
local function act(line, character, only)
  local place = { line = line, character = character }
  local context = { diagnostics = {}, only = { only } }
  local action = ask("textDocument/codeAction", { range = { start = place, ["end"] = place }, context = context })[1]
  vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
  return action.title
end
local quick = act(2, 30, "quickfix")
vim.cmd("write! quick.txt")
local every = act(0, 0, "source.fixAll.cdktf-fix")
vim.cmd("write!")
local said = { found = found, hover = hover.contents.value, titles = { quick, every } }
vim.fn.writefile({ vim.fn.json_encode(said) }, "said.json")
vim.cmd("qall!")
"""

EMACS = """
(find-file "main.py")
(apply #'eglot--connect (eglot--guess-contact))
(defun until (done) (let ((turns 0)) (while (and (not (funcall done)) (< turns 600))
  (accept-process-output nil 0.05) (setq turns (1+ turns)))))
(until (lambda () (flymake-start) (flymake-diagnostics)))
(goto-char (point-min))
(search-forward "Eip(self")
(backward-char 7)
(let* ((server (eglot-current-server))
       (found (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))
       (hover (jsonrpc-request server :textDocument/hover (eglot--TextDocumentPositionParams)))
       (every (jsonrpc-request server :textDocument/codeAction
                (list :textDocument (eglot--TextDocumentIdentifier)
                      :range (list :start (eglot--pos-to-lsp-position 1) :end (eglot--pos-to-lsp-position 1))
                      :context (list :diagnostics [] :only ["source.fixAll.cdktf-fix"])))))
  (eglot--apply-workspace-edit (plist-get (aref every 0) :edit))
  (save-buffer)
  (with-temp-file "said.json"
    (insert (json-encode (list :found (vconcat found) :hover (plist-get (plist-get hover :contents) :value))))))
(kill-emacs 0)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project, and beside it a program called ``cdktf-fix``, as an installation would put there."""
    program = tmp_path / "bin" / "cdktf-fix"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m cdktf_fix "$@"\n')
    program.chmod(0o755)
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "main.py").write_text(BROKEN)
    return folder


def run(command: list[str], project: Path) -> subprocess.CompletedProcess[str]:
    """Run an editor, or what it would run, where ``cdktf-fix`` is found and nobody's own settings are."""
    home = project.parent / "home"
    home.mkdir(exist_ok=True)
    own = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    path = os.pathsep.join((str(project.parent / "bin"), os.environ["PATH"]))
    return subprocess.run(
        command, cwd=project, env=environment() | own | {"PATH": path}, capture_output=True, text=True, timeout=120
    )


def repaired(project: Path) -> str:
    """What ``apply`` makes of the same text."""
    other = project.parent / "other"
    other.mkdir()
    (other / "main.py").write_text(BROKEN)
    assert cdktf_fix("apply", "-q", cwd=other).returncode == 0
    return (other / "main.py").read_text()


def neovims() -> list[str]:
    """The Neovims here: that of the path, and another that ``NVIM_BIN`` names."""
    named = [os.environ.get("NVIM_BIN"), shutil.which("nvim")]
    return [each for each in named if each is not None]


@pytest.mark.skipif(not neovims(), reason="no Neovim here (NVIM_BIN may name one)")
@pytest.mark.parametrize("neovim", neovims())
def test_neovim(neovim: str, project: Path) -> None:
    said = subprocess.run([neovim, "--version"], capture_output=True, text=True).stdout
    version = tuple(map(int, re.findall(r"\d+", said)[:2]))
    (project / "init.lua").write_text(LUA if version >= (0, 11) else OLD_LUA)
    (project / "typed.lua").write_text(NEOVIM)
    done = run([neovim, "--headless", "-n", "-u", "init.lua", "main.py", "-c", "luafile typed.lua"], project)
    assert (project / "said.json").exists(), done.stderr
    told = json.loads((project / "said.json").read_text())
    assert sorted(told["found"]) == ["A101", "A102"]
    assert "resource Eip" in told["hover"]
    assert told["titles"] == ["cdktf-fix: repair A101", "cdktf-fix: make all safe repairs"]
    assert (project / "quick.txt").read_text() == BROKEN.replace("vpc=True", 'domain="vpc"')
    assert (project / "main.py").read_text() == repaired(project)


@pytest.mark.skipif(shutil.which("emacs") is None, reason="no Emacs here")
def test_emacs(project: Path) -> None:
    has_eglot = run(["emacs", "--batch", "--eval", "(package-initialize)", "--eval", "(require 'eglot)"], project)
    if has_eglot.returncode:
        pytest.skip("no eglot here")
    (project / "typed.el").write_text("(package-initialize)\n" + ELISP + EMACS)
    done = run(["emacs", "--batch", "-l", "typed.el"], project)
    assert (project / "said.json").exists(), done.stderr
    told = json.loads((project / "said.json").read_text())
    assert len(told["found"]) == 2
    assert "resource Eip" in told["hover"]
    assert (project / "main.py").read_text() == repaired(project)


def test_what_vs_code_matches_and_pycharm_runs(project: Path) -> None:
    (task,) = json.loads(re.findall(r"(?ms)^```json\n(.*?)^```$", PAGE)[0])["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    done = run(shlex.split(task["command"]), project)
    lines = done.stdout.splitlines()
    script = f"const r = new RegExp({json.dumps(pattern['regexp'])});"
    script += f"console.log(JSON.stringify({json.dumps(lines)}.map(l => r.exec(l))))"
    matched = json.loads(run(["node", "-e", script], project).stdout)
    keys = ("file", "line", "column", "code")
    assert [[each[pattern[key]] for key in keys] for each in matched] == [
        ["main.py", "3", "30", "A101"],
        ["main.py", "4", "51", "A102"],
    ]
    assert matched[0][pattern["message"]].startswith("`vpc` is no argument of `Eip`")
    # What PyCharm's filter looks for is the same; its macros are put in as it would.
    row = next(line for line in PAGE.splitlines() if line.startswith("| Arguments | `check"))
    looking, repairing = (each.replace("$FilePath$", str(project / "main.py")) for each in re.findall(r"`(.*?)`", row))
    assert run(["cdktf-fix", *shlex.split(looking)], project).stdout.splitlines() == lines
    assert run(["cdktf-fix", *shlex.split(repairing)], project).returncode == 0
    assert (project / "main.py").read_text() == repaired(project)


def test_what_helix_reads() -> None:
    given = tomllib.loads(re.findall(r"(?ms)^```toml\n(.*?)^```$", PAGE)[0])
    server = given["language-server"]["cdktf-fix"]
    assert [server["command"], *server["args"]] == ["cdktf-fix", "server"]
    assert given["language"] == [{"name": "python", "language-servers": ["cdktf-fix"]}]
