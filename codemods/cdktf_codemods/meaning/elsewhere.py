"""Which class or module of a described package a name means that is further away than its spelling.

A module of a provider holds one construct and is called by it, so the names of the modules tell all constructs, and no
record has to be opened to look for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import libcst as cst

from ..knowledge.renames import class_gone, kinds_of, module_renamed
from ..knowledge.services import provider_names, service_names
from ..schema import ApiClass, Schema
from ..schema.fields import TYPO, match_field, plain_words, singular
from ..schema.naming import snake_case, words
from .arguments import Arguments, arguments
from .base import Source

_SHORTEST = 5
"""Letters that a word has at least for one that differs in one of them to be a slip, anywhere in a package."""


def construct_of(schema: Schema, module: str) -> ApiClass | None:
    """The one construct of a module."""
    found = [each for each in (schema.module(module) or {}).values() if each.is_construct]
    return found[0] if len(found) == 1 else None


def constructs_named(schema: Schema, package: str, name: str, namespace: str = "") -> list[str]:
    """Modules of the constructs that are *name* without or with what stands in front of it elsewhere.

    That is the provider (``AzureResourceGroup``), its service by whatever name (``GcsBucket``), and the module that the
    class was looked for in (``s3.Bucket``); of several, none is likelier.
    """
    for spelled in ([namespace + name] if namespace else []) + [name]:
        for key in (_letters, _singular_letters):
            if found := _spelled_so(schema, package, spelled, key):
                return list(dict.fromkeys(found))
    return []


def _spelled_so(schema: Schema, package: str, name: str, key: Callable[[str], str]) -> list[str]:
    """The modules that are *name* by what *key* makes of a name, of the likeliest spelling that gives any."""
    by_letters = schema.by_letters(package, key)
    for tier in _spellings(schema.provider_of(package), key(name)):
        if found := [module for each in tier for module in by_letters.get(each, ())]:
            return found
    return []


def _letters(name: str) -> str:
    return name.replace("_", "").lower()


def _singular_letters(name: str) -> str:
    return "".join(map(singular, words(snake_case(name))))


def _spellings(provider: str, letters: str) -> Iterator[list[str]]:
    """What *letters* may be spelled as among the modules of a provider, the likeliest first."""
    bare = [*_without_provider(provider, letters)]
    yield [head + rest for head, rest in bare]
    # ``resource`` is appended where a name is one of JavaScript's own: ``String`` is ``StringResource``.
    yield [f"{head}{rest}resource" for head, rest in bare]
    for head, rest in bare:
        yield [
            head + begins.replace(" ", "") + rest[len(service.replace(" ", "")) :]
            for service, every in sorted(service_names(provider).items(), key=lambda row: -len(row[0]))
            for begins in every
            if rest.startswith(service.replace(" ", "")) and (begins or rest != service.replace(" ", ""))
        ]


def _without_provider(provider: str, letters: str) -> Iterator[tuple[str, str]]:
    """A name as it is, and without its provider, whose data sources have it behind their ``data``."""
    own = f"data{provider.replace('-', '')}"
    yield "", letters
    for known in provider_names(provider):
        if letters.startswith(f"data{known}"):
            yield own, letters.removeprefix(f"data{known}")
        elif letters.startswith(f"{known}data"):
            yield own, letters.removeprefix(f"{known}data")
        elif letters.startswith(known) and letters != known:
            yield "", letters.removeprefix(known)
    if letters.startswith("data"):
        yield own, letters.removeprefix("data")


def slip(schema: Schema, module: str, name: str) -> ApiClass | None:
    """The one class of *module*, or construct of its package, that *name* is but for a slip of the pen."""
    classes = schema.module(module) or {}
    near = [each for each in classes.values() if _is_one_slip(name.lower(), each.short_name.lower())]
    made = construct_of(schema, module)
    if len(near) == 1:
        return near[0]
    if made is not None and not near and _is_typo(name, made.short_name):
        return made
    if near:
        return None
    given = snake_case(name).split("_")
    every = schema.submodules(schema.package_of(module))
    found = [each for each in every if _has_slip(given, each.rpartition(".")[2].split("_"))]
    return construct_of(schema, found[0]) if len(found) == 1 else None


def _has_slip(given: list[str], known: list[str]) -> bool:
    """Whether two names differ by a slip in one word that is long: ``eks`` is no slip of ``ecs``."""
    if len(given) != len(known):
        return False
    unlike = [(first, second) for first, second in zip(given, known) if first != second]
    return len(unlike) == 1 and len(unlike[0][1]) >= _SHORTEST and _is_one_slip(*unlike[0])


def _is_one_slip(first: str, second: str) -> bool:
    """Whether two names differ by one letter, or by two that have changed places; numbers never are a slip."""
    if abs(len(first) - len(second)) > 1 or first == second:
        return False
    start = next((at for at, (a, b) in enumerate(zip(first, second)) if a != b), min(len(first), len(second)))
    first, second = first[start:], second[start:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    if any(character.isdigit() for character in first + second):
        return False
    return max(len(first), len(second)) <= 1 or (len(first) == 2 and first == second[::-1])


def _is_typo(first: str, second: str) -> bool:
    if len(words(first)) != len(words(second)) or _digits(first) != _digits(second):
        return False
    return SequenceMatcher(None, first.lower(), second.lower()).ratio() >= TYPO


def _digits(name: str) -> list[str]:
    return [character for character in name if character.isdigit()]


def constructs_by_words(schema: Schema, package: str, name: str, namespace: str = "") -> list[str]:
    """Modules of the constructs whose words are among those of *name*, or the other way round, the last the same."""
    provider = schema.provider_of(package)
    is_data = _letters(name).startswith("data")
    given = [word for word in _plain(f"{namespace}_{snake_case(name)}") if word not in provider_names(provider)]
    given = given[1:] if is_data and given[:1] == ["data"] else given
    if not given:
        return []
    ways = [set(each) for each in _by_service(provider, given)]
    found = []
    for module in schema.submodules(package):
        known = _plain(module.rpartition(".")[2])
        if (known[:1] == ["data"]) != is_data:
            continue
        known = known[2:] if is_data else known
        if known and known[-1] == given[-1]:
            if any(way <= set(known) or (len(known) > 1 and set(known) <= way) for way in ways):
                found.append(module)
    return found


def _plain(name: str) -> list[str]:
    return list(plain_words(name))


def _by_service(provider: str, given: list[str]) -> Iterator[list[str]]:
    """Words as they are, and with the service that they begin with by its other names."""
    yield given
    for service, every in service_names(provider).items():
        old = _plain(service)
        if given[: len(old)] == old:
            yield from ([*_plain(begins), *given[len(old) :]] for begins in every)


def fitting(source: Source, calls: Iterable[cst.Call], modules: Iterable[str]) -> list[ApiClass]:
    """The constructs of *modules* that take all that the calls give and need no more; none where that is too little."""
    given = [arguments(source, call) for call in calls]
    if not given or not all(each.complete and each.given for each in given):
        return []
    every = [made for each in modules if (made := construct_of(source.schema, each)) is not None]
    if not _tell_apart(every, {name for each in given for name in each.given}):
        return []
    exact = [made for made in every if all(takes(made, each) for each in given)]
    return exact or [made for made in every if all(_takes_nearly(made, each) for each in given)]


def _tell_apart(every: list[ApiClass], names: set[str]) -> bool:
    """Whether one of the arguments says something: most constructs have a name and tags."""
    return any(2 * sum(name in made.arguments for made in every) <= max(len(every), 2) for name in names)


def takes(made: ApiClass, given: Arguments, besides: Iterable[str] = ()) -> bool:
    """Whether a class has all arguments that are given, and is given all that it requires."""
    return set(given.given) <= set(made.arguments) and set(made.required) <= {*given.given, *besides}


def _takes_nearly(made: ApiClass, given: Arguments, besides: Iterable[str] = ()) -> bool:
    meant = [match_field(made, each) for each in given.given]
    names = {each.name for each in meant if each is not None}
    return len(names) == len(meant) and set(made.required) <= {*names, *besides}


@dataclass(frozen=True)
class Taker:
    """A construct that takes what a call gives, and the arguments that it needs besides."""

    made: ApiClass
    besides: dict[str, str]


def takers(source: Source, call: cst.Call, struct: ApiClass) -> list[Taker]:
    """The constructs that a struct called with a scope and an id may be: of a like name, taking all the arguments.

    Those that say in their name, or by an argument, what the struct's name says beyond its construct's come alone.
    """
    given = arguments(source, call)
    outer = construct_of(source.schema, struct.module)
    if outer is None or not given.complete or not given.given:
        return []
    parent, whole = set(_plain(outer.short_name)), _plain(struct.short_name)
    own = [word for word in whole if word not in parent]
    every = []
    for module in source.schema.submodules(source.schema.package_of(struct.module)):
        known = set(_plain(module.rpartition(".")[2])) - {"a"}
        if "data" not in known and (parent <= known or known <= set(whole) or (own and set(own) <= known)):
            made = construct_of(source.schema, module)
            every += [Taker(made, _besides(made, given, own))] if made is not None else []
    fits = [each for each in every if takes(each.made, given, each.besides)]
    fits = fits or [each for each in every if _takes_nearly(each.made, given, each.besides)]
    said = [each for each in fits if set(own) <= {*_plain(each.made.short_name), *each.besides.values()}]
    if said or _tell_apart([each.made for each in every], set(given.given)):
        return said or fits
    return [each for each in fits if len(each.made.required) > 1]


def _besides(made: ApiClass, given: Arguments, own: list[str]) -> dict[str, str]:
    """The argument by which a construct is told which kind it is of, where the struct's name is that kind."""
    name, kinds = kinds_of(made.provider, made.submodule)
    said = [word for word in own if word in kinds]
    return {name: said[0]} if len(said) == 1 and name not in given else {}


