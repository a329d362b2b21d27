from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import libcst as cst

from ...meaning import Given, Source, arguments, constant, path_of
from ...meaning.archives import contents, homes, is_written
from ..rule import SHOWN, UNSAFE, Rule

_STUB = "Placeholder by cdktf-fix: put the function here."
_BODIES = {
    "python": (("py",), f'# {_STUB}\ndef {{name}}(event, context):\n    return {{{{"statusCode": 200}}}}\n'),
    "nodejs": (("js", "mjs", "cjs"), f"// {_STUB}\nexports.{{name}} = async (event) => ({{{{ statusCode: 200 }}}});\n"),
    "ruby": (("rb",), f"# {_STUB}\ndef {{name}}(event:, context:)\n  {{{{ statusCode: 200 }}}}\nend\n"),
}
"""By the beginning of a runtime's name: the extensions of its modules, and a function that answers."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold, so that the same archive is made each time."""

Use = tuple[Given, Source, cst.Call]


class MissingArchive(Rule):
    """A Lambda function whose archive (``filename``) is not in the project, and that nothing in the project writes.

    Terraform fails on it. Where the project holds the function (in a folder named like the archive, or beside it, or in
    the one place that has the module that ``handler`` names), the archive is made of that, the same each time. Where it
    holds none, a minimal one is: a module and a function as ``handler`` names them, with a comment that says that it is
    a placeholder. Source: Lambda, "Deployment packages".

    Unsafe: what the function needs besides its source (its libraries) is not in the archive. Shown where the handler or
    the runtime cannot be read, the runtime is not an interpreted one, or the function may be one of several files.

    Reported::

        # main.py
        from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction

        def function(scope, role):
            return LambdaFunction(
                scope, "f", function_name="f", role=role.arn, runtime="python3.12", handler="index.handler",
                filename="lambda_placeholder.zip",
            )
    """

    code = "V104"
    name = "missing-archive"
    safety = UNSAFE
    catalogue = ("V4",)
    wakes = ("filename",)
    once = True

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        resources = self.source.project.resources
        if resources is None:
            return updated_node
        missing: dict[str, list[Use]] = {}
        for source in self.source.holding("filename"):
            for call in source.names.calls:
                made = source.called(call) if source.path in source.project.editable else None
                if made is not None and made.submodule == "lambda_function" and "filename" in made.arguments:
                    given = arguments(source, call).get("filename")
                    path = path_of(given.source, given.value) if given is not None else None
                    if given is not None and path is not None and path.endswith(".zip") and path not in resources:
                        missing.setdefault(path, []).append((given, source, call))
        for path, uses in missing.items():
            if not is_written(self.source, path):
                self._make(path, uses)
        return updated_node

    def _make(self, path: str, uses: list[Use]) -> None:
        given, _, _ = uses[0]
        holds: dict[str, bytes] = {}
        stubs: list[str] = []
        for _, source, call in uses:
            handler = _handler(source, call)
            found = _held(self.source, path, handler) if handler is not None else None
            if handler is None or found is None:
                reason = "which file of the project it holds" if handler else "what it holds"
                message = f"`{path}` does not exist, and {reason} cannot be told: put the function's archive there"
                self.found(given.value, message, source=given.source, safety=SHOWN)
                return
            stubs += [] if found else [handler[0]]
            holds |= found or {handler[0]: holds.get(handler[0], b"") + handler[3]}
        what = f"a placeholder with {', '.join(dict.fromkeys(stubs))}" if stubs else f"of {', '.join(list(holds)[:5])}"
        if self.found(given.value, f"`{path}` does not exist; it is made: {what}", source=given.source):
            self.create(path, _archive(holds))


def _held(source: Source, path: str, handler: tuple[str, str, tuple[str, ...], bytes]) -> dict[str, bytes] | None:
    """What the project holds of a function: nothing, or its files; None where that cannot be told."""
    module, name, extensions, _ = handler
    files = [f"{module.rpartition('.')[0]}.{extension}" for extension in extensions]
    found = [(home, file) for file in files for home in homes(source, file, name, path)]
    if len(found) > 1:
        return None
    return contents(source, *found[0]) if found else {}


def _handler(source: Source, call: cst.Call) -> tuple[str, str, tuple[str, ...], bytes] | None:
    """The module's file, the function's name, the files that it may be in, and a function that answers."""
    given = arguments(source, call)
    handler, runtime = (given.get(name) for name in ("handler", "runtime"))
    where = constant(handler.source, handler.value) if handler is not None else None
    language = constant(runtime.source, runtime.value) if runtime is not None else None
    for beginning, (extensions, body) in _BODIES.items():
        if where and language and language.startswith(beginning) and "." in where and "::" not in where:
            module, _, name = where.rpartition(".")
            file = f"{module.replace('.', '/')}.{extensions[0]}"
            return file, name, extensions, body.format(name=name).encode()
    return None


def _archive(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    return data.getvalue()
