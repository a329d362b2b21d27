from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import libcst as cst

from ...meaning import Reference, Source
from ...schema.schema import CONSTRUCT
from ..rule import DESCRIBED, SHOWN, Rule


class MissingTests(Rule):
    """A project without unit tests or integration tests, or with constructs that no test imports.

    Said once a project (a folder with ``cdktf.json``), and only where all of it is looked at. Shown: what a construct
    should do, only its author knows. ``Testing.synth`` and ``Testing.to_have_resource_with_properties`` are the way
    to write a unit test; an integration test reads the deployed stack's outputs and asks AWS.

    Reported::

        # cdktf.json
        {"language": "python", "app": "python main.py"}

        # main.py
        from cdktf import App, TerraformStack

        class Network(TerraformStack):
            pass

        Network(App(), "network")
    """

    code = "K103"
    name = "missing-tests"
    safety = SHOWN
    catalogue = ("K3",)
    wakes = (DESCRIBED,)
    once = True
    default = False

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        project = self.source.project
        if project.resources is None or "cdktf.json" not in project.resources or set(project.files) - project.editable:
            return updated_node
        tests = [path for path in project.files if _is_test(path)]
        integration = [path for path in tests if "integration" in path.lower()]
        missing = [] if len(tests) > len(integration) else ["unit tests"]
        missing += [] if integration else ["integration tests"]
        untested = sorted(self._untested(set(tests)))
        parts = [f"the project has no {' and no '.join(missing)}"] if missing else []
        if untested:
            named = ", ".join(f"`{name}`" for name in untested)
            parts.append(f"no test imports {named}" if tests else f"there are {named} to test")
        if parts:
            self.found(original_node, "; ".join(parts))
        return updated_node

    def _untested(self, tests: set[str]) -> Iterator[str]:
        """The constructs of the project that no test imports, by their class or by their module."""
        read = [self.source.project.source(path, self.source.path) for path in sorted(tests)]
        seen = {reference for source in read for reference in _imported(source)}
        for source in self.source.holding(""):
            for name, bound in source.names.module_scope.bindings.items() if source.path not in tests else ():
                node = bound[0].node
                if isinstance(node, cst.ClassDef) and Reference(name, source, node).inherits(self.schema, CONSTRUCT):
                    if id(node) not in seen and id(source.module) not in seen:
                        yield name


def _is_test(path: str) -> bool:
    name = PurePosixPath(path).name
    return name.startswith("test_") or name.endswith("_test.py")


def _imported(source: Source | None) -> Iterator[int]:
    for binding in source.names.imports if source is not None else ():
        reference = source.imported(binding.module, binding.attribute) if source is not None else None
        if reference is not None and reference.node is not None:
            yield id(reference.node)