def class_elsewhere(source: Source, module: str, name: str, calls: list[cst.Call]) -> ApiClass | None:
    """The one class that *name*, as looked for in *module* and called so, means.

    :param calls: those of it; a name in lower case is no class unless it is called.
    """
    schema = source.schema
    if not name[:1].isupper() and not calls:
        return None
    if class_gone(schema.provider_of(module), name) is not None and not any(schema.locate(name)):
        return None
    here = [each for each in (schema.module(module) or {}).values() if each.short_name.lower() == _letters(name)]
    if len(here) == 1:
        return here[0]
    package, namespace = _parts(schema, module)
    if calls and not any(map(makes_construct, calls)) and (struct := _struct_called(schema, package, name)) is not None:
        return struct
    if namespace and schema.module(module) is None and (found := _exactly(schema, package, namespace + name)):
        return found
    meant = _spelled(schema, package, _letters(name)) or _renamed(schema, package, name)
    own = construct_of(schema, module)
    if own is not None and (meant is None or schema.package_of(meant.module) != package):
        # Without its service, in its own module: ``Resource`` in ``lakeformation_resource`` is none of cdktf's.
        if own.kind == "resource" and _plain(own.short_name)[-len(_plain(name)) :] == _plain(name):
            return own
    if meant is not None and schema.package_of(meant.module) != package:
        # ``DataResource`` of Kubernetes is none of cdktf's either.
        if len(named := constructs_named(schema, package, name)) == 1:
            return construct_of(schema, named[0])
    if meant is not None:
        # What is given neither scope nor id is a block, and the resource of that name only stands for it elsewhere.
        is_block = bool(calls) and all(map(_makes_block, calls))
        return None if meant.is_construct and meant.module != module and is_block else meant
    is_construct = not calls or any(map(makes_construct, calls))
    if is_construct and (made := _construct_elsewhere(source, module, name, calls)) is not None:
        return made
    near = next(filter(None, (_spelled(schema, package, each) for each in _bare(schema, package, name))), None)
    near = near or slip(schema, module, name)
    # Without an id it is a construct still, where it is looked for in its own module.
    return near if near is None or is_construct or not near.is_construct or near.module == module else None


