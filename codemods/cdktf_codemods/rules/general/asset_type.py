from __future__ import annotations

import libcst as cst

from ...meaning import Given, Source, arguments, path_of
from ..rule import SHOWN, Rule

_ASSET = "TerraformAsset"
_TYPES = "AssetType"


class AssetType(Rule):
    """A ``TerraformAsset`` whose ``type`` is not what its ``path`` is.

    cdktf refuses it: ``TerraformAsset … expects path to be a file`` (or a directory). A file is an
    ``AssetType.FILE``; a directory is an ``AssetType.DIRECTORY``, or an ``AssetType.ARCHIVE``, which is a zip of it.
    Source: cdktf 0.21, ``terraform-asset.ts``.

    Safe for a file. Shown for a directory: which of the two is meant, the asset's use says.

    Before::

        from cdktf import AssetType, TerraformAsset

        def code(scope):
            return TerraformAsset(scope, "code", path="main.py", type=AssetType.ARCHIVE)

    After::

        from cdktf import AssetType, TerraformAsset

        def code(scope):
            return TerraformAsset(scope, "code", path="main.py", type=AssetType.FILE)
    """

    code = "A108"
    name = "asset-type"
    wakes = ("TerraformAsset",)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None or self.schema.core_member(made.name) != _ASSET or self.source.project.resources is None:
            return updated_node
        given = arguments(self.source, original_node)
        path, kind = given.get("path"), given.get("type")
        named = _named(kind) if kind is not None else None
        is_file = _is_file(self.source, path_of(path.source, path.value)) if path is not None else None
        if kind is None or named is None or is_file is None or is_file == (named == "FILE"):
            return updated_node
        if not is_file:
            message = "the path is a directory: `AssetType.ARCHIVE` for a zip of it, or `AssetType.DIRECTORY`"
            self.found(kind.value, message, source=kind.source, safety=SHOWN)
        elif self.found(kind.value, "the path is a file: `AssetType.FILE`", source=kind.source):
            assert isinstance(kind.value, cst.Attribute)
            new = kind.value.with_changes(attr=cst.Name("FILE"))
            self.owner.change(kind.source, kind.value, new, lambda place: place.argument == "type", kind)
        return updated_node


def _named(kind: Given) -> str | None:
    """The member of the enumeration that is written as an argument."""
    if not isinstance(kind.value, cst.Attribute):
        return None
    owner = kind.source.reference(kind.value.value)
    is_type = owner is not None and kind.source.schema.core_member(owner.name) == _TYPES
    return kind.value.attr.value if is_type else None


def _is_file(source: Source, path: str | None) -> bool | None:
    """Whether a path is a file of the project, or a folder; None where it is neither."""
    resources = source.project.resources or {}
    if path is None:
        return None
    if path in resources or path in source.project.files:
        return True
    inside = (each.startswith(f"{path}/") for each in (*source.project.files, *resources))
    return False if any(inside) else None
