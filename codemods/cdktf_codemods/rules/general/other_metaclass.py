from __future__ import annotations

import libcst as cst

from ...schema.schema import CONSTRUCT
from ..rule import Rule


class OtherMetaclass(Rule):
    """An abstract class of the project's that derives from a construct and from ``ABC``.

    The classes of a package have jsii's metaclass, ``ABC`` has another, and Python makes no class of both. What jsii
    gives its own abstract classes is both: with it, abstract methods are asked for as before.

    Safe: the class statement fails as it stands, with "metaclass conflict".

    Before::

        from abc import ABC, abstractmethod
        from cdktf import TerraformStack

        class Base(TerraformStack, ABC):
            @abstractmethod
            def build(self):
                ...

    After::

        from abc import ABC, abstractmethod
        from cdktf import TerraformStack
        import jsii

        class Base(TerraformStack, metaclass=jsii.JSIIAbstractClass):
            @abstractmethod
            def build(self):
                ...
    """

    code = "A124"
    name = "other-metaclass"
    wakes = ("ABC",)

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> cst.ClassDef:
        bases, keywords = original_node.bases, original_node.keywords
        abstract = [base for base in bases if self._is_abstract(base)]
        metas = [each for each in keywords if each.keyword is not None and self._is(each.value, "abc.ABCMeta")]
        constructs = [base for base in bases if self._is_construct(base)]
        if not (abstract or metas) or len(keywords) != len(metas) or not constructs:
            return updated_node
        what = "a construct's class has the metaclass of jsii, with which that of `ABC` conflicts"
        if not self.found((metas or abstract)[0], f"{what}; `jsii.JSIIAbstractClass` is both"):
            return updated_node
        both = cst.Attribute(self.imports.module("jsii"), cst.Name("JSIIAbstractClass"))
        if metas:
            return original_node.with_changes(keywords=[metas[0].with_changes(value=both)])
        rest = [base for base in bases if not self._is(base.value, "abc.ABC")]
        equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
        keyword = cst.Arg(both, keyword=cst.Name("metaclass"), equal=equal, comma=bases[-1].comma)
        if rest[-1] is bases[-1]:
            space = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
            rest[-1] = rest[-1].with_changes(comma=space)
        else:
            keyword = keyword.with_changes(whitespace_after_arg=bases[-1].whitespace_after_arg)
        return original_node.with_changes(bases=rest, keywords=[keyword])

    def _is(self, node: cst.BaseExpression, name: str) -> bool:
        reference = self.source.reference(node)
        return reference is not None and reference.source is None and reference.name == name

    def _is_abstract(self, base: cst.Arg) -> bool:
        """Whether a base is ``ABC``, or a class of the project's that derives from it and from no construct."""
        reference = self.source.reference(base.value)
        if reference is None or base.star or reference.inherits(self.schema, CONSTRUCT):
            return False
        return any(each.source is None and each.name == "abc.ABC" for each in [reference, *reference.ancestors()])

    def _is_construct(self, base: cst.Arg) -> bool:
        """Whether a base is a construct whose own class has jsii's metaclass still."""
        reference = self.source.reference(base.value)
        if reference is None or base.star or not reference.inherits(self.schema, CONSTRUCT):
            return False
        every = [reference, *reference.ancestors()]
        nodes = [each.node for each in every if isinstance(each.node, cst.ClassDef)]
        return not any(node.keywords for node in nodes)