def _struct_called(schema: Schema, package: str, name: str) -> ApiClass | None:
    """The one struct of a package that is called *name*."""
    found = [each for each in schema.locate(name) if each.startswith(f"{package}.")]
    made = schema.find(found[0]) if len(found) == 1 else None
    return made if made is not None and made.kind == "struct" else None


def makes_construct(call: cst.Call) -> bool:
    """Whether a call may give a scope and a construct id."""
    if any(arg.star for arg in call.args):
        return True
    positional = sum(1 for arg in call.args if arg.keyword is None)
    return positional > 1 or any(arg.keyword is not None and arg.keyword.value == "scope" for arg in call.args)


_OF_CONSTRUCT = ("scope", "scope_", "id_", "construct_id")


def _makes_block(call: cst.Call) -> bool:
    """Whether a call gives fields alone, by name."""
    names = [arg.keyword.value if arg.keyword is not None else "" for arg in call.args]
    return bool(names) and all(name and name not in _OF_CONSTRUCT for name in names)


def _construct_elsewhere(source: Source, module: str, name: str, calls: list[cst.Call]) -> ApiClass | None:
    schema = source.schema
    package, namespace = _parts(schema, module)
    named = constructs_named(schema, package, name, namespace)
    if len(named) == 1:
        return construct_of(schema, named[0])
    if not named and (near := slip(schema, module, name)) is not None:
        return near
    if not named and (data := _data_source(source, package, name, calls)) is not None:
        return data
    alike = named or [
        *constructs_by_words(schema, package, name, namespace),
        *constructs_by_words(schema, package, name),
    ]
    fits = fitting(source, calls, dict.fromkeys(alike))
    if len(fits) == 1:
        return fits[0]
    return _of_another(schema, package, name) if not named else None


