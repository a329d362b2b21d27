from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..rule import Rule
from ..schema import ApiClass, Schema
from ..schema.naming import words
from ..source import Binding


class SuffixedClass(Rule):
    """A class of the provider without the ``A`` that its generator gave it.

    The generator keeps one list of class names over the whole provider and appends ``A`` to a name already taken:
    ``aws_s3_bucket`` has a ``versioning`` block, so the resource ``aws_s3_bucket_versioning`` is
    ``S3BucketVersioningA``. Which names have it differs from version to version; the schema says.

    Safe: the name does not exist where it is imported from. A name that does exist there, but is a block's struct, is
    repaired where it is called as a construct, with a scope and an id.

    Before::

        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning

    After::

        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
    """

    code = "N101"
    name = "suffixed-class"
    catalogue = ("N1", "N2", "N3")
    wakes = ("cdktf_", "cdktn_")

    def leave_ImportFrom(self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom) -> cst.ImportFrom:
        if not isinstance(original_node.names, cst.ImportStar):
            for binding in self.source.names.imports:
                if any(alias is binding.node for alias in original_node.names):
                    self._check(binding)
        return updated_node

    def _check(self, binding: Binding) -> None:
        name = binding.attribute or ""
        suffixed = suffixed_name(self.schema, binding.module, name)
        if suffixed and self.found(binding.node, f"`{name}` is `{suffixed}` in `{binding.module}`"):
            self.imports.redirect(binding, binding.module, suffixed)

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.Attribute:
        module = self.source.reference(original_node.value)
        if module is None or module.source is not None:
            return updated_node
        name = original_node.attr.value
        suffixed = suffixed_name(self.schema, module.name, name)
        if suffixed and self.found(original_node, f"`{name}` is `{suffixed}` in `{module.name}`"):
            return updated_node.with_changes(attr=cst.Name(suffixed))
        return updated_node

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        """The struct of the same name called as the construct."""
        struct = self.source.called(original_node)
        if struct is None or struct.kind != "struct" or _positional_count(original_node) < 2:
            return updated_node
        constructs = list(_constructs(self.schema, f"{struct.short_name}A"))
        if len(constructs) != 1:
            return updated_node
        found = constructs[0]
        message = f"`{struct.short_name}` of `{struct.module}` is a block; the resource is `{found.short_name}`"
        if self.found(original_node.func, message):
            return updated_node.with_changes(func=self.imports.name(found.module, found.short_name))
        return updated_node


def suffixed_name(schema: Schema, module: str, name: str) -> str | None:
    """The one class of *module* whose name is *name* with an ``A`` more, less or elsewhere; None if *name* exists."""
    classes = schema.module(module) if schema.covers(module) else None
    if not classes or not name or name in classes or schema.module(f"{module}.{name}") is not None:
        return None
    plain = _without_suffix(name)
    found = [each for each in classes if _without_suffix(each) == plain]
    return found[0] if len(found) == 1 else None


def _without_suffix(name: str) -> list[str]:
    return [word for word in words(name) if word != "a"]


def _positional_count(call: cst.Call) -> int:
    return sum(1 for arg in call.args if arg.keyword is None and not arg.star)


def _constructs(schema: Schema, name: str) -> Iterator[ApiClass]:
    for full in schema.locate(name):
        described = schema.find(full)
        if described is not None and described.is_construct:
            yield described
