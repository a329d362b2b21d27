"""The commands and their options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from .decisions import Decisions
    from .options import Given, Options

Arguments = argparse.Namespace


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line in one line."""

    def error(self, message: str) -> NoReturn:
        from .output import plain

        print(plain(f"error: {message} (`{self.prog} --help` says what there is)"), file=sys.stderr)
        raise SystemExit(2)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if args == _DESCRIBE:
            raise _DescribedError(self)
        return super().parse_known_args(args, namespace)


_DESCRIBE = ["\0"]
"""What a command is given instead of arguments to have its parser, and nothing carried out."""


class _DescribedError(Exception):
    def __init__(self, parser: argparse.ArgumentParser) -> None:
        super().__init__()
        self.parser = parser


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of every command by its name; one below another is called ``schema add``."""
    below = {f"{group} {name}": command for group, (table, _) in _GROUPS.items() for name, command in table.items()}
    found = {}
    for name, command in {**_COMMANDS, **below}.items():
        try:
            command(f"cdktf-fix {name}", _DESCRIBE)
        except _DescribedError as described:
            found[name] = described.parser
    return found


def run_command(arguments: list[str]) -> int:
    """Carry out a command given by its name and its arguments; the result is the exit code."""
    name, rest = arguments[0], arguments[1:]
    program = f"cdktf-fix {name}"
    table: Mapping[str, Callable[[str, list[str]], int]] = _COMMANDS
    if name in _GROUPS:
        table, said = _GROUPS[name]
        if not rest or rest[0] in ("-h", "--help"):
            print(said, end="", file=sys.stdout if rest else sys.stderr)
            return 0 if rest else 2
        name, rest, program = rest[0], rest[1:], f"{program} {rest[0]}"
    if name not in table:
        from difflib import get_close_matches

        near = [_OTHERS_WORDS[name]] if name in _OTHERS_WORDS else get_close_matches(name, table, 1)
        print(f"error: no command {name!r}" + (f"; near: {near[0]}" if near else ""), file=sys.stderr)
        return 2
    return table[name](program, rest)


def _apply(program: str, arguments: list[str]) -> int:
    parser = _parser(
        program,
        "Repair files in place, or show how.",
        "Exit code: 0 nothing (left) to do, 1 something is left (with --dry-run: or would change), "
        "2 something could not be done. CODES are codes, their beginnings, names of rules, or ALL, with commas "
        "between; what they say goes over [tool.cdktf-fix] in pyproject.toml.",
    )
    _add_paths(parser)
    _add_stdin(parser)
    parser.add_argument(
        "--dry-run", "--diff", action="store_true", help="Write nothing; print a diff on standard output."
    )
    parser.add_argument("--check", action="store_true", help="Write nothing and print no diff; exit with 1 for one.")
    _add_choice(parser)
    _add_provider(parser)
    parser.add_argument(
        "--add-schemas", action="store_true", help="Download what is not known of the versions that projects are for."
    )
    parser.add_argument(
        "--decisions", type=_path, metavar="FILE", help="Make what was accepted there, by `review`, and nothing else."
    )
    _add_jobs(parser, "Projects repaired at once; one a core, if not given.")
    _add_no_cache(parser)
    parser.add_argument(
        "--verify", action="store_true", help="Synthesise before and after; leave out repairs that make it worse."
    )
    parser.add_argument(
        "--guided",
        action="store_true",
        help="With --verify: synthesise, repair what the error shows, and again, as long as that helps. "
        "Makes unsafe repairs, each with its evidence.",
    )
    parser.add_argument(
        "--terraform", action="store_true", help="With --verify: also have Terraform validate what was synthesised."
    )
    _add_oracle(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="Print errors only (and the diff).")
    parser.add_argument(
        "--verbose", "-v", action="store_true", help="Say which versions were used, and where a bug lies."
    )
    given = parser.parse_intermixed_args(arguments)

    from .apply import run
    from .options import OracleOptions

    if (given.guided or given.terraform) and not given.verify:
        parser.error("--guided and --terraform need --verify")
    oracle = OracleOptions(not given.no_sandbox, tuple(given.env or ()), given.terraform, given.timeout)
    options = replace(
        _options(parser, given),
        dry_run=given.dry_run or given.check,
        diff=given.dry_run or not given.check,
        verify=oracle if given.verify else None,
        guided=given.guided,
        add_schemas=given.add_schemas,
    )
    return run(options if given.decisions is None else _replayed(parser, given, options))


def _replayed(parser: _Parser, given: Arguments, options: Options) -> Options:
    """The options of a run that only makes what was decided before."""
    from .replaying import replayed

    chosen = given.select or given.extend_select or given.ignore or given.unsafe_fixes is not None
    if chosen or given.guided:
        parser.error("--decisions says itself which repairs are made: not with --select and its like")
    if options.given is not None:
        parser.error("--decisions is about what is on disk: not with `-`")
    return replayed(options, _decisions(given.decisions))


def _decisions(path: Path) -> Decisions:
    """The decisions in a file; one line, and the end, where there are none."""
    from .decisions import Decisions, DecisionsError
    from .output import plain

    try:
        return Decisions.read(path)
    except DecisionsError as error:
        print(plain(f"error: {error}"), file=sys.stderr)
        raise SystemExit(2) from None


def _options(parser: _Parser, given: Arguments) -> Options:
    """What ``apply`` and ``check`` are told alike."""
    from .configuration import Choice
    from .options import Options

    return Options(
        paths=tuple(given.paths or [Path(".")]),
        choice=Choice(
            _codes(given.select),
            _codes(given.extend_select),
            _codes(given.ignore),
            getattr(given, "unsafe_fixes", None),
        ),
        providers=tuple(given.provider or ()),
        jobs=given.jobs,
        quiet=given.quiet,
        verbose=given.verbose,
        exit_zero=given.exit_zero,
        given=_given(parser, given),
        cache=not given.no_cache,
        field=given.field,
    )


def _review(program: str, arguments: list[str]) -> int:
    parser = _parser(
        program,
        "Show each repair and ask whether to make it; what is accepted is made at the end.",
        "Exit code: 0 nothing is left, 1 something is left, 2 something could not be done, 130 after Ctrl-C, which "
        "leaves everything as it was.",
    )
    _add_paths(parser)
    parser.add_argument(
        "--output", "-o", type=_path, metavar="FILE", help="Write the decisions there, and change nothing else."
    )
    parser.add_argument("--decisions", type=_path, metavar="FILE", help="Go on from the decisions there.")
    _add_choice(parser, unsafe=False)
    _add_provider(parser)
    _add_jobs(parser, "Projects looked at at once; one a core, if not given.")
    _add_no_cache(parser)
    parser.add_argument(
        "--verify", action="store_true", help="Synthesise before and after; leave out repairs that make it worse."
    )
    _add_oracle(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="Print questions and errors only.")
    parser.add_argument("--verbose", "-v", action="store_true", help="Say which versions were used.")
    given = parser.parse_intermixed_args(arguments)
    if given.verify and given.output is not None:
        parser.error("--verify is for repairs that are made: not with --output")
    if Path("-") in given.paths:
        parser.error("`-` is standard input, which answers here")

    from .options import OracleOptions
    from .review.command import ReviewOptions, run

    oracle = OracleOptions(not given.no_sandbox, tuple(given.env or ()), seconds=given.timeout)
    options = replace(_options(parser, given), verify=oracle if given.verify else None)
    decisions = None if given.decisions is None else _decisions(given.decisions)
    return run(options, ReviewOptions(given.output, decisions))


def _check(program: str, arguments: list[str]) -> int:
    from .formats import FORMATS

    parser = _parser(
        program,
        "Say what is wrong, and edit nothing.",
        "Exit code: 0 nothing found, 1 something found, 2 something could not be done.",
    )
    _add_paths(parser)
    _add_stdin(parser)
    parser.add_argument(
        "--output-format",
        choices=tuple(FORMATS),
        default="full",
        help="How findings are printed on standard output; full, if not given.",
    )
    parser.add_argument("--baseline", type=_path, metavar="FILE", help="Say nothing of the findings recorded there.")
    parser.add_argument("--write-baseline", action="store_true", help="Record the findings in the --baseline.")
    parser.add_argument(
        "--add-ignores",
        nargs="?",
        metavar="REASON",
        help="Write a comment for each finding that silences it; with =REASON, with a reason.",
    )
    parser.add_argument("--statistics", action="store_true", help="Print only how often each rule found something.")
    _add_choice(parser)
    _add_provider(parser)
    _add_jobs(parser, "Projects looked at at once; one a core, if not given.")
    _add_no_cache(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="Print findings and errors only.")
    parser.add_argument("--verbose", "-v", action="store_true", help="Say which versions were used.")
    for option in ("--fix", "--fix-only", "--diff", "--check", "--dry-run"):
        if option in arguments:
            instead = "cdktf-fix apply" if option.startswith("--fix") else f"cdktf-fix apply {option}"
            parser.error(f"`check` has no {option}, for it edits nothing; `{instead}` does that")
    if "--add-noqa" in arguments:
        parser.error("`check` has no --add-noqa; `--add-ignores` writes comments of its own")
    bare = ("--add-ignores", "--add-ignores=")
    given = parser.parse_intermixed_args([bare[1] if each == bare[0] else each for each in arguments])
    if given.statistics and given.output_format != "full":
        parser.error("--statistics is a format of its own: not with --output-format")
    if given.write_baseline and given.baseline is None:
        parser.error("--write-baseline needs --baseline FILE")

    if given.add_ignores is not None:
        if given.statistics or given.baseline or given.output_format != "full" or Path("-") in given.paths:
            parser.error("--add-ignores writes to files, and prints nothing: not with `-`, a baseline or a format")
        from .ignoring import run as add_ignores

        return add_ignores(_options(parser, given), given.add_ignores)

    from .check import CheckOptions, run

    check = CheckOptions(given.output_format, given.statistics, given.baseline, given.write_baseline)
    return run(_options(parser, given), check)


def _verify(program: str, arguments: list[str]) -> int:
    parser = _parser(
        program,
        "Synthesise projects with the real cdktf, locked up, and say what becomes of them.",
        "Exit code: 0 all synthesise with nothing lost, 1 one does not, 2 one could not be verified.",
    )
    _add_paths(parser)
    _add_provider(parser)
    _add_jobs(parser, "Kernels, each of which runs a project at a time.")
    parser.add_argument("--terraform", action="store_true", help="Also have Terraform validate what was synthesised.")
    parser.add_argument("--json", action="store_true", help="Print a line of JSON a project.")
    _add_oracle(parser)
    given = parser.parse_intermixed_args(arguments)

    from .options import OracleOptions
    from .verify import VerifyOptions, run

    return run(
        VerifyOptions(
            paths=tuple(given.paths or [Path(".")]),
            oracle=OracleOptions(not given.no_sandbox, tuple(given.env or ()), given.terraform, given.timeout),
            providers=tuple(given.provider or ()),
            jobs=given.jobs,
            as_json=given.json,
            field=given.field,
        )
    )


def _server(program: str, arguments: list[str]) -> int:
    _parser(program, "Answer an editor by the Language Server Protocol, on standard input and output.").parse_args(
        arguments
    )
    try:
        from .server.main import new_server
    except ModuleNotFoundError as error:
        if error.name not in ("pygls", "lsprotocol"):
            raise
        print("error: the language server needs `pip install 'cdktf-fix[server]'`", file=sys.stderr)
        return 2
    import os

    new_server().start_io()
    sys.stdout = open(os.devnull, "w")  # the library has closed it
    return 0


def _batch(program: str, arguments: list[str]) -> int:
    parser = _parser(
        program,
        "Repair many outputs into a folder; killed and started again, it goes on where it was.",
        "Exit code: 0 nothing left, 1 something is left, 2 something could not be done.",
    )
    parser.add_argument("paths", nargs="+", type=_path, metavar="INPUT", help="Folders, .py files, Markdown, tables.")
    parser.add_argument("--output", "-o", type=_path, required=True, metavar="OUT", help="The folder to write.")
    _add_provider(parser)
    _add_jobs(parser, "Outputs repaired at once; one a core, if not given.")
    parser.add_argument("--verify", action="store_true", help="Synthesise before and after; undo what makes it worse.")
    parser.add_argument("--field", metavar="FIELD", help="The column of a table, a path with dots.")
    parser.add_argument("--shard-size", type=_count, default=100, metavar="NUMBER", help="Outputs a shard; 100.")
    parser.add_argument(
        "--time-limit", type=_seconds, default=120.0, metavar="SECONDS", help="Time for each output; 120."
    )
    parser.add_argument(
        "--engine", choices=("local", "ray"), default="local", help="Who works: this machine, or a Ray cluster; local."
    )
    parser.add_argument("--report", type=_path, metavar="FILE", help="Also write one page of it, for a browser.")
    given = parser.parse_intermixed_args(arguments)

    try:
        if given.engine == "ray":
            import ray  # noqa: F401
        if given.report is not None:
            # What is not installed is said before the work, not after it.
            from . import report  # noqa: F401
        from .batch import BatchOptions, run
    except ModuleNotFoundError as error:
        return _lacks(error, {"pebble": "batch", "jinja2": "report", "ray": "ray"})
    return run(
        BatchOptions(
            tuple(given.paths),
            given.output,
            tuple(given.provider or ()),
            given.verify,
            given.jobs,
            given.field,
            given.shard_size,
            given.time_limit,
            report=given.report,
            engine=given.engine,
        )
    )


def _completion(program: str, arguments: list[str]) -> int:
    from .completion import SHELLS, script

    parser = _parser(program, "Print what a shell needs to complete command lines.")
    parser.add_argument("shell", choices=SHELLS, help="For bash, zsh or fish.")
    given = parser.parse_args(arguments)
    print(script(given.shell, parsers(), _SUMMARIES))
    return 0


def _report(program: str, arguments: list[str]) -> int:
    parser = _parser(
        program,
        "Make one page of a batch, to look at in a browser; it needs no network.",
        "Exit code: 0 it is written, 2 it could not be. Run it where the batch was run: inputs are read again.",
    )
    parser.add_argument("folder", type=_path, metavar="OUT", help="The output folder of a batch.")
    parser.add_argument(
        "--output", "-o", type=_path, default=Path("report.html"), metavar="FILE", help="The page; report.html."
    )
    given = parser.parse_intermixed_args(arguments)
    try:
        from .report import run
    except ModuleNotFoundError as error:
        return _lacks(error, {"pebble": "batch", "jinja2": "report"})
    return run(given.folder, given.output)


def _lacks(error: ModuleNotFoundError, extras: Mapping[str, str]) -> int:
    """Say which extra of ours holds the module that is not installed.

    :raises ModuleNotFoundError: none does.
    """
    if error.name is None or error.name not in extras:
        raise error
    print(f"error: this needs `pip install 'cdktf-fix[{extras[error.name]}]'`", file=sys.stderr)
    return 2


def _rules(program: str, arguments: list[str]) -> int:
    _parser(program, "List the rules.").parse_args(arguments)
    from .pages import list_rules

    return list_rules()


def _explain(program: str, arguments: list[str]) -> int:
    parser = _parser(program, "Say what a rule finds, what it does, and why that is safe or not.")
    parser.add_argument("code", metavar="CODE", help="Such as A102, or the rule's name.")
    given = parser.parse_args(arguments)
    from .pages import explain

    return explain(given.code)


def _schema_list(program: str, arguments: list[str]) -> int:
    _parser(program, "List the snapshots on this machine.").parse_args(arguments)
    from .schemas import list_snapshots

    return list_snapshots()


def _schema_show(program: str, arguments: list[str]) -> int:
    parser = _parser(program, "Show what a module holds, or what a class takes and has.")
    parser.add_argument("name", metavar="MODULE-OR-CLASS")
    _add_provider(parser)
    given = parser.parse_args(arguments)
    from .schemas import show

    return show(given.name, tuple(given.provider or ()))


def _schema_add(program: str, arguments: list[str]) -> int:
    parser = _parser(program, "Make a snapshot of another provider, or of another version.")
    parser.add_argument(
        "package", metavar="PACKAGE==VERSION", help="Or a wheel file, or an installed package's import name."
    )
    parser.add_argument(
        "--verify", action="store_true", help="Keep its code too, to verify projects for it without installing it."
    )
    given = parser.parse_args(arguments)
    from .schemas import add

    return add(given.package, verify=given.verify)


def _cache_dir(program: str, arguments: list[str]) -> int:
    _parser(program, "Say which folder the cache is in.").parse_args(arguments)
    return _about_cache(lambda folder: str(folder))


def _cache_clear(program: str, arguments: list[str]) -> int:
    _parser(program, "Remove what is kept of earlier runs.").parse_args(arguments)
    from .cache import clear

    def cleared(folder: Path) -> str:
        count = clear()
        return f"removed {count} entr{'y' if count == 1 else 'ies'} from {folder}"

    return _about_cache(cleared)


def _about_cache(said: Callable[[Path], str]) -> int:
    from .cache import folder
    from .output import plain

    try:
        print(plain(said(folder())))
    except (OSError, RuntimeError) as error:
        print(plain(f"error: the cache: {getattr(error, 'strerror', None) or error}"), file=sys.stderr)
        return 2
    return 0


_COMMANDS = {
    "apply": _apply,
    "check": _check,
    "review": _review,
    "verify": _verify,
    "server": _server,
    "batch": _batch,
    "report": _report,
    "rules": _rules,
    "explain": _explain,
    "completion": _completion,
}
_OTHERS_WORDS = {
    "fix": "apply",
    "format": "apply",
    "lint": "check",
    "rule": "explain",
    "synth": "verify",
    "clean": "cache clear",
}
"""What other tools call a command, or people do."""
_SCHEMA = {"list": _schema_list, "show": _schema_show, "add": _schema_add}
_SCHEMA_HELP = """\
Usage: cdktf-fix schema COMMAND ...

