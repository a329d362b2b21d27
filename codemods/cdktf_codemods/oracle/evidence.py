"""What a failure is evidence of: the texts of jsii, of the code it generates, of Python and of Terraform, read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..knowledge.evidence import Evidence
from ..schema.naming import python_name
from .answer import Answer, Complaint, Failure, Place

_CHECKED = re.compile(r"type of argument (\w+) must be (?:one of \((.*)\)|(.+)); got (\S+) instead")
_PASSED = re.compile(r"Passed to parameter \w+ of new [\w@/.-]+\.(\w+): Unable to deserialize value as ")
_INNER = re.compile(r"^([^\w\[]*)(?:\[as .*?\] )?(?:Key '([^']*)'|Index (\d+)): Unable to deserialize value as (.+)$")
_FAILING = re.compile(r"Failing value is an? (\w+)$")
_SAME_ID = re.compile(r"There is already a Construct with name '([^']+)' in (\w+)(?: \[([^\]]*)\])?")
_ATTRIBUTE = re.compile(r"'?(?:type object )?'?(\w+)'? (?:object )?has no attribute '(\w+)'")
_MISSING = re.compile(r"(\w+)\.__init__\(\) missing \d+ required (?:keyword-only|positional) arguments?: (.+)$")
_NO_PROVIDER = re.compile(
    r"\[([^\]]+)\] Found resources without a matching provider construct\..*following providers: (.+)$", re.MULTILINE
)
_ALLOWED = re.compile(r"expected (\w+) to be one of \[(.*)\], got (.*)$")
_WHOLE = re.compile(r"must be a whole number")
_UNDECLARED = re.compile(r'A data resource "(\w+)" "([\w-]+)" has not been declared in the root module')
_CONFLICT = re.compile(r'"(\w+)": conflicts with (\w+)$')
_ONE_OF = re.compile(r'"\w+": (?:only )?one of `([\w,]+)` (?:must|can) be specified')
_EXACTLY_ONE = re.compile(r"[Oo]ne of these attributes must be configured: \[([\w, ]+)\]")
_TYPES = {
    "string": "str", "boolean": "bool", "int": "number", "float": "number", "array": "list", "tuple": "list",
    "dict": "map", "object": "map", "IResolvable": "", "NoneType": "", "undefined": "",
}  # fmt: skip


def evidence_of(answer: Answer) -> tuple[Evidence, ...]:
    """What is known of why a project fails, or of what Terraform has against it; nothing where it is not understood."""
    if answer.failure is not None:
        found = [evidence for read in _READERS for evidence in read(answer.failure, answer)]
        return tuple(dict.fromkeys(found))
    found = [evidence for each in answer.complaints for evidence in _complaint(each, answer)]
    return tuple(dict.fromkeys(evidence for evidence in found if evidence.kind != "conflict")) + _conflicts(found)


def _conflicts(found: list[Evidence]) -> tuple[Evidence, ...]:
    """Of the arguments that cannot stand together, each set once: the provider complains at every one of them."""
    sets = {
        (each.path, each.line, each.construct, each.wanted): each for each in reversed(found) if each.kind == "conflict"
    }
    return tuple(reversed(sets.values()))


def _first(text: str) -> str:
    return text.splitlines()[0] if text else ""


def _types(names: str) -> tuple[str, ...]:
    """Alternatives, as Python's annotations or jsii's type references write them, in one spelling."""
    parts = re.split(r"(?:, | \| )(?![^\[]*\])", names)
    found = (_type(part.strip()) for part in parts)
    return tuple(dict.fromkeys(each for each in found if each))


def _type(name: str) -> str:
    if listed := re.fullmatch(r"(?:Sequence\[(.*)\]|array<(.*)>)", name):
        return f"list[{_type(listed[1] or listed[2])}]"
    if mapped := re.fullmatch(r"(?:Mapping\[str, (.*)\]|map<(.*)>)", name):
        return f"map[{_type(mapped[1] or mapped[2])}]"
    short = name.rpartition(".")[2]
    return _TYPES.get(short, short)


def _checked(failure: Failure, answer: Answer) -> Iterator[Evidence]:
    """What the generated Python checks before jsii is asked."""
    found = _CHECKED.fullmatch(failure.message)
    if found is not None and failure.place is not None:
        wanted = _types(found[2] or found[3])
        yield _at(
            failure, "type", str(failure), argument=found[1], wanted=wanted, given=_type(found[4]),
            value=failure.given,
        )  # fmt: skip


def _deserialized(failure: Failure, answer: Answer) -> Iterator[Evidence]:
    """What the kernel cannot read: the innermost value is the one that is wrong."""
    lines = failure.message.splitlines()
    found = _PASSED.match(lines[0]) if lines else None
    if found is None or failure.place is None:
        return
    keys: list[str] = []
    depth, wanted, last = -1, "", 0
    for at, line in enumerate(lines):
        inner = _INNER.match(line)
        if inner is not None and len(inner[1]) > depth:
            keys.append(python_name(inner[2]) if len(keys) == 0 and inner[2] else inner[2] or inner[3])
            depth, wanted, last = len(inner[1]), inner[4], at
    failing = _FAILING.search(lines[last + 1]) if last and last + 2 < len(lines) else None
    if failing is not None:
        value = lines[last + 2].strip("│ ")
        text = f"{failure.type}: {'.'.join(keys)}: Unable to deserialize value as {wanted}; it is {value}"
        yield _at(
            failure, "type", text, construct=found[1], argument=keys[0], keys=tuple(keys[1:]),
            wanted=_types(wanted), given=_type(failing[1]), value=value,
        )  # fmt: skip


def _same_id(failure: Failure, answer: Answer) -> Iterator[Evidence]:
    found = _SAME_ID.search(failure.message)
    if found is not None and failure.place is not None:
        path = f"{found[3]}/{found[1]}" if found[3] else found[1]
        first = answer.constructs.get(path)
        yield _at(failure, "id", str(failure), construct=path, argument=found[1], given=str(first or ""))


def _attribute(failure: Failure, answer: Answer) -> Iterator[Evidence]:
    found = _ATTRIBUTE.search(failure.message) if failure.type == "AttributeError" else None
    if found is not None and failure.place is not None and failure.owner:
        yield _at(failure, "attribute", str(failure), construct=failure.owner, argument=found[2], wanted=failure.known)


def _missing(failure: Failure, answer: Answer) -> Iterator[Evidence]:
    found = _MISSING.search(_first(failure.message))
    if found is not None and failure.place is not None:
        for name in re.findall(r"'(\w+)'", found[2]):
            yield _at(failure, "missing", str(failure), construct=found[1], argument=name)


def _provider(failure: Failure, answer: Answer) -> Iterator[Evidence]:
    for stack, providers in _NO_PROVIDER.findall(failure.message):
        place = answer.constructs.get(stack)
        for provider in providers.split(", "):
            if place is not None:
                text = f"stack `{stack}` has resources of `{provider}`, and no provider construct"
                yield _at(place, "provider", text, construct=stack, argument=provider.strip())


_READERS: tuple[Callable[[Failure, Answer], Iterator[Evidence]], ...] = (
    _checked, _deserialized, _same_id, _attribute, _missing, _provider,
)  # fmt: skip


def _complaint(each: Complaint, answer: Answer) -> Iterator[Evidence]:
    if (undeclared := _UNDECLARED.search(each.message)) and (place := answer.constructs.get(each.stack)):
        yield _at(place, "undeclared", each.message, construct=each.stack, argument=undeclared[1], given=undeclared[2])
    if each.place is None:
        return
    about = each.construct or ""
    if allowed := _ALLOWED.search(each.message):
        wanted = tuple(re.findall(r'"([^"]*)"', allowed[2]) or allowed[2].split())
        yield _at(
            each.place, "allowed", each.message, construct=about, argument=allowed[1], wanted=wanted,
            given=allowed[3].strip('"'),
        )  # fmt: skip
    elif _WHOLE.search(each.message):
        argument = re.search(r'The given "(\w+)" argument', each.message)
        yield _at(each.place, "whole", each.message, construct=about, argument=argument[1] if argument else "")
    elif names := _combination(each.message):
        yield _at(each.place, "conflict", each.message, construct=about, wanted=names)


def _combination(message: str) -> tuple[str, ...]:
    """The arguments of which a complaint says that only one can be given, or has to be."""
    if pair := _CONFLICT.search(message):
        return tuple(sorted(pair.groups()))
    several = _ONE_OF.search(message) or _EXACTLY_ONE.search(message)
    return tuple(re.split(r",\s*", several[1])) if several else ()


def _at(where: Failure | Place, kind: str, text: str, **more: object) -> Evidence:
    place = where.place if isinstance(where, Failure) else where
    column = where.column if isinstance(where, Failure) else 0
    assert place is not None
    return Evidence(kind, " ".join(text.split()), place.path, place.line, column, **more)  # type: ignore[arg-type]
