"""What is kept of earlier runs is never seen in what a run prints, writes or exits with."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cdktf_codemods.reading import notes, noting
from cdktf_fix import apply, cache
from cdktf_fix.commands import run_command
from cdktf_fix.formats import FORMATS
from cdktf_fix.options import Options
from cdktf_fix.projects import gather

from .test_apply import BROKEN, CORPUS, FIXED, ROOT, environment

Said = tuple[int, bytes, bytes]
VPC = "from cdktf_cdktf_provider_aws.vpc import Vpc\n\n\ndef network(scope):\n    return Vpc(scope, 'v', cidr='10.0.0.0/16')\n"
ASSET = (
    "from cdktf import AssetType, TerraformAsset\n\n\n"
    "def asset(scope):\n    return TerraformAsset(scope, 'a', path='policy.json', type=AssetType.DIRECTORY)\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CDKTF_FIX_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(tmp_path / "schemas"))
    root = tmp_path / "repository" / "project"
    (root / "lib").mkdir(parents=True)
    (root.parent / ".git").mkdir()
    (root / "cdktf.json").write_text('{"language": "python", "app": "python main.py"}')
    (root / "main.py").write_text(BROKEN)
    (root / "lib" / "__init__.py").write_text("")
    (root / "lib" / "network.py").write_text(VPC)
    (root / "policy.json").write_text("{}")
    (root / "lib" / "asset.py").write_text(ASSET)
    (root / "requirements.txt").write_text("cdktf-cdktf-provider-aws==21.10.7\n")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def say(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Said]:
    def say(*arguments: str) -> Said:
        capfdbinary.readouterr()
        code = run_command([*arguments, "--jobs", "1"])
        sys.stdout.flush()
        return code, *capfdbinary.readouterr()

    return say


class Repairs:
    """Counts the projects that are really looked at."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        really = apply.repair_one

        def counted(*arguments: object) -> object:
            self.count += 1
            return really(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(apply, "repair_one", counted)


@pytest.fixture
def repairs(monkeypatch: pytest.MonkeyPatch) -> Repairs:
    return Repairs(monkeypatch)


def entries() -> list[Path]:
    return sorted(cache.folder().iterdir()) if cache.folder().exists() else []


def test_all_formats_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Callable[..., Said], repairs: Repairs
) -> None:
    monkeypatch.setenv("CDKTF_FIX_CACHE_DIR", str(tmp_path / "cache"))
    shutil.copytree(CORPUS / "compliance-archive" / "before", tmp_path / "work" / "broken")
    shutil.copytree(ROOT / "tests" / "right" / "tags", tmp_path / "work" / "right")
    monkeypatch.chdir(tmp_path / "work")
    ways = [("check", "--output-format", name) for name in FORMATS]
    ways += [("check", "--statistics"), ("apply", "--dry-run"), ("apply", "--check"), ("apply", "--dry-run", "-q")]
    first = {way: say(*way, "--no-cache") for way in ways}
    assert entries() == []
    assert len({out for _, out, _ in first.values()}) > len(FORMATS)
    assert say(*ways[0]) == first[ways[0]]
    so_far = repairs.count
    assert {way: say(*way) for way in ways} == first
    assert repairs.count == so_far


