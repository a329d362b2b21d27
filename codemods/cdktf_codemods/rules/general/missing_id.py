from __future__ import annotations

import libcst as cst

from ...editing.placing import CONSTRUCT_IDS
from ...meaning import Reference, string_value
from ...schema import ApiClass
from ...schema.schema import CONSTRUCT
from ...schema.types import STRING
from ..rule import DESCRIBED, SHOWN, Rule


class MissingId(Rule):
    """A construct that is made without its id, or without its scope.

    Each takes a scope and an id before all else. The id is a name in the tree of constructs: it becomes that of the
    variable that holds the construct, else of its kind, where nothing else is called so. The scope is ``self`` where
    the method's object is a construct itself. In a loop, where several would get the same id, it is shown.

    Safe: the call raises a ``TypeError`` as it stands.

    Before::

        from cdktf import TerraformStack
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
        from cdktf_cdktf_provider_aws.vpc import Vpc

        class Storage(TerraformStack):
            def __init__(self, scope, construct_id):
                super().__init__(scope, construct_id)
                self.logs = S3Bucket(self, bucket="logs")
                Vpc("vpc", cidr_block="10.0.0.0/16")

    After::

        from cdktf import TerraformStack
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
        from cdktf_cdktf_provider_aws.vpc import Vpc

        class Storage(TerraformStack):
            def __init__(self, scope, construct_id):
                super().__init__(scope, construct_id)
                self.logs = S3Bucket(self, "logs", bucket="logs")
                Vpc(self, "vpc", cidr_block="10.0.0.0/16")
    """

    code = "A113"
    name = "missing-id"
    equivalents = ("E1120", "no-value-for-parameter")
    wakes = (DESCRIBED,)
    makes = frozenset()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        args = original_node.args
        keywords = {arg.keyword.value for arg in args if arg.keyword is not None}
        if made is None or made.kind not in ("resource", "data source", "provider") or any(arg.star for arg in args):
            return updated_node
        positional = [arg for arg in args if arg.keyword is None]
        if len(positional) + ("scope" in keywords) + (not keywords.isdisjoint(CONSTRUCT_IDS)) != 1:
            return updated_node
        is_id = bool(positional) and self.source.type_of(positional[0].value) == STRING
        if is_id or not (positional or "scope" in keywords):
            return self._with_scope(original_node, made)
        return self._with_id(original_node, made, bool(positional))

    def _with_scope(self, call: cst.Call, made: ApiClass) -> cst.Call:
        owner = self._owner(call)
        if owner is None:
            self.found(call.func, f"`{made.short_name}` is made without a scope", safety=SHOWN)
        elif self.found(call.func, f"`{made.short_name}` is made without a scope; it is `{owner}`"):
            return _with_argument(call, 0, cst.Name(owner))
        return call

    def _with_id(self, call: cst.Call, made: ApiClass, positional: bool) -> cst.Call:
        name = self._free_id(call, made)
        if name is None:
            self.found(call.func, f"`{made.short_name}` is made without an id", safety=SHOWN)
        elif self.found(call.func, f'`{made.short_name}` is made without an id; it becomes "{name}"'):
            keyword = None if positional else cst.Name(made.signature.positional[1].name)
            return _with_argument(call, 1, self.string(name), keyword)
        return call

    def _owner(self, call: cst.Call) -> str | None:
        """What the object is called that the method of a construct is run for."""
        function = self.source.names.enclosing(call, cst.FunctionDef)
        if function is None or not self.source.is_method(function) or not function.params.params:
            return None
        scope = self.source.names.scopes[id(function)].parent
        owner = scope.node if scope is not None else None
        kind = Reference("", self.source, owner) if isinstance(owner, cst.ClassDef) else None
        is_construct = kind is not None and kind.inherits(self.schema, CONSTRUCT)
        return function.params.params[0].name.value if is_construct else None

    def _free_id(self, call: cst.Call, made: ApiClass) -> str | None:
        names = self.source.names
        if any(isinstance(each, (cst.For, cst.While, cst.BaseComp)) for each in names.ancestors(call)):
            return None
        parent = names.parents.get(id(call))
        target = parent.targets[0].target if isinstance(parent, cst.Assign) and len(parent.targets) == 1 else None
        if isinstance(target, cst.Attribute):
            target = target.attr
        name = target.value if isinstance(target, cst.Name) else made.submodule
        taken = {string_value(text) for text in names.strings if self._is_id(text)}
        return name if name not in taken else None

    def _is_id(self, text: cst.SimpleString) -> bool:
        arg = self.source.names.parents.get(id(text))
        call = self.source.names.parents.get(id(arg))
        if not isinstance(arg, cst.Arg) or not isinstance(call, cst.Call):
            return False
        return arg.keyword.value in CONSTRUCT_IDS if arg.keyword is not None else arg in call.args[1:2]


def _with_argument(call: cst.Call, at: int, value: cst.BaseExpression, keyword: cst.Name | None = None) -> cst.Call:
    """A call with one argument more, laid out as the one beside it."""
    comma = call.args[max(at - 1, 0)].comma if call.args else cst.MaybeSentinel.DEFAULT
    if isinstance(comma, cst.Comma) and isinstance(comma.whitespace_after, cst.ParenthesizedWhitespace):
        bare = cst.TrailingWhitespace(cst.SimpleWhitespace(""))
        after = comma.whitespace_after.with_changes(first_line=bare, empty_lines=[])
        comma = comma.with_changes(whitespace_after=after)
    none = cst.SimpleWhitespace("")
    equal = cst.AssignEqual(none, none) if keyword is not None else cst.MaybeSentinel.DEFAULT
    new = cst.Arg(value, keyword=keyword, equal=equal, comma=comma)
    return call.with_changes(args=[*call.args[:at], new, *call.args[at:]])
