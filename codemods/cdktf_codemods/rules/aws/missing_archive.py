from __future__ import annotations

import io
import zipfile

import libcst as cst

from ...meaning import Given, Source, arguments, constant, path_of
from ..rule import SHOWN, UNSAFE, Rule

_BODIES = {
    "python": ("py", 'def {name}(event, context):\n    return {{"statusCode": 200}}\n'),
    "nodejs": ("js", "exports.{name} = async (event) => ({{ statusCode: 200 }});\n"),
    "ruby": ("rb", "def {name}(event:, context:)\n  {{ statusCode: 200 }}\nend\n"),
}
"""By the beginning of a runtime's name: the extension of its modules, and a function that answers."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can hold, so that the same archive is made each time."""


class MissingArchive(Rule):
    """A Lambda function whose archive (``filename``) is not in the project.

    Terraform fails on it. A minimal archive is made, the same each time: one module and one function, as ``handler``
    names them. Source: Lambda, "Deployment packages".

    Unsafe: the archive is a placeholder; the function's code has to be put in its place. Shown where the handler or the
    runtime cannot be read, or the runtime is not an interpreted one.

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
        missing: dict[str, list[tuple[Given, Source, cst.Call]]] = {}
        for source in self.source.holding("filename"):
            for call in source.names.calls:
                made = source.called(call) if source.path in source.project.editable else None
                if made is not None and made.submodule == "lambda_function" and "filename" in made.arguments:
                    given = arguments(source, call).get("filename")
                    path = path_of(given.source, given.value) if given is not None else None
                    if given is not None and path is not None and path.endswith(".zip") and path not in resources:
                        missing.setdefault(path, []).append((given, source, call))
        for path, uses in missing.items():
            self._make(path, uses)
        return updated_node

    def _make(self, path: str, uses: list[tuple[Given, Source, cst.Call]]) -> None:
        given, _, _ = uses[0]
        message = f"`{path}` does not exist"
        modules: dict[str, dict[str, str]] = {}
        for _, source, call in uses:
            written = _function(source, call)
            if written is None:
                reason = (
                    "and what it holds cannot be read from `handler` and `runtime`: put the function's archive there"
                )
                self.found(given.value, f"{message}, {reason}", source=given.source, safety=SHOWN)
                return
            module, name, body = written
            modules.setdefault(module, {})[name] = body
        contents = {module: "\n".join(bodies.values()) for module, bodies in modules.items()}
        listed = ", ".join(contents)
        if self.found(given.value, f"{message}; a placeholder with {listed} is made", source=given.source):
            self.create(path, _archive(contents))


def _function(source: Source, call: cst.Call) -> tuple[str, str, str] | None:
    """The module's file, the function's name and its code, as ``handler`` and ``runtime`` have them."""
    given = arguments(source, call)
    handler, runtime = (given.get(name) for name in ("handler", "runtime"))
    where = constant(handler.source, handler.value) if handler is not None else None
    language = constant(runtime.source, runtime.value) if runtime is not None else None
    for beginning, (extension, body) in _BODIES.items():
        if where and language and language.startswith(beginning) and "." in where and "::" not in where:
            module, _, name = where.rpartition(".")
            return f"{module.replace('.', '/')}.{extension}", name, body.format(name=name)
    return None


def _archive(contents: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(contents):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, contents[path])
    return data.getvalue()
