from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from ...meaning import Source
from ...meaning.makings import Making, is_made_when_imported, taken
from ..rule import DESCRIBED, SHOWN, UNSAFE, Rule


class MadeWhenImported(Rule):
    """A stack that a module makes when it is imported, and that the module which imports its app makes too.

    What the imported one does goes behind ``if __name__ == "__main__":``, with the synthesis behind it, if the other
    synthesises by itself.

    Unsafe: the code fails as it is, but the other stack may be the one that is too many. Shown where something else
    reads what is made, or stands between. An app of its own that a module makes and synthesises when it is imported
    fails in no case, so that nothing is said of it.

    Before::

        # shop.py
        from cdktf import App, TerraformStack

        class Shop(TerraformStack):
            pass

        app = App()
        Shop(app, "shop")
        app.synth()

        # main.py
        from shop import Shop, app

        Shop(app, "shop")
        app.synth()

    After::

        # shop.py
        from cdktf import App, TerraformStack

        class Shop(TerraformStack):
            pass

        app = App()
        if __name__ == "__main__":
            Shop(app, "shop")
            app.synth()

        # main.py
        from shop import Shop, app

        Shop(app, "shop")
        app.synth()
    """

    code = "A123"
    name = "made-when-imported"
    safety = UNSAFE
    wakes = (DESCRIBED,)
    across = True
    last = True

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        if "remove_child" in self.source.text.code or not any(map(self._is_object, self.source.names.imports)):
            return updated_node
        by_path: dict[str, list[tuple[Making, Making]]] = {}
        for first, second in taken(self.source):
            if is_made_when_imported(first, second) and second.source is self.source:
                by_path.setdefault(first.source.path, []).append((first, second))
        for pairs in by_path.values():
            self._repair(pairs)
        return updated_node

    def _is_object(self, binding: Any) -> bool:
        target = self.source.find_module(binding.module) if binding.attribute is not None else None
        return target is not None and any(each.kind == "assign" for each in target.local_binding(binding.attribute))

    def _repair(self, pairs: Sequence[tuple[Making, Making]]) -> None:
        source, made = pairs[0][0].source, [first for first, _ in pairs]
        body: Sequence[Any] = source.module.body
        lines = [each for first in made if (each := _line(source, first)) is not None]
        found = sorted({body.index(each) for each in lines})
        what = "this is made when the module is imported, and once more by the one that imports it"
        also = [(second.source, second.call) for _, second in pairs]
        start, end = (found[0], found[-1] + 1) if found else (0, 0)
        if len(lines) < len(made) or len(found) < end - start:
            self.found(made[0].call, f"{what}, and more depends on it", safety=SHOWN, source=source, also=also)
            return
        if end < len(body) and _synthesizes(body[end], made[0].given):
            end += any(_synthesizes(each, second.given) for _, second in pairs for each in self.source.module.body)
        if self.found(made[0].call, f'{what}; it goes behind `__name__ == "__main__"`', source=source, also=also):
            first = body[start]
            inner = [first.with_changes(leading_lines=[]), *body[start + 1 : end]]
            quote = source.names.preferred_quote
            is_main = cst.parse_expression(f"__name__ == {quote}__main__{quote}")
            guard = cst.If(is_main, cst.IndentedBlock(inner), leading_lines=first.leading_lines)
            new = source.module.with_changes(body=[*body[:start], guard, *body[end:]])
            self.edit(source.module, new, source)


def _synthesizes(statement: cst.CSTNode, app: cst.BaseExpression) -> bool:
    """Whether a statement is ``app.synth()``."""
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return False
    call = statement.body[0].value if isinstance(statement.body[0], cst.Expr) else None
    func = call.func if isinstance(call, cst.Call) else None
    return isinstance(func, cst.Attribute) and func.attr.value == "synth" and func.value.deep_equals(app)


def _line(source: Source, made: Making) -> cst.SimpleStatementLine | None:
    """The statement that makes something that nothing else reads."""
    statement = source.names.parents.get(id(made.call))
    line = source.names.parents.get(id(statement))
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        return None
    if isinstance(statement, cst.Assign):
        target = statement.targets[0].target
        if len(statement.targets) != 1 or not isinstance(target, cst.Name):
            return None
        is_read = len(source.names.uses.get(target.value, ())) > 1
        return line if not is_read and not any(True for _ in source.used_elsewhere(target.value)) else None
    return line if isinstance(statement, cst.Expr) else None
