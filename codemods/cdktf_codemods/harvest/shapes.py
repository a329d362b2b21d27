"""The shape of a resource: its arguments and blocks, as ``terraform providers schema -json`` gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Path = tuple[str, ...]
"""Names from a resource down to an argument, those of the blocks between them: ``("rule", "status")``."""


@dataclass(frozen=True)
class Argument:
    """One argument that a configuration can give; ``type`` is Terraform's, as the schema writes it in JSON."""

    path: Path
    type: Any
    required: bool
    sensitive: bool

    @property
    def name(self) -> str:
        return self.path[-1]


@dataclass(frozen=True)
class Block:
    """A block, or the whole resource (of the empty path). ``least`` and ``most`` are how many there can be."""

    path: Path
    arguments: tuple[Argument, ...]
    blocks: tuple[Block, ...]
    mode: str = "list"
    least: int = 0
    most: int = 0

    def every_argument(self) -> Iterator[Argument]:
        """The arguments of this block and of all below it."""
        yield from self.arguments
        for block in self.blocks:
            yield from block.every_argument()

    def every_block(self) -> Iterator[Block]:
        """This block and all below it."""
        yield self
        for block in self.blocks:
            yield from block.every_block()


@dataclass(frozen=True)
class Shape:
    """A resource or data source: ``mode`` is ``resource`` or ``data``, ``type`` is ``aws_instance``."""

    mode: str
    type: str
    root: Block

    @property
    def name(self) -> str:
        """The key by which its constraints are kept: ``aws_instance``, ``data.aws_instance``."""
        return f"data.{self.type}" if self.mode == "data" else self.type

    @cached_property
    def arguments(self) -> dict[Path, Argument]:
        return {each.path: each for each in self.root.every_argument()}

    @cached_property
    def blocks(self) -> dict[Path, Block]:
        return {each.path: each for each in self.root.every_block()}


def shapes_of(schema: dict[str, Any]) -> list[Shape]:
    """The shapes of all resources and data sources of one provider's schema."""
    found = []
    for mode, key in (("resource", "resource_schemas"), ("data", "data_source_schemas")):
        for name, described in sorted(schema.get(key, {}).items()):
            found.append(Shape(mode, name, _block(described["block"], ())))
    return found


def _block(described: dict[str, Any], path: Path, mode: str = "list", least: int = 0, most: int = 0) -> Block:
    arguments, blocks = [], []
    for name, each in sorted(described.get("attributes", {}).items()):
        if "nested_type" in each and (each.get("required") or each.get("optional")):
            nested = each["nested_type"]
            needs = 1 if each.get("required") else 0
            blocks.append(_block({"attributes": nested["attributes"]}, (*path, name), nested["nesting_mode"], needs))
        elif each.get("required") or each.get("optional"):
            needed, secret = bool(each.get("required")), bool(each.get("sensitive") or each.get("write_only"))
            arguments.append(Argument((*path, name), each["type"], needed, secret))
    for name, each in sorted(described.get("block_types", {}).items()):
        counts = each.get("min_items", 0), each.get("max_items", 0)
        blocks.append(_block(each["block"], (*path, name), each["nesting_mode"], *counts))
    return Block(path, tuple(arguments), tuple(blocks), mode, least, most)
