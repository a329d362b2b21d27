from __future__ import annotations

import libcst as cst

from ...meaning import made_by_function
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
    What has to be known while the program runs (``startswith``, a slice from the end) is shown. An element of what is
    split is T101's.

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
        if len(original_node.slice) != 1 or not self._is_token(original_node.value):
            return updated_node
        message = "only Terraform knows this text, so that a part of it is a part of the marker in its place"
        length = self._length(part)
        if length is None:
            self.found(original_node, message, safety=SHOWN)
        elif self.found(original_node, f"{message}; it is `Fn.substr`"):
            called = cst.Attribute(self.imports.core("Fn"), cst.Name("substr"))
            values = (original_node.value, cst.Integer("0"), length)
            return cst.Call(called, [cst.Arg(value) for value in values])
        return updated_node

    def _length(self, part: cst.BaseSlice) -> cst.Integer | None:
        """The length of what is taken from the start of a text."""
        if not isinstance(part, cst.Slice) or part.step is not None:
            return None
        starts = part.lower is None or (isinstance(part.lower, cst.Integer) and part.lower.value == "0")
        return part.upper if starts and isinstance(part.upper, cst.Integer) else None

    def _is_token(self, value: cst.BaseExpression) -> bool:
        if self.source.type_of(value) != STRING:
            return False
        return self.source.is_read_from_construct(value) or made_by_function(self.source, value)
