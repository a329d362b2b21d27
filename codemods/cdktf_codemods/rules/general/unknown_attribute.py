from __future__ import annotations

import libcst as cst

from ...knowledge.functions import is_invented
from ...knowledge.services import in_own_words
from ...meaning import Reference, Source, string_value
from ...meaning.lacking import beside
from ...schema import ApiClass
from ...schema.fields import near_names
from ...schema.naming import words
from ...schema.types import STRING, ListOf, Named
from ..rule import DESCRIBED, SHOWN, UNSAFE, Rule

_BASES = frozenset(
    (
        "Construct Stage TerraformDataSource TerraformElement TerraformModule TerraformProvider "
        "TerraformResource TerraformStack"
    ).split()
)
"""What an annotation says of a value that is something more exact."""


class UnknownAttribute(Rule):
    """An attribute that the construct, or the block read from it, does not have.

    ``cluster.identity_get(0)`` is ``cluster.identity.get(0)``; ``group.subnet_group_name`` of a subnet group is its
    ``name``; one block of a list of blocks is ``.get(0)``, of a single block nothing; a value of a map is ``.lookup``;
    an element of a list of strings that only Terraform knows is ``Fn.element``.

    Safe where the schema has the one attribute that is meant: the code fails as it is. Unsafe where one other construct
    has it, by which this was made, or which was made by this: ``api.invoke_url`` is the stage's. Else shown, with the
    nearest.

    Before::

        from cdktf import Fn
        from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
        from cdktf_cdktf_provider_aws.eks_cluster import EksCluster

        def facts(cluster: EksCluster, zones: DataAwsAvailabilityZones):
            return cluster.identity[0].oidc[0].issuer, zones.names.get(0)

    After::

        from cdktf import Fn
        from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
        from cdktf_cdktf_provider_aws.eks_cluster import EksCluster

        def facts(cluster: EksCluster, zones: DataAwsAvailabilityZones):
            return cluster.identity.get(0).oidc.get(0).issuer, Fn.element(zones.names, 0)
    """

    code = "A104"
    name = "unknown-attribute"
    wakes = (DESCRIBED,)
    across = True

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        owner = self._owner(original_node.value)
        name = original_node.attr.value
        if owner is None and not hasattr(str, name) and self._is_string(original_node.value):
            self.found(original_node, f"a string that only Terraform knows has no `{name}`", safety=SHOWN)
        if owner is None or name in owner.attributes or name in owner.methods or name.startswith("_"):
            return updated_node
        if name.isupper() and name.lower() in owner.attributes:
            return updated_node  # a constant, which the snapshots have by the spelling of any other attribute
        if self._is_written(original_node) or owner.kind in ("enum", "struct"):
            return updated_node
        if owner.kind == "interface" and self._is_asked(original_node.value):
            return updated_node
        if owner.short_name in _BASES or self._is_given(owner, name):
            return updated_node
        if self.schema.core_member(owner.name) == "Fn" and is_invented(name):
            return updated_node  # of A110 and A120
        what = f"`{owner.short_name}` has no attribute `{name}`"
        base = name.removesuffix("_get")
        if base != name and base in owner.attributes:
            if self.found(original_node, f"{what}; it is `{base}.get`"):
                return updated_node.with_changes(
                    value=cst.Attribute(updated_node.value, cst.Name(base)), attr=cst.Name("get")
                )
            return updated_node
        if (element := self._element(owner)) is not None and name in element.attributes:
            if self.found(original_node, f"{what}; its elements have: `.get(0).{name}`"):
                return updated_node.with_changes(value=_get(updated_node.value, cst.Integer("0")))
            return updated_node
        if name == "get" and self._element(owner) is None:
            return updated_node
        plain = name.removesuffix("_fqn")
        known = [each for each in owner.attributes if not each.endswith("_input")]
        own = in_own_words(owner.provider, owner.submodule, name) if owner.is_construct else name
        near = [plain] if plain in owner.attributes else self._own_id(owner, own) or near_names(owner, own, known)
        near = near or [each for each in owner.methods if _letters(each) == _letters(name)]
        if len(near) == 1:
            meant = near[0].upper() if near[0] in owner.attributes and self._is_class(original_node.value) else near[0]
            if self.found(original_node, f"{what}; it is `{meant}`"):
                return updated_node.with_changes(attr=cst.Name(meant))
            return updated_node
        others = beside(self.source, original_node) if owner.is_construct and not near else []
        if len(others) == 1:
            code = self.source.module.code_for_node(others[0])
            if self.found(original_node, f"{what}; `{code}` has, and one was made by the other", safety=UNSAFE):
                return updated_node.with_changes(value=others[0].deep_clone())
            return updated_node
        hint = f"; near: {', '.join(f'`{each}`' for each in near or self._nearest(owner, name))}"
        self.found(original_node, what + (hint if len(hint) > 8 else ""), safety=SHOWN)
        return updated_node

    def _is_given(self, owner: ApiClass, name: str) -> bool:
        """Whether the project itself may give instances of a class this attribute, from outside or in a subclass."""
        return any(
            self._is_set(source, name) or self._is_in_subclass(source, owner, name)
            for source in self.source.mentioning(name)
        )

    def _is_set(self, source: Source, name: str) -> bool:
        parents = (source.names.parents.get(id(each)) for each in source.names.attribute_uses.get(name, ()))
        return any(isinstance(each, (cst.AssignTarget, cst.AnnAssign)) for each in parents) or any(
            source.name_called(call) in ("builtins.setattr", "builtins.hasattr", "builtins.getattr")
            and len(call.args) > 1
            and string_value(call.args[1].value) == name
            for call in source.names.calls
        )

    def _is_in_subclass(self, source: Source, owner: ApiClass, name: str) -> bool:
        return any(
            isinstance(scope.node, cst.ClassDef)
            and (name in scope.bindings or name in scope.attributes)
            and Reference(f"{source.path}:{scope.node.name.value}", source, scope.node).inherits(
                self.schema, owner.name
            )
            for scope in source.names.scopes.values()
        )

    def _own_id(self, owner: ApiClass, name: str) -> list[str]:
        """``vpc.vpc_id`` and CloudFormation's ``vpc.ref`` are ``vpc.id``; a ``password.password`` is its ``result``."""
        if name == "ref" and owner.is_construct and "id" in owner.attributes:
            return ["id"]
        if owner.is_construct and words(name) == words(owner.short_name) and "result" in owner.attributes:
            return ["result"]
        prefix = words(name.removesuffix("_id"))
        own = name.endswith("_id") and set(prefix) <= set(words(owner.short_name)) and "id" in owner.attributes
        return ["id"] if own else []

    def _owner(self, value: cst.BaseExpression) -> ApiClass | None:
        """The class of a package that a value is an instance of; of a class itself, that class (``Fn.data``)."""
        kind = self.source.type_of(value)
        if isinstance(kind, Named):
            return self.schema.find(kind.name)
        reference = self.source.reference(value) if isinstance(value, (cst.Name, cst.Attribute)) else None
        if reference is None or reference.source is not None:
            return None
        described = self.schema.find(reference.name)
        return described if described is not None and described.kind == "class" else None

    def _is_class(self, value: cst.BaseExpression) -> bool:
        """Whether a value is a class itself, whose attributes are constants: ``VariableType.NUMBER``."""
        return not isinstance(self.source.type_of(value), Named)

    def _is_written(self, node: cst.Attribute | cst.Subscript) -> bool:
        return isinstance(self.source.names.parents.get(id(node)), (cst.AssignTarget, cst.AnnAssign, cst.AugAssign))

    def _is_string(self, value: cst.BaseExpression) -> bool:
        return self.source.type_of(value) == STRING and self.source.is_read_from_construct(value)

    def _is_asked(self, value: cst.BaseExpression) -> bool:
        """Whether the function asks what the value is, so that it is more than its annotation says."""
        for call in self.source.names.calls:
            if (
                isinstance(call.func, cst.Name)
                and call.func.value in ("isinstance", "hasattr", "getattr")
                and call.args
            ):
                asked = call.args[0].value
                if isinstance(asked, cst.Name) and isinstance(value, cst.Name) and asked.value == value.value:
                    return True
        return not isinstance(value, cst.Name)

    def _element(self, owner: ApiClass) -> ApiClass | None:
        """The class of the elements of a list of blocks."""
        get = owner.methods.get("get")
        if get is None or not self.schema.inherits_core(owner.name, "ComplexList"):
            return None
        return self.schema.find(get.result.name) if isinstance(get.result, Named) else None

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """``.get(0)`` of what is no list of blocks."""
        func = original_node.func
        if not isinstance(func, cst.Attribute) or func.attr.value != "get" or len(original_node.args) != 1:
            return updated_node
        kind = self.source.type_of(func.value)
        index = original_node.args[0].value
        if isinstance(kind, ListOf) and self.source.is_read_from_construct(func.value):
            if self.found(original_node, "a list that only Terraform knows has no `get`; it is `Fn.element`"):
                return _fn(self.imports.core("Fn"), "element", func.value, index)
        elif isinstance(kind, Named) and isinstance(index, cst.Integer) and index.value == "0":
            described = self.schema.find(kind.name)
            single = described is not None and self.schema.inherits_core(described.name, "ComplexObject")
            if described is not None and single and "get" not in described.methods:
                if self.found(original_node, f"`{described.short_name}` is one block; it has no `get`"):
                    return func.value
        return updated_node

    def leave_Subscript(self, original_node: cst.Subscript, updated_node: cst.Subscript) -> cst.BaseExpression:
        """``[0]`` of a block or of a list of blocks."""
        kind = self.source.type_of(original_node.value)
        described = self.schema.find(kind.name) if isinstance(kind, Named) else None
        index = original_node.slice[0].slice
        if described is None or not isinstance(index, cst.Index) or len(original_node.slice) != 1:
            return updated_node
        if self._element(described) is not None:
            if self.found(original_node, f"`{described.short_name}` takes no index; it is `.get(…)`"):
                return _get(updated_node.value, index.value)
        elif "lookup" in described.methods and not self._is_written(original_node):
            if self.found(original_node, f"`{described.short_name}` takes no index; it is `.lookup(…)`"):
                return cst.Call(cst.Attribute(updated_node.value, cst.Name("lookup")), [cst.Arg(index.value)])
        elif self.schema.inherits_core(described.name, "ComplexObject") and isinstance(index.value, cst.Integer):
            if self.found(original_node, f"`{described.short_name}` is one block; it takes no index"):
                return updated_node.value
        return updated_node

    def _nearest(self, owner: ApiClass, name: str) -> list[str]:
        from difflib import get_close_matches

        known = [each for each in (*owner.attributes, *owner.methods) if not each.endswith("_input")]
        return get_close_matches(name, known, 3, 0.6)


def _letters(name: str) -> str:
    """``Fn.cidr_subnet`` and ``Fn.cidrSubnet`` are ``Fn.cidrsubnet``."""
    return name.replace("_", "").lower()


def _get(value: cst.BaseExpression, index: cst.BaseExpression) -> cst.Call:
    return cst.Call(cst.Attribute(value, cst.Name("get")), [cst.Arg(index)])


def _fn(func: cst.BaseExpression, name: str, *values: cst.BaseExpression) -> cst.Call:
    return cst.Call(cst.Attribute(func, cst.Name(name)), [cst.Arg(value) for value in values])
