"""What is said of the thing under the cursor, in Markdown: what the schema of the project's version has of it."""

from __future__ import annotations

from cdktf_codemods.schema import ApiClass
from cdktf_codemods.schema.constraints import Constraint, constraint_of
from cdktf_codemods.schema.schema import Parameter

from .pointed import Argument, Attribute, Thing, structs_in

_MOST = 40
"""Fields or values that are listed; of more, so many."""


def described(thing: Thing) -> str:
    """A thing with its type, what is required, what is allowed, and what a block in it takes."""
    if isinstance(thing, Argument):
        return _argument(thing)
    if isinstance(thing, Attribute):
        return _code(f"{thing.owner.short_name}.{thing.name}: {thing.type}") + f"\n\nattribute{_of(thing.owner)}"
    return _class(thing)


def _argument(argument: Argument) -> str:
    owner, parameter = argument.owner, argument.parameter
    what = "field" if owner.kind == "struct" else "argument"
    need = "optional" if parameter.optional else "required"
    said = [_code(f"{owner.short_name}.{parameter.name}: {parameter.type}"), f"{need} {what}{_of(owner)}"]
    constraint = constraint_of(owner, parameter.name)
    if constraint is not None:
        said.append(_allowed(constraint))
    said += (f"`{each.short_name}` takes\n\n{_fields(each)}" for each in structs_in(parameter.type, owner))
    return "\n\n".join(said)


def _class(described: ApiClass) -> str:
    said = [_code(f"{described.kind} {described.short_name}"), _of(described).removeprefix(" of ")]
    if described.members:
        said.append(_listed([f"`{each}`" for each in described.members]))
    elif described.arguments:
        said.append(_fields(described))
    return "\n\n".join(filter(None, said))


def _fields(owner: ApiClass) -> str:
    """What must be given, a line each, and what may be."""
    required = [owner.arguments[name] for name in owner.required]
    optional = [each for each in owner.arguments.values() if each.optional]
    lines = [f"- {_typed(each)} (required)" for each in required]
    lines += (f"- {_typed(each)}" for each in optional[:_MOST])
    if len(optional) > _MOST:
        lines.append(f"- … and {len(optional) - _MOST} more")
    return "\n".join(lines) or "nothing"


def _typed(parameter: Parameter) -> str:
    return f"`{parameter.name}`: {parameter.type}"


def _allowed(constraint: Constraint) -> str:
    since = "" if constraint.applies else f" (in version {constraint.version} of the Terraform provider)"
    if constraint.allowed:
        case = ", in any case" if constraint.folds else ""
        return f"one of {_listed([f'`{each}`' for each in constraint.allowed])}{case}{since}"
    bounds = [("at least", constraint.least), ("at most", constraint.most)]
    return ", ".join(f"{word} {number}" for word, number in bounds if number is not None) + since


def _listed(values: list[str]) -> str:
    more = f" … and {len(values) - _MOST} more" if len(values) > _MOST else ""
    return ", ".join(values[:_MOST]) + more


def _of(owner: ApiClass) -> str:
    """Which version says so."""
    snapshot = owner.schema.snapshots.get(owner.schema.package_of(owner.module))
    if snapshot is None:
        return ""
    terraform = snapshot.about["terraform"]
    return f" of {snapshot.provider} {terraform}" if terraform else f" of {snapshot.package} {snapshot.version}"


def _code(line: str) -> str:
    return f"```python\n{line}\n```"
