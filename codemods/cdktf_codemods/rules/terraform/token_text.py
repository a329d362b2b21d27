from __future__ import annotations

import libcst as cst

from ...meaning import made_by_function, string_value
from ...meaning.functions import is_of_marker
from ...schema.types import STRING
from ..rule import DESCRIBED, SHOWN, Rule

_METHODS = {
    ("split", 1): ("split", (1, 0)),
    ("replace", 2): ("replace", (0, 1, 2)),
    ("upper", 0): ("upper", (0,)),
    ("lower", 0): ("lower", (0,)),
    ("title", 0): ("title", (0,)),
    ("strip", 0): ("trimspace", (0,)),
    ("removeprefix", 1): ("trimprefix", (0, 1)),
    ("removesuffix", 1): ("trimsuffix", (0, 1)),
}
"""By method and number of arguments: the function, and in what order it takes the text (0) and the arguments."""
_ASKED = frozenset(
    "startswith endswith find index count isdigit isalnum partition rpartition rsplit zfill splitlines".split()
)
"""Methods whose answer Python needs while the program runs, when nobody knows it yet."""


class TokenText(Rule):
    """A text that only Terraform knows, changed or taken apart in Python.

    ``bucket.arn`` is a marker like ``${TfToken[TOKEN.5]}`` until Terraform has made the bucket: ``split`` finds no
    colon in it, ``upper`` spoils it, ``replace`` finds nothing. The functions of ``Fn`` do it when the text is known.
    What has to be known while the program runs (``startswith``, a slice up to a place from the end) is shown. An
    element of what is split is T101's.

    Safe: what Python makes of the marker is never what the text would give.

    Before::

        from cdktf import Fn
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        def name(scope):
            bucket = S3Bucket(scope, "logs", bucket="logs")
            return bucket.arn.split(":"), bucket.id.upper()

    After::

        from cdktf import Fn
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        def name(scope):
            bucket = S3Bucket(scope, "logs", bucket="logs")
            return Fn.split(":", bucket.arn), Fn.upper(bucket.id)
    """

    code = "T104"
    name = "token-text"
    wakes = (DESCRIBED,)
    across = True

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        func, args = original_node.func, original_node.args
        if not isinstance(func, cst.Attribute) or not self._is_token(func.value):
            return updated_node
        if any(is_of_marker(string_value(arg.value) or "") for arg in args):
            return updated_node
        method = func.attr.value
        known = _METHODS.get((method, len(args)))
        if known is None or any(arg.star or arg.keyword is not None for arg in args):
            if method in _ASKED or any(method == name for name, _ in _METHODS):
                message = f"only Terraform knows this text, so that `{method}` sees a marker in its place"
                self.found(original_node, message, safety=SHOWN)
            return updated_node
        function, order = known
        if not self.found(original_node, f"only Terraform knows this text; `Fn.{function}` does what `{method}` would"):
            return updated_node
        values = [func.value, *(arg.value for arg in args)]
        called = cst.Attribute(self.imports.core("Fn"), cst.Name(function))
        return cst.Call(called, [cst.Arg(values[at]) for at in order])

    def leave_Subscript(self, original_node: cst.Subscript, updated_node: cst.Subscript) -> cst.BaseExpression:
        part = original_node.slice[0].slice
        if isinstance(part, cst.Slice) and part.lower is None and part.upper is None and part.step is None:
            return updated_node
        if len(original_node.slice) != 1 or not self._is_token(original_node.value):
            return updated_node
        message = "only Terraform knows this text, so that a part of it is a part of the marker in its place"
        taken = _taken(part)
        if taken is None:
            self.found(original_node, message, safety=SHOWN)
        elif self.found(original_node, f"{message}; it is `Fn.substr`"):
            called = cst.Attribute(self.imports.core("Fn"), cst.Name("substr"))
            values = (original_node.value, *(cst.parse_expression(str(each)) for each in taken))
            return cst.Call(called, [cst.Arg(value) for value in values])
        return updated_node

    def _is_token(self, value: cst.BaseExpression) -> bool:
        if self.source.type_of(value) != STRING:
            return False
        return self.source.is_read_from_construct(value) or made_by_function(self.source, value)


def _taken(part: cst.BaseSlice) -> tuple[int, int] | None:
    """Where a part of a text begins, from its end where negative, and its length, -1 for all of the rest.

    So counts ``substr``: developer.hashicorp.com/terraform/language/functions/substr.
    """
    if isinstance(part, cst.Index):
        at = _number(part.value)
        return (at, 1) if at is not None else None
    if not isinstance(part, cst.Slice) or part.step is not None:
        return None
    start = _number(part.lower) if part.lower is not None else 0
    end = _number(part.upper) if part.upper is not None else None
    if start is None or (part.upper is None) != (end is None):
        return None
    if end is None:
        return start, -1
    return (start, end - start) if 0 <= start <= end else None


def _number(node: cst.BaseExpression) -> int | None:
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        inner = _number(node.expression)
        return -inner if inner is not None else None
    return node.evaluated_value if isinstance(node, cst.Integer) else None
