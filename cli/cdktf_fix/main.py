"""The commands, as typer reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from . import __version__

app = typer.Typer(
    help="Repair CDKTF Python by what the provider version at hand accepts.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
schemas = typer.Typer(help="The provider versions known here.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(schemas, name="schema")

Provider = Annotated[
    list[str] | None,
    typer.Option("--provider", metavar="NAME@VERSION", help="Repair for this version, such as aws@21.9.1. Repeatable."),
]
Sandbox = Annotated[
    bool, typer.Option("--no-sandbox", help="Run the projects' code with your own rights: network, files, credentials.")
]
Environment = Annotated[
    list[str] | None, typer.Option("--env", metavar="NAME=VALUE", help="A variable that the projects see. Repeatable.")
]
Seconds = Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="Time for each project.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cdktf-fix {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Repair CDKTF Python by what the provider version at hand accepts."""


@app.command()
def apply(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; this folder, if none.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; print a diff on standard output.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Also make repairs that a person should look at.")
    ] = False,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="Only these rules: codes or their beginnings.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODES", help="Not these rules.")] = None,
    provider: Provider = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Projects repaired at once; one a core, if not given.")
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Synthesise before and after; leave out repairs that make it worse.")
    ] = False,
    no_sandbox: Sandbox = False,
    env: Environment = None,
    timeout: Seconds = 60.0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only (and the diff).")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say which versions were used, and where a bug lies.")
    ] = False,
) -> None:
    """Repair files in place, or show how.

    Exit code: 0 nothing (left) to do, 1 something found (with --dry-run: something would change), 2 could not do it.
    """
    from .apply import Options, run
    from .projects import OracleOptions

    options = Options(
        paths=tuple(paths or [Path(".")]),
        dry_run=dry_run,
        unsafe=unsafe_fixes,
        select=_codes(select),
        ignore=_codes(ignore),
        providers=tuple(provider or ()),
        jobs=jobs,
        quiet=quiet,
        verbose=verbose,
        verify=OracleOptions(not no_sandbox, _variables(env), seconds=timeout) if verify else None,
    )
    raise typer.Exit(run(options))


@app.command()
def verify(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; this folder, if none.")] = None,
    provider: Provider = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Kernels, each of which runs a project at a time.")
    ] = None,
    terraform: Annotated[
        bool, typer.Option("--terraform", help="Also have Terraform validate what was synthesised.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON a project.")] = False,
    no_sandbox: Sandbox = False,
    env: Environment = None,
    timeout: Seconds = 60.0,
) -> None:
    """Synthesise projects with the real cdktf, locked up, and say what becomes of them.

    Exit code: 0 all synthesise with nothing lost, 1 one does not, 2 one could not be verified.
    """
    from .projects import OracleOptions
    from .verify import VerifyOptions, run

    options = VerifyOptions(
        paths=tuple(paths or [Path(".")]),
        oracle=OracleOptions(not no_sandbox, _variables(env), terraform, timeout),
        providers=tuple(provider or ()),
        jobs=jobs,
        as_json=as_json,
    )
    raise typer.Exit(run(options))


@app.command()
def rules() -> None:
    """List the rules."""
    from .pages import list_rules

    raise typer.Exit(list_rules())


@app.command()
def explain(code: Annotated[str, typer.Argument(metavar="CODE", help="Such as A102, or the rule's name.")]) -> None:
    """Say what a rule finds, what it does, and why that is safe or not."""
    from .pages import explain as explained

    raise typer.Exit(explained(code))


@schemas.command("list")
def schema_list() -> None:
    """List the snapshots on this machine."""
    from .schemas import list_snapshots

    raise typer.Exit(list_snapshots())


@schemas.command("show")
def schema_show(name: Annotated[str, typer.Argument(metavar="MODULE-OR-CLASS")], provider: Provider = None) -> None:
    """Show what a module holds, or what a class takes and has."""
    from .schemas import show

    raise typer.Exit(show(name, tuple(provider or ())))


@schemas.command("add")
def schema_add(
    package: Annotated[
        str, typer.Argument(metavar="PACKAGE==VERSION", help="Or a wheel file, or an installed package's import name.")
    ],
) -> None:
    """Make a snapshot of another provider, or of another version."""
    from .schemas import add

    raise typer.Exit(add(package))


def _codes(given: list[str] | None) -> frozenset[str]:
    return frozenset(code.strip() for text in given or () for code in text.split(",") if code.strip())


def _variables(given: list[str] | None) -> tuple[tuple[str, str], ...]:
    pairs = [text.partition("=") for text in given or ()]
    for name, sign, _ in pairs:
        if not name or not sign:
            raise typer.BadParameter(f"{name or '='!r} is not NAME=VALUE")
    return tuple((name, value) for name, _, value in pairs)
