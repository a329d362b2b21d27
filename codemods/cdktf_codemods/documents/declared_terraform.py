"""Which version of Terraform a project's files say that it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..reading import exists, is_file, matching, text
from ..syntax.constraints import contradicts

_TF = re.compile(r'(?m)^\s*required_version\s*=\s*"([^"]*)"')
_PLAIN = re.compile(r"(?m)^\s*v?([^\s#]+)\s*$")
_ASDF = re.compile(r"(?m)^\s*terraform\s+(\S+)")
_MISE = re.compile(r"""(?m)^\s*["']?terraform["']?\s*=\s*(?:\{\s*version\s*=\s*)?["']([^"']+)["']""")
_INSTALLED = re.compile(
    r"""(?x)
    hashicorp/terraform:v?(\d+(?:\.\d+)+)                                                   # an image
    | \bterraform[_/]v?(\d+\.\d+\.\d+)\b                                                    # releases.hashicorp.com
    | \btfenv\s+(?:install|use)\s+v?(\d+(?:\.\d+)+)
    | \b(?:terraform|TERRAFORM|TF)_(?:version|VERSION)\b["']?\s*[:=\s]\s*
      ["']?(?:\$\{\w+:-)?["']?((?:[~^><=]+\s*)?v?\d+(?:\.[\dx*]+)+|latest)                  # ARG, ENV, setup-terraform
    """
)
_INSTALLERS = (
    *("Dockerfile*", "*.Dockerfile", ".devcontainer/*", "docker/Dockerfile*"),
    *(".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitlab-ci.yml", ".circleci/config.yml"),
    *(
        "Jenkinsfile",
        "azure-pipelines.yml",
        "bitbucket-pipelines.yml",
        "buildspec.yml",
        "*compose*.yml",
        "*compose*.yaml",
    ),
    *("*.sh", "scripts/*.sh", "script/*", "bin/*.sh", "ci/*.sh", "Makefile"),
)
"""What sets up the machine that runs the project."""
_KINDS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("*.tf",), _TF),
    ((".terraform-version",), _PLAIN),
    ((".tool-versions",), _ASDF),
    (("mise.toml", ".mise.toml", ".config/mise.toml"), _MISE),
    (_INSTALLERS, _INSTALLED),
)


def declared(root: Path) -> str | None:
    """All that a project's files say of its Terraform, as one constraint that holds where each of them does.

    Of each kind of file, those of the nearest folder count that say something: *root*, or one above it up to the
    repository's. What is said farther up counts where it does not contradict what is nearer.
    """
    together: list[str] = []
    kinds = set(_KINDS)
    for folder in up_to_repository(root):
        here = {kind: said for kind in _KINDS if kind in kinds and (said := _said(folder, *kind))}
        kinds -= here.keys()
        new = list(dict.fromkeys(each for said in here.values() for each in said if each not in together))
        if not together or not contradicts(", ".join([*together, *new])):
            together += new
    return ", ".join(together) or None


def up_to_repository(root: Path) -> Iterator[Path]:
    """A folder and those above it that belong to the same repository; it alone where there is none."""
    above = [root, *root.parents]
    repository = next((at for at, folder in enumerate(above) if exists(folder / ".git")), 0)
    yield from above[: repository + 1]


def _said(folder: Path, names: tuple[str, ...], pattern: re.Pattern[str]) -> list[str]:
    texts = (_text(path) for name in names for path in matching(folder, name))
    return [next(filter(None, found.groups())) for text in texts for found in pattern.finditer(text)]


def _text(path: Path) -> str:
    """A small text, or nothing where there is none that can be read."""
    try:
        return text(path, "utf-8", "replace") if is_file(path) else ""
    except OSError:
        return ""