The provider versions known here.

Commands:
  list         List the snapshots on this machine.
  show         Show what a module holds, or what a class takes and has.
  add          Make a snapshot of another provider, or of another version.
"""
_CACHE = {"dir": _cache_dir, "clear": _cache_clear}
_CACHE_HELP = """\
Usage: cdktf-fix cache COMMAND ...

What is kept of earlier runs, so that unchanged projects need not be looked at again.

Commands:
  dir          Say which folder it is in ($CDKTF_FIX_CACHE_DIR, if set).
  clear        Remove it.
"""
_GROUPS: dict[str, tuple[Mapping[str, Callable[[str, list[str]], int]], str]] = {
    "schema": (_SCHEMA, _SCHEMA_HELP),
    "cache": (_CACHE, _CACHE_HELP),
}
"""Commands of several, and what is said of them."""
_SUMMARIES = {"schema": "The provider versions known here.", "cache": "What is kept of earlier runs."}


def _parser(program: str, description: str, epilog: str | None = None) -> _Parser:
    return _Parser(prog=program, description=description, epilog=epilog, allow_abbrev=False)


def _add_paths(parser: _Parser) -> None:
    parser.add_argument("paths", nargs="*", type=_path, metavar="PATH", help="Files and folders; this folder, if none.")
    parser.add_argument(
        "--field",
        metavar="NAME",
        help="The column of a table (.jsonl, .parquet, .arrow) with the responses; else the one that can be meant.",
    )


def _add_stdin(parser: _Parser) -> None:
    parser.add_argument(
        "--stdin-filename",
        type=_path,
        metavar="PATH",
        help="The file whose text `-` reads from standard input; settings and the rest of the project go by it.",
    )


def _given(parser: _Parser, given: Arguments) -> Given | None:
    """The text on standard input, where the command line asks for it."""
    if Path("-") not in given.paths:
        if getattr(given, "stdin_filename", None) is not None:
            parser.error("--stdin-filename is for the text that `-` reads from standard input")
        return None
    if len(given.paths) > 1:
        parser.error("`-` is standard input, and goes with no other path")
    if getattr(given, "verify", False):
        parser.error("--verify runs what is on disk: not with `-`")
    from .options import Given

    return Given(Path(os.path.abspath(given.stdin_filename or "stdin.py")), sys.stdin.buffer.read())


def _add_choice(parser: _Parser, unsafe: bool = True) -> None:
    if unsafe:
        parser.add_argument(
            "--unsafe-fixes",
            action=argparse.BooleanOptionalAction,
            help="Also make repairs that a person should look at, or do not.",
        )
    parser.add_argument("--select", action="append", metavar="CODES", help="Only these rules.")
    parser.add_argument("--extend-select", action="append", metavar="CODES", help="These rules too.")
    parser.add_argument("--ignore", action="append", metavar="CODES", help="Not these rules.")
    parser.add_argument("--exit-zero", action="store_true", help="Exit with 0 even if something is left.")


def _add_provider(parser: _Parser) -> None:
    parser.add_argument(
        "--provider",
        action="append",
        metavar="NAME@VERSION",
        help="Repair for this version, such as aws@21.9.1. Repeatable.",
    )


def _add_jobs(parser: _Parser, meaning: str) -> None:
    parser.add_argument("--jobs", "-j", type=_count, metavar="NUMBER", help=meaning)


def _add_no_cache(parser: _Parser) -> None:
    parser.add_argument("--no-cache", action="store_true", help="Look at unchanged projects too; keep nothing.")


def _add_oracle(parser: _Parser) -> None:
    parser.add_argument(
        "--no-sandbox",
        action="store_true",
        help="Run the projects' code with your own rights: network, files, credentials.",
    )
    parser.add_argument(
        "--env",
        action="append",
        type=_variable,
        metavar="NAME=VALUE",
        help="A variable that the projects see. Repeatable.",
    )
    parser.add_argument(
        "--timeout", type=_seconds, default=60.0, metavar="SECONDS", help="Time for each project; 60, if not given."
    )


def _path(text: str) -> Path:
    if not text:
        # As a path it would be this folder; it is what is left of a variable that is not set.
        raise argparse.ArgumentTypeError("'' is no file or folder")
    return Path(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def _seconds(text: str) -> float:
    try:
        if (seconds := float(text)) >= 0.1:
            return seconds
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 0.1")


def _variable(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not name or not sign:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _codes(given: list[str] | None) -> frozenset[str]:
    return frozenset(code.strip() for text in given or () for code in text.split(",") if code.strip())