def _data_source(source: Source, package: str, name: str, calls: list[cst.Call]) -> ApiClass | None:
    """The data source of a name that no resource has, where it takes all that the calls give: ``IamPolicyDocument``."""
    every = constructs_named(source.schema, package, f"Data{name}")
    made = construct_of(source.schema, every[0]) if len(every) == 1 else None
    given = [arguments(source, call) for call in calls if makes_construct(call)]
    if made is None or not given or not all(each.complete and _takes_nearly(made, each) for each in given):
        return None
    return made


def _parts(schema: Schema, module: str) -> tuple[str, str]:
    """The package of a module, and the name of the module in it."""
    package = schema.package_of(module)
    return package, module.rpartition(".")[2].strip("_") if module != package else ""


def _exactly(schema: Schema, package: str, name: str) -> ApiClass | None:
    """The construct that is *name* but for its service, where there is one."""
    found = _spelled_so(schema, package, name, _letters)
    return construct_of(schema, found[0]) if len(found) == 1 else None


def _spelled(schema: Schema, package: str, letters: str) -> ApiClass | None:
    """The one class of the package, or of any, that has these letters."""
    found = schema.spelled(letters)
    inside = [each for each in found if each.startswith(f"{package}.")] or found
    constructs = [each for each in inside if (described := schema.find(each)) and described.is_construct]
    home = [each for each in inside if _letters(each.split(".")[-2]) == letters]
    one = next((each[0] for each in (inside, constructs, home) if len(each) == 1), None)
    return schema.find(one) if one is not None else None


def _bare(schema: Schema, package: str, name: str) -> list[str]:
    """The letters of a name without its provider."""
    letters = _letters(name)
    return [
        letters.removeprefix(known)
        for known in provider_names(schema.provider_of(package))
        if letters.startswith(known)
    ]


def _renamed(schema: Schema, package: str, name: str) -> ApiClass | None:
    renamed = module_renamed(schema.provider_of(package), snake_case(name))
    return construct_of(schema, f"{package}.{renamed}") if renamed is not None else None


def _of_another(schema: Schema, package: str, name: str) -> ApiClass | None:
    """The construct of another provider of the project, where the name says which: ``RandomPassword``."""
    found = []
    for other in schema.snapshots:
        known = provider_names(schema.provider_of(other))
        if other != package and any(_letters(name).startswith((each, f"data{each}")) for each in known):
            found += constructs_named(schema, other, name)
    return construct_of(schema, found[0]) if len(found) == 1 else None


def module_elsewhere(schema: Schema, full: str) -> str | None:
    """The module that is meant by the full name of one that does not exist."""
    parent, _, name = full.rpartition(".")
    if not name.islower() or schema.module(parent) is None:
        return None
    renamed = module_renamed(schema.provider_of(parent), name)
    if renamed is not None and schema.module(f"{parent}.{renamed}") is not None:
        return f"{parent}.{renamed}"
    found = constructs_named(schema, parent, name)
    return found[0] if len(found) == 1 else None


def candidates(source: Source, module: str, name: str) -> list[str]:
    """What *name* may mean where no one class is meant: names of classes, to be shown."""
    schema = source.schema
    package, namespace = _parts(schema, module)
    namespace = namespace if schema.module(module) is None else ""
    modules = constructs_named(schema, package, name, namespace) or constructs_by_words(
        schema, package, name, namespace
    )
    found = [made.short_name for each in modules if (made := construct_of(schema, each)) is not None]
    return found or schema.near(module, name)