def _append(path: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("a") as file:
            file.write(text)

    return change


def _same_size_and_times(root: Path) -> None:
    status = (root / "main.py").stat()
    (root / "main.py").write_text(BROKEN.replace("vpc=True", "xpc=True"))
    os.utime(root / "main.py", ns=(status.st_atime_ns, status.st_mtime_ns))


def _snapshot(root: Path) -> None:
    shipped = next((ROOT / "codemods/cdktf_codemods/schema/snapshots").glob("cdktf_cdktf_provider_aws@21*"))
    folder = Path(os.environ["CDKTF_FIX_SCHEMAS"])
    folder.mkdir()
    shutil.copy(shipped, folder / "cdktf_cdktf_provider_aws@21.10.7.sqlite")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a file says something else": _append("main.py", "Eip(self, 'f', vpc=False)\n"),
    "a file of the same size and times does": _same_size_and_times,
    "a file says what is right": lambda root: (root / "main.py").write_text(FIXED) and None,
    "a file is new": _append("more.py", BROKEN),
    "a folder is new": _append("more/deep/eip.py", BROKEN),
    "a file is gone": lambda root: (root / "lib" / "network.py").unlink(),
    "an asset is gone": lambda root: (root / "policy.json").unlink(),
    "a file is another's": lambda root: (root / "lib/network.py").rename(root / "lib/net.py") and None,
    "git leaves a file out": _append("lib/.gitignore", "network.py\n"),
    "the repository leaves a file out": _append("../.gitignore", "network.py\n"),
    "a file is no Python": lambda root: (root / "main.py").write_bytes(b"\0") and None,
    "a file does not parse": _append("main.py", "def\n"),
    "settings say so": _append("pyproject.toml", "[tool.cdktf-fix]\nignore = ['A101']\n"),
    "settings farther up say so": _append("../pyproject.toml", "[tool.cdktf-fix]\nignore = ['A101']\n"),
    "settings cannot be followed": _append("pyproject.toml", "[tool.cdktf-fix]\nselect = ['Q9']\n"),
    "versions are declared": _append("dev-requirements.txt", "cdktf-cdktf-provider-aws==9.0.36\n"),
    "versions are declared farther up": _append("../requirements-dev.txt", "cdktf-cdktf-provider-aws==9.0.36\n"),
    "cdktf.json cannot be read": _append("cdktf.json", "{"),
    "versions are declared otherwise": lambda root: (root / "requirements.txt").unlink(),
    "a manifest cannot be read": _append("pdm.lock", "[["),
    "a schema is new": _snapshot,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_seen(change: str, project: Path, say: Callable[..., Said], repairs: Repairs) -> None:
    way = ("apply", "--dry-run", "--verbose")
    before = say(*way)
    assert say(*way) == before
    assert repairs.count == 1
    CHANGES[change](project)
    after = say(*way)
    assert after == say(*way, "--no-cache")
    assert after != before
    assert say(*way) == after


@pytest.mark.parametrize("path", [".terraform-version", "tox.ini", "Dockerfile", "../.tool-versions"])
def test_what_may_matter_is_looked_at_again(
    path: str, project: Path, say: Callable[..., Said], repairs: Repairs
) -> None:
    before = say("check")
    (project / path).write_text("# nothing")
    assert say("check") == before
    assert repairs.count == 2


def test_what_does_not_matter_is_not(project: Path, say: Callable[..., Said], repairs: Repairs) -> None:
    (project / "lib" / "asset.py").unlink()  # It has a rule look for what else there is.
    before = say("check")
    os.utime(project / "main.py", (1, 1))
    os.utime(project, (1, 1))
    (project / "README.md").write_text("# Network")
    (project / "cdktf.out").mkdir()
    (project / "cdktf.out" / "stack.py").write_text(BROKEN)
    assert say("check") == before
    assert repairs.count == 1


def test_a_file_that_was_not_touched_is_not_read(
    project: Path, say: Callable[..., Said], repairs: Repairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "_COARSE", -(10**18))
    before = say("check")
    monkeypatch.setattr(notes.Current, "_state", None)
    assert say("check") == before
    assert repairs.count == 1


@pytest.mark.parametrize("option", ["--select=A101", "--ignore=A101", "--unsafe-fixes", "--provider=aws@21.9.1"])
def test_other_options_are_another_question(option: str, project: Path, say: Callable[..., Said]) -> None:
    say("check")
    assert say("check", option) == say("check", option, "--no-cache")
    assert say("check", "lib") == say("check", "lib", "--no-cache")


def test_paths_are_said_as_seen_from_here(
    project: Path, say: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = say("check")
    monkeypatch.chdir(project.parent)
    assert say("check") == say("check", "--no-cache") != said


def test_what_a_repair_wrote_is_seen(project: Path, say: Callable[..., Said]) -> None:
    assert say("apply", "--dry-run")[0] == 1
    assert say("apply")[0] == 0
    assert (project / "main.py").read_text() == FIXED
    assert say("apply", "--dry-run")[:2] == (0, b"")
    (project / "main.py").write_text(BROKEN)
    assert say("apply")[0] == 0
    assert (project / "main.py").read_text() == FIXED


def test_a_link_to_another_file_with_the_same_text_is_written_there(project: Path, say: Callable[..., Said]) -> None:
    (project / "main.py").unlink()
    for name in ("one.txt", "other.txt"):
        (project / name).write_text(BROKEN)
    (project / "main.py").symlink_to("one.txt")
    say("apply", "--dry-run")
    (project / "main.py").unlink()
    (project / "main.py").symlink_to("other.txt")
    assert say("apply")[0] == 0
    assert [(project / name).read_text() for name in ("one.txt", "other.txt")] == [BROKEN, FIXED]


_seen: set[str] | None = None


def _hear(event: str, given: tuple[object, ...]) -> None:
    if _seen is not None and event in ("open", "os.scandir", "os.listdir") and isinstance(given[0], (str, os.PathLike)):
        _seen.add(os.path.abspath(given[0]))


def test_nothing_is_looked_at_that_is_not_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    global _seen
    stat = os.stat

    def heard(path: int | str | os.PathLike[str], *rest: object, **named: object) -> os.stat_result:
        if not isinstance(path, int):
            _hear("open", (path,))
        return stat(path, *rest, **named)  # type: ignore[arg-type]

    for name in ("package-resources", "monorepo", "lock-by-workflow", "archives"):
        shutil.copytree(ROOT / "tests" / "right" / name, tmp_path / name)
    sys.addaudithook(_hear)
    monkeypatch.setattr(os, "stat", heard)
    options = apply.checked_options(Options((tmp_path,), dry_run=True, providers=("aws@21.9.1",)))
    for work in gather(options.paths)[0]:
        _seen = set()
        with noting() as noted:
            apply.repair_one(work, options)
        # Python's own imports, and the schemas that come with the program, are told by the program's files.
        seen = {path for path in _seen if path.startswith(str(tmp_path)) or str(tmp_path).startswith(path)}
        _seen = None
        assert len(seen) > 40
        assert seen - {path for _, path in noted} == set()


class Malicious:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("was-here",)


@pytest.mark.parametrize("entry", ["", "x", "half", "head", "pickle", "call", "of another type"])
def test_a_broken_entry_is_none(entry: str, project: Path, say: Callable[..., Said], repairs: Repairs) -> None:
    before = say("check")
    (path,) = entries()
    data = path.read_bytes()
    path.write_bytes(
        {
            "half": data[: len(data) // 2],
            "head": data[:10],
            "pickle": pickle.dumps(("", (), {})),
            "call": pickle.dumps(Malicious()),
            "of another type": pickle.dumps([1]) * 2,
        }.get(entry, entry.encode())
    )
    assert say("check") == before
    assert not Path("was-here").exists()
    assert repairs.count == 2
    assert say("check") == before
    assert repairs.count == 2


def test_no_folder_to_keep_it_in(project: Path, say: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    before = say("check", "--no-cache")
    for folder in (project / "main.py" / "cache", Path("/dev/null")):
        monkeypatch.setenv("CDKTF_FIX_CACHE_DIR", str(folder))
        assert say("check") == before
    monkeypatch.delenv("CDKTF_FIX_CACHE_DIR")
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert say("check") == before


def test_what_went_wrong_is_said_each_time(project: Path, say: Callable[..., Said]) -> None:
    (project / "main.py").write_text("def\n")
    first = say("check")
    assert first[0] == 2
    assert say("check") == first
    assert entries() == []


def test_what_changes_while_it_is_looked_at_is_not_kept(
    project: Path, say: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    really = apply.schema_of

    def meanwhile(*arguments: object) -> object:
        (project / "main.py").write_text(FIXED)
        return really(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(apply, "schema_of", meanwhile)
    assert b"A101" in say("check")[1]
    assert b"A101" not in say("check")[1]


def test_two_runs_at_once_and_none_loads_libcst_again(project: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "cdktf_fix", "check", "--output-format", "json"]
    runs = [subprocess.Popen(command, stdout=-1, stderr=-1, env=environment()) for _ in range(2)]
    said = [run.communicate() for run in runs]
    assert said[0][0] == said[1][0]
    assert all(b"libcst" in errors for _, errors in said)
    assert len(entries()) == 1
    again = subprocess.run(command, capture_output=True, env=environment())
    assert again.stdout == said[0][0]
    assert b"libcst" not in again.stderr


def test_it_is_cleared_and_nothing_else(project: Path, say: Callable[..., Said]) -> None:
    say("check")
    (cache.folder() / "mine.txt").write_text("keep")
    assert [run_command(["cache", word]) for word in ("dir", "clear", "clean")] == [0, 0, 2]
    assert [path.name for path in entries()] == ["mine.txt"]
