from __future__ import annotations

import libcst as cst

from ..rule import Rule

_LITERALS = {"true": "True", "false": "False", "null": "None", "nil": "None"}


class ForeignLiteral(Rule):
    """``true``, ``false`` or ``null``, as JSON and Terraform write them, in Python code.

    Safe: the name is bound nowhere, so that the line raises a ``NameError``. In texts they stay.

    Before::

        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        def logs(scope):
            return S3Bucket(scope, "logs", bucket="logs", force_destroy=true, bucket_prefix=null)

    After::

        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        def logs(scope):
            return S3Bucket(scope, "logs", bucket="logs", force_destroy=True, bucket_prefix=None)
    """

    code = "N105"
    name = "foreign-literal"
    equivalents = ("F821", "E0602", "undefined-variable")
    wakes = tuple(_LITERALS)
    first = True

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        meant = _LITERALS.get(original_node.value)
        if meant is None or not self._is_unbound(original_node):
            return updated_node
        if self.found(original_node, f"`{original_node.value}` is no name in Python; it is `{meant}`"):
            return updated_node.with_changes(value=meant)
        return updated_node

    def _is_unbound(self, name: cst.Name) -> bool:
        names = self.source.names
        uses = names.uses.get(name.value, ())
        read = any(use is name and not scope.find(name.value) for use, scope in uses)
        return read and not names.star_imports and not self._is_tried(name)

    def _is_tried(self, name: cst.Name) -> bool:
        """Whether the program asks whether there is such a name."""
        tried = (each for each in self.source.names.ancestors(name) if isinstance(each, cst.Try))
        caught = (self.source.reference(handler.type) for each in tried for handler in each.handlers)
        return any(each is not None and each.name == "builtins.NameError" for each in caught)
