from __future__ import annotations

import libcst as cst

from ..rule import DESCRIBED, Rule


class UnimplementedInterface(Rule):
    """A class that derives from an interface of a package, such as ``IAspect``, instead of implementing it.

    An interface of jsii is a protocol to Python. An object of a class that only derives from one cannot be handed to
    cdktf: ``jsii.implements`` tells jsii what the class is, and the base goes, for with it the decorator does not help.

    Safe: what is handed over is refused as it stands, with a ``TypeError``. Source:
    aws.github.io/jsii/user-guides/lib-user/language-specific/python, "Implementing interfaces".

    Before::

        import jsii
        from cdktf import IAspect

        class Tagger(IAspect):
            def visit(self, node):
                print(node)

    After::

        import jsii
        from cdktf import IAspect

        @jsii.implements(IAspect)
        class Tagger:
            def visit(self, node):
                print(node)
    """

    code = "A112"
    name = "unimplemented-interface"
    wakes = (DESCRIBED,)

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        interfaces = [base for base in original_node.bases if self._is_interface(base)]
        rest = [base for base in original_node.bases if base not in interfaces]
        if len(interfaces) != 1 or original_node.type_parameters is not None or any(map(self._is_protocol, rest)):
            return updated_node
        name = cst.Module([]).code_for_node(interfaces[0].value)
        if not self.found(
            interfaces[0], f"a class that derives from `{name}` is none to jsii; `jsii.implements` says it"
        ):
            return updated_node
        implements = cst.Attribute(self.imports.module("jsii"), cst.Name("implements"))
        decorator = cst.Decorator(cst.Call(implements, [cst.Arg(interfaces[0].value)]))
        given = [*rest, *original_node.keywords]
        last = [given[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)] if given else []
        kept = [*given[:-1], *last]
        bare = cst.MaybeSentinel.DEFAULT
        return original_node.with_changes(
            decorators=[*original_node.decorators, decorator],
            bases=kept[: len(rest)],
            keywords=kept[len(rest) :],
            lpar=original_node.lpar if kept else bare,
            rpar=original_node.rpar if kept else bare,
        )

    def _is_interface(self, base: cst.Arg) -> bool:
        reference = self.source.reference(base.value)
        described = self.schema.find(reference.name) if reference is not None and reference.source is None else None
        return described is not None and described.kind == "interface"

    def _is_protocol(self, base: cst.Arg) -> bool:
        value = base.value.value if isinstance(base.value, cst.Subscript) else base.value
        reference = self.source.reference(value)
        return reference is not None and reference.name in ("typing.Protocol", "typing_extensions.Protocol")
