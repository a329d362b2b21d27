from __future__ import annotations

import libcst as cst

from ...meaning import Binding, is_tried
from ...meaning.misnamed import class_meant
from ...schema import Schema
from ...schema.naming import words
from ..rule import DESCRIBED, Rule


class SuffixedClass(Rule):
    """A class of the provider without the ``A`` that its generator gave it.

    The generator keeps one list of class names over the whole provider and appends ``A`` to a name already taken:
    ``aws_s3_bucket`` has a ``versioning`` block, so the resource ``aws_s3_bucket_versioning`` is
    ``S3BucketVersioningA``. Which names have it differs from version to version; the schema says.

    Safe: the name does not exist where it is imported from. A name that does exist there is repaired where it is called
    as what it is not: a block's struct with a scope and an id, a construct's configuration with the fields of a block.

    Before::

        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning

    After::

        from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
    """

    code = "N101"
    name = "suffixed-class"
    catalogue = ("N1", "N2", "N3")
    wakes = (DESCRIBED,)
    first = True
    makes = frozenset()

    def leave_ImportFrom(self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom) -> cst.ImportFrom:
        for binding in self.source.names.bound_by(original_node):
            self._check(binding, original_node)
        return updated_node

    def _check(self, binding: Binding, statement: cst.ImportFrom) -> None:
        name = binding.attribute or ""
        suffixed = suffixed_name(self.schema, binding.module, name)
        if suffixed is None or is_tried(self.source, statement):
            return
        if self.found(binding.node, f"`{name}` is `{suffixed}` in `{binding.module}`"):
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
        """A struct of the plain name where the suffixed class is meant."""
        struct = self.source.called(original_node)
        meant = class_meant(self.source, original_node, struct) if struct is not None else None
        if struct is None or meant is None:
            return updated_node
        message = f"`{struct.short_name}` of `{struct.module}` is another struct; this is a `{meant.short_name}`"
        if self.found(original_node.func, message):
            return updated_node.with_changes(
                func=self.imports.instead(original_node.func, meant.module, meant.short_name)
            )
        return updated_node


def suffixed_name(schema: Schema, module: str, name: str) -> str | None:
    """The one class of *module* whose name is *name* with an ``A`` more, less or elsewhere; None if *name* exists."""
    classes = schema.module(module) if schema.covers(module) else None
    if not classes or not name or name in classes or schema.module(f"{module}.{name}") is not None:
        return None
    plain = _without_suffix(name)
    given = words(name)
    found = [each for each in classes if _without_suffix(each) == plain and words(each) != given]
    return found[0] if len(found) == 1 else None


def _without_suffix(name: str) -> list[str]:
    return [word for word in words(name) if word != "a"]
