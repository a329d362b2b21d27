"""Made-up programs in which a value that needs repair is read by somebody else too, run before and after the repair.

``python -m tests.ownership --count 5000 --seed 1`` tries so many and prints those in which the other reader observes
something else afterwards, or a construct gets what is neither the repaired value nor, with a word about it, the old one.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.abc
import importlib.machinery
import io
import random
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cdktf_codemods import Repair, Schema, Settings, repair
from cdktf_codemods.schema.versions import choose

Files = dict[str, str]
PACKAGES = ("cdktf", "constructs", "cdktf_cdktf_provider_aws")


@dataclass(frozen=True)
class Need:
    """A value that needs repair: how it is written, how ``R``, which is it, is used, and what is given then.

    ``good`` are the arguments that the construct gets when it is repaired. ``other`` uses it where it is right as it is.
    """

    value: str
    use: str
    good: dict[str, Any]
    imports: tuple[tuple[str, str], ...]
    other: str = ""
    mutable: bool = False


def _struct(name: str, **given: Any) -> tuple[str, tuple[tuple[str, Any], ...]]:
    return name, tuple(sorted(given.items()))


EIP = ("eip", "Eip")
GROUP = ("lb_target_group", "LbTargetGroup")
CHECK = ("lb_target_group", "LbTargetGroupHealthCheck")
LISTENER = ("lb_listener", "LbListener")
PARAMETER = ("ssm_parameter", "SsmParameter")
SECURITY = ("security_group", "SecurityGroup")
INGRESS = ("security_group", "SecurityGroupIngress")
ACTION = ("lb_listener_rule", "LbListenerRuleAction")
TOPIC = ("sns_topic_subscription", "SnsTopicSubscription")
BALANCER = ("lb", "Lb")
ACL = ("wafv2_web_acl", "Wafv2WebAcl")
ASSOCIATION = ("wafv2_web_acl_association", "Wafv2WebAclAssociation")

NEEDS = (
    Need('{"vpc": True}', 'Eip(self, "use", **R)', {"domain": "vpc"}, (EIP,), mutable=True),
    Need('{"vpc": True, "instance": "i-1"}', 'Eip(self, "use", **R)', {"domain": "vpc", "instance": "i-1"}, (EIP,), mutable=True),
    Need('dict(vpc=True)', 'Eip(self, "use", **R)', {"domain": "vpc"}, (EIP,), mutable=True),
    Need("True", 'Eip(self, "use", vpc=R)', {"domain": "vpc"}, (EIP,), 'S3Bucket(self, "other", force_destroy=R)'),
    Need('"80"', 'LbTargetGroup(self, "use", port=R)', {"port": 80}, (GROUP, PARAMETER), 'SsmParameter(self, "other", value=R)'),
    Need("8080", 'SsmParameter(self, "use", value=R)', {"value": "8080"}, (GROUP, PARAMETER), 'LbTargetGroup(self, "other", port=R)'),
    Need('"true"', 'Lb(self, "use", internal=R)', {"internal": True}, (BALANCER, PARAMETER), 'SsmParameter(self, "other", value=R)'),
    Need('{"ports": 80}', 'LbTargetGroup(self, "use", **R)', {"port": 80}, (GROUP,), mutable=True),
    Need('{"port": "80"}', 'LbTargetGroup(self, "use", **R)', {"port": 80}, (GROUP,), mutable=True),
    Need('[{"from_port": 1, "to_port": 2, "protocol": "tcp"}]', 'SecurityGroup(self, "use", ingress=R)',
         {"ingress": [_struct("SecurityGroupIngress", from_port=1, to_port=2, protocol="tcp")]}, (SECURITY, INGRESS), mutable=True),
    Need('{"from_port": 1, "to_port": 2, "protocol": "tcp"}', 'SecurityGroup(self, "use", ingress=[R])',
         {"ingress": [_struct("SecurityGroupIngress", from_port=1, to_port=2, protocol="tcp")]}, (SECURITY, INGRESS), mutable=True),
    Need('{"from_port": 1, "to_port": "2", "protocol": "tcp"}', 'SecurityGroup(self, "use", ingress=[SecurityGroupIngress(**R)])',
         {"ingress": [_struct("SecurityGroupIngress", from_port=1, to_port=2, protocol="tcp")]}, (SECURITY, INGRESS), mutable=True),
    Need('SecurityGroupIngress(from_port=1, to_port=2, protocol="tcp")', 'SecurityGroup(self, "use", ingress=R)',
         {"ingress": [_struct("SecurityGroupIngress", from_port=1, to_port=2, protocol="tcp")]}, (SECURITY, INGRESS)),
    Need('LbListenerRuleAction(type="forward")', 'LbListener(self, "use", default_action=[R])',
         {"default_action": [_struct("LbListenerDefaultAction", type="forward")]}, (LISTENER, ACTION)),
    Need('[LbListenerRuleAction(type="forward")]', 'LbListener(self, "use", default_action=R)',
         {"default_action": [_struct("LbListenerDefaultAction", type="forward")]}, (LISTENER, ACTION), mutable=True),
    Need('[LbTargetGroupHealthCheck(path="/")]', 'LbTargetGroup(self, "use", health_check=R)',
         {"health_check": _struct("LbTargetGroupHealthCheck", path="/")}, (GROUP, CHECK), mutable=True),
    Need('{"path": "/", "port": 80}', 'LbTargetGroup(self, "use", health_check=R)',
         {"health_check": {"path": "/", "port": "80"}}, (GROUP, CHECK), mutable=True),
    Need('"subnet-1"', 'Lb(self, "use", subnets=R)', {"subnets": ["subnet-1"]}, (BALANCER, PARAMETER), 'SsmParameter(self, "other", value=R)'),
    Need('{"port": 80}', 'SsmParameter(self, "use", tags=R)', {"tags": {"port": "80"}}, (PARAMETER,), mutable=True),
    Need('Wafv2WebAcl(self, "acl").id', 'Wafv2WebAclAssociation(self, "use", web_acl_arn=R)',
         {"web_acl_arn": "${Wafv2WebAcl.arn}"}, (ACL, ASSOCIATION, PARAMETER), 'SsmParameter(self, "other", value=R)'),
)  # fmt: skip

READERS = (
    "R['vpc'] = False\nprint(R)", "R['size'] = 81\nprint(R['size'])", "for name, each in R.items():\n    print(name, each)", "print(list(R))", "print([*R.keys()])",
    "print(R)", "assert R", "print(R == V)", "print(len(R))", 'print(f"{R}")', 'print(f"{R!r:>30}")', "print(str(R))", "print(type(R))",
    "print(json.dumps(R, default=str))", "for each in R:\n    print(each)", 'print(R.get("vpc"))', 'print(R.get("port", 1))',
    'print(R.pop("vpc", None))', 'print(R["port"])', "self.kept = R\nself.show_kept()", "REGISTRY[\"x\"] = R\nprint(REGISTRY)",
    "KEPT.append(R)\nprint(KEPT)", "show(R)", "list(map(show, [R]))", "later = lambda: R\nprint(later())", "hook = show\nhook(R)",
    "def inner():\n    print(R)\ninner()", 'R["extra"] = 1\nprint(R)', "R.update(more=1)\nprint(R)", "R.append(R[0])\nprint(R)", "show_all(**R)",
    "print(Kept(R))", "print(Kept(value=R).value)", "print(isinstance(R, dict))", "print('vpc' in R)", "print(sorted(R))", "print(dict(R))",
    'print({**R, "a": 1})', "print([*R])", "first, *rest = R\nprint(first, rest)", "match R:\n    case {'vpc': found}:\n        print(found)\n    case other:\n        print(other)",
    "print(copy.deepcopy(R))", "if (n := R):\n    print(n)", "def late(given=R):\n    print(given)\nlate()", 'print("%s" % (R,))', 'print("{}".format(R))',
    "print(R is None)", "print(R or 1)", "print(not R)", "print([each for each in [R]])", "print({1: R}[1])", "alias = R\nprint(alias)", "print(max([R, R], key=str))",
    "def gen():\n    yield R\nprint(list(gen()))", "print(*[R])", "print(getattr(R, 'type', None))", "print(R.items())", "print(list(R.values()))", "print(hash(str(R)))",
    "copied = dict(R)\ncopied['a'] = 1\nprint(copied)", "print(R[0])", "del R['vpc']", "print(sum(1 for _ in R))", "a = b = R\nprint(a, b)", "print((R, 1))", "OTHER",
    "USE", "with contextlib.nullcontext(R) as held:\n    print(held)", "try:\n    print(R + R)\nexcept TypeError:\n    print('no')", "print(R if R else None)",
    "print(next(iter([R])))", "x = [R]\nx += [R]\nprint(x)", "global_reader()", "print(show.__name__, R)", "print(tuple(R))", "print(vars(self).get('value'))",
    "print(reader(R))", "self.later(R)", "print(Shape.of(R))", "R.port = 81\nprint(R)", "print(list(zip(R, [1])))", "print(list(enumerate([R])))",
    "print(functools.reduce(lambda a, b: b, [R]))", "raise_if(R)", "print(any(R == each for each in [V]))", 'print({"nested": {"value": R}})',
)  # fmt: skip

HELPERS = """
REGISTRY = {}
KEPT = []


def show(value):
    print(value)


def show_all(**given):
    print(given)


def reader(value):
    return [value]


def raise_if(value):
    if value == 1:
        raise ValueError


@dataclasses.dataclass
class Kept:
    value: object


class Shape:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"Shape({self.value})"

    @classmethod
    def of(cls, value):
        return cls(value)
"""

HEAD = "import contextlib\nimport copy\nimport dataclasses\nimport functools\nimport json\n\nfrom cdktf import App, TerraformStack\n"

STACK = """

class MyStack(TerraformStack):
{class_body}
    def __init__(self, scope, name):
        super().__init__(scope, name)
{body}

    def show_kept(self):
        print(self.kept)

    def later(self, value):
        self.held = value
        print(self.held)
{methods}

app = App()
MyStack(app, "stack")
app.synth()
{end}"""


def _indented(code: str, depth: int = 2) -> str:
    return "\n".join("    " * depth + line for line in code.split("\n"))


def _main(
    need: Need,
    module: str = "",
    class_body: str = "",
    body: str = "pass",
    methods: str = "",
    end: str = "",
    imports: str = "",
) -> str:
    used = "".join(f"from cdktf_cdktf_provider_aws.{where} import {name}\n" for where, name in need.imports)
    bucket = "from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket\n" if "S3Bucket" in need.other else ""
    outside = "\n\ndef global_reader():\n    pass\n" if "def global_reader" not in module else ""
    return HEAD + bucket + used + imports + HELPERS + outside + module + STACK.format(
        class_body=_indented(class_body or "pass", 1), body=_indented(body), methods=methods, end=end
    )  # fmt: skip


def _settings(need: Need, code: str) -> str:
    return "".join(f"from cdktf_cdktf_provider_aws.{where} import {name}\n" for where, name in need.imports) + code


def places(need: Need, first: str, second: str) -> dict[str, Files]:
    """The program, by where the value is written; ``R`` in the statements is what reads it there."""

    def at(reference: str) -> str:
        return "\n".join(_filled(each, reference, need) for each in (first, second))

    value = need.value
    found: dict[str, Files] = {
        "local": {"main.py": _main(need, body=f"value = {value}\n" + at("value"))},
        "module": {"main.py": _main(need, module=f"\nVALUE = {value}\n\n\ndef global_reader():\n    print(VALUE)\n", body=at("VALUE"))},
        "other file": {"settings.py": _settings(need, f"VALUE = {value}\n"), "main.py": _main(need, imports="from settings import VALUE\n", body=at("VALUE"))},
        "other module": {"settings.py": _settings(need, f"VALUE = {value}\n"), "main.py": _main(need, imports="import settings\n", body=at("settings.VALUE"))},
        "star": {"settings.py": _settings(need, f"VALUE = {value}\n"), "main.py": _main(need, imports="from settings import *\n", body=at("VALUE"))},
        "third file": {
            "settings.py": _settings(need, f"VALUE = {value}\n"),
            "watch.py": "import settings\n\n\ndef watch():\n    print(settings.VALUE)\n",
            "main.py": _main(need, imports="from settings import VALUE\nimport watch\n", body=at("VALUE"), end="watch.watch()\n"),
        },
        "read from outside": {
            "main.py": _main(need, imports="import late\n", module=f"\nVALUE = {value}\n", body=at("VALUE"), end="late.show()\n"),
            "late.py": "def show():\n    import main\n    print(main.VALUE)\n",
        },
        "self": {"main.py": _main(need, body=f"self.value = {value}\n" + at("self.value"))},
        "read through the object": {"main.py": _main(need, body=f"self.value = {value}\n" + at("self.value"), end='print(MyStack(app, "second").value)\n')},
        "read by getattr": {"main.py": _main(need, body=f"self.value = {value}\n" + at("self.value"), end='print(getattr(MyStack(app, "second"), "value"))\n')},
        "class variable": {"main.py": _main(need, class_body=f"value = {value}", body=at("self.value"))},
        "class variable by class": {"main.py": _main(need, class_body=f"value = {value}", body=at("MyStack.value"), end="print(MyStack.value)\n")},
        "returned": {"main.py": _main(need, module=f"\n\ndef make(self=None):\n    return {value}\n", body=at("make(self)"))},
        "returned by method": {"main.py": _main(need, methods=f"\n    def make(self):\n        return {value}\n", body=at("self.make()"))},
        "property": {"main.py": _main(need, methods=f"\n    @property\n    def value(self):\n        return {value}\n", body=at("self.value"))},
        "parameter": {"main.py": _main(need, methods=f"\n    def build(self, value):\n{_indented(at('value'))}\n", body=f"self.build({value})")},
        "parameter of two": {"main.py": _main(need, methods=f"\n    def build(self, value):\n{_indented(at('value'))}\n", body=f"self.build({value})\nself.build({value})")},
        "default": {"main.py": _main(need, methods=f"\n    def build(self, value={value.replace('self', 'None')}):\n{_indented(at('value'))}\n", body="self.build()")},
        "keyword": {"main.py": _main(need, methods=f"\n    def build(self, *, value):\n{_indented(at('value'))}\n", body=f"self.build(value={value})")},
        "rest": {"main.py": _main(need, methods=f"\n    def build(self, **given):\n{_indented(at(chr(103) + 'iven[' + chr(34) + 'value' + chr(34) + ']'))}\n", body=f"self.build(value={value})")},
        "rest read whole": {"main.py": _main(need, methods=f"\n    def build(self, **given):\n        print(given)\n{_indented(at('given[' + chr(34) + 'value' + chr(34) + ']'))}\n", body=f"self.build(value={value})")},
        "dataclass": {"main.py": _main(need, module="\n\n@dataclasses.dataclass\nclass Config:\n    value: object\n", body=f"config = Config({value})\n" + at("config.value"))},
        "dataclass printed": {"main.py": _main(need, module="\n\n@dataclasses.dataclass\nclass Config:\n    value: object\n", body=f"config = Config(value={value})\nprint(config)\n" + at("config.value"))},
        "dataclass default": {"main.py": _main(need, module=f"\n\n@dataclasses.dataclass\nclass Config:\n    value: object = dataclasses.field(default_factory=lambda: {value.replace('self', 'None')})\n", body="config = Config()\n" + at("config.value"))},
        "dataclass plain default": {"main.py": _main(need, module=f"\n\n@dataclasses.dataclass\nclass Config:\n    value: object = {value.replace('self', 'None')}\n", body="config = Config()\nprint(config)\n" + at("config.value"))},
        "own class": {"main.py": _main(need, module="\n\nclass Config:\n    def __init__(self, value):\n        self.value = value\n        print(value)\n", body=f"config = Config({value})\n" + at("config.value"))},
        "key": {"main.py": _main(need, body=f'config = {{"value": {value}}}\n' + at('config["value"]'))},
        "key of a printed dict": {"main.py": _main(need, body=f'config = {{"value": {value}}}\nprint(config)\n' + at('config["value"]'))},
        "nested key": {"main.py": _main(need, module=f'\nCONFIG = {{"a": {{"value": {value.replace("self", "None")}}}}}\n', body=at('CONFIG["a"]["value"]'), end='print(CONFIG["a"])\n')},
        "get": {"main.py": _main(need, body=f'config = {{"value": {value}}}\n' + at('config.get("value")'))},
        "item": {"main.py": _main(need, body=f"values = [{value}]\n" + at("values[0]"))},
        "loop": {"main.py": _main(need, body=f"for value in [{value}]:\n" + _indented(at("value"), 1))},
        "loop over items": {"main.py": _main(need, body=f'table = {{"a": {value}}}\nfor name, value in table.items():\n' + _indented(at("value"), 1) + "\nprint(table)")},
        "loop over values": {"main.py": _main(need, body=f'table = {{"a": {value}}}\nfor value in table.values():\n' + _indented(at("value"), 1))},
        "closure": {"main.py": _main(need, body=f"value = {value}\ndef build():\n" + _indented(at("value"), 1) + "\nbuild()")},
        "either": {"main.py": _main(need, body=f"value = {value} if name else None\n" + at("value"))},
        "unpacked": {"main.py": _main(need, body=f"value, other = {value}, 1\n" + at("value"))},
        "alias": {"main.py": _main(need, body=f"raw = {value}\nvalue = raw\n" + at("value") + "\nprint(raw)")},
        "alias of use": {"main.py": _main(need, body=f"raw = value = {value}\n" + at("value") + "\nprint(raw)")},
        "walrus": {"main.py": _main(need, body=f"if (value := {value}):\n" + _indented(at("value"), 1))},
        "global": {"main.py": _main(need, module="\nVALUE = None\n\n\ndef global_reader():\n    print(VALUE)\n", body=f"global VALUE\nVALUE = {value}\n" + at("VALUE"))},
        "mapped": {"main.py": _main(need, body=f"[value] = [each for each in [{value}]]\n" + at("value"))},
        "set by another": {"main.py": _main(need, body=f"self.holder = Shape({value})\n" + at("self.holder.value") + "\nprint(self.holder)")},
        "inherited": {"main.py": _main(need, module=f"\n\nclass Base:\n    value = {value.replace('self', 'None')}\n\n    def tell(self):\n        print(self.value)\n", body="base = Base()\nbase.tell()\n" + at("base.value"))},
        "subclass reads": {"main.py": _main(need, body=f"self.value = {value}\n" + at("self.value"), end='\n\nclass More(MyStack):\n    def __init__(self, scope, name):\n        super().__init__(scope, name)\n        print(self.value)\n\n\nMore(app, "more")\n')},
        "decorated": {"main.py": _main(need, module=f"\n\ndef telling(function):\n    def inner(*given):\n        result = function(*given)\n        print(result)\n        return result\n    return inner\n\n\n@telling\ndef make(self=None):\n    return {value}\n", body=at("make(self)"))},
        "generator": {"main.py": _main(need, methods=f"\n    def make(self):\n        yield {value}\n", body="for value in self.make():\n" + _indented(at("value"), 1))},
        "lambda": {"main.py": _main(need, body=f"make = lambda: {value}\n" + at("make()") + "\nprint(make())")},
        "assigned twice": {"main.py": _main(need, body=f"value = None\nprint(value)\nvalue = {value}\n" + at("value"))},
        "nonlocal": {"main.py": _main(need, body=f"value = None\ndef fill():\n    nonlocal value\n    value = {value}\nfill()\n" + at("value"))},
        "setattr": {"main.py": _main(need, body=f"setattr(self, 'value', {value})\n" + at("self.value"))},
        "super parameter": {"main.py": _main(need, module="\n\nclass Parent:\n    def __init__(self, value):\n        self.value = value\n        print(self.value)\n\n\nclass Child(Parent):\n    def __init__(self, value):\n        super().__init__(value)\n", body=f"config = Child({value})\n" + at("config.value"))},
        "argument of two functions": {"main.py": _main(need, methods=f"\n    def build(self, value):\n        self.really(value)\n\n    def really(self, value):\n{_indented(at('value'))}\n", body=f"value = {value}\nself.build(value)\nprint(value)")},
    }  # fmt: skip
    return found


def _filled(statement: str, reference: str, need: Need) -> str:
    if statement == "OTHER":
        statement = need.other or "print(R)"
    if statement == "USE":
        statement = need.use.replace('"use"', '"again"')
    # Not inside of a longer word.
    parts = []
    for at, character in enumerate(statement):
        around = (statement[at - 1 : at] + statement[at + 1 : at + 2]).replace("_", "a")
        alone = character in "RV" and not any(each.isalnum() for each in around)
        parts.append({"R": reference, "V": need.value}[character] if alone else character)
    return "".join(parts)


# Running


class _Thing:
    """What stands for a class of a package: keeps what it is given and never fails."""

    log: list[tuple[str, str, dict[str, Any]]]

    def __init__(self, *given: Any, **named: Any) -> None:
        self.__dict__["_named"] = named
        if len(given) > 1 and isinstance(given[1], str):
            self.log.append((type(self).__name__, given[1], {key: _plain(value) for key, value in named.items()}))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        named = self.__dict__.get("_named", {})
        return named[name] if name in named else f"${{{type(self).__name__}.{name}}}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in self.__dict__.get('_named', {}).items())})"

    def __eq__(self, other: object) -> bool:
        return repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def synth(self) -> None:
        pass


def _plain(value: Any) -> Any:
    if isinstance(value, _Thing):
        return type(value).__name__, tuple(
            sorted((key, _plain(each)) for key, each in value.__dict__["_named"].items())
        )
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return {key: _plain(each) for key, each in value.items()} if isinstance(value, dict) else value


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, files: Files) -> None:
        self.files = files
        self.thing = type("_Thing", (_Thing,), {"log": []})

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if f"{name}.py" in self.files or name.partition(".")[0] in PACKAGES:
            return importlib.machinery.ModuleSpec(name, self, is_package="." not in name)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return types.ModuleType(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        if (code := self.files.get(f"{module.__name__}.py")) is not None:
            exec(compile(code, f"{module.__name__}.py", "exec"), module.__dict__)
            return
        made: dict[str, type] = {}

        def get(name: str) -> type:
            if name.startswith("__"):
                raise AttributeError(name)
            return made.setdefault(name, type(name, (self.thing,), {}))

        module.__getattr__ = get  # type: ignore[method-assign]


@dataclass(frozen=True)
class Ran:
    """What a program printed, what its constructs were given, and how it failed."""

    printed: str
    given: list[tuple[str, str, dict[str, Any]]]
    error: str


def ran(files: Files) -> Ran:
    finder = _Finder(files)
    names = {path.removesuffix(".py") for path in files}

    def forget() -> dict[str, types.ModuleType]:
        mine = [name for name in sys.modules if name in names or name.partition(".")[0] in PACKAGES]
        return {name: sys.modules.pop(name) for name in mine}

    kept = forget()
    sys.meta_path.insert(0, finder)
    output, error = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(output):
            __import__("main")
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}"
    finally:
        sys.meta_path.remove(finder)
        forget()
        sys.modules.update(kept)
    return Ran(output.getvalue(), finder.thing.log, error)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Program:
    """One program, with what it is made of."""

    need: Need
    place: str
    reader: str
    files: Files


def programs(seed: int) -> Iterator[Program]:
    """Programs without end."""
    chance = random.Random(seed)
    while True:
        need, reader = chance.choice(NEEDS), chance.choice(READERS)
        both = [need.use, reader]
        if chance.random() < 0.4:
            both.reverse()
        every = places(need, *both)
        place = chance.choice(sorted(every))
        yield Program(need, place, reader, every[place])


def faults(program: Program, schema: Schema, unsafe: bool = False) -> list[str] | None:
    """What the repair does wrong; None if the program does not run as it is."""
    before = ran(program.files)
    if before.error:
        return None
    result = repair(program.files, schema, Settings(unsafe=unsafe))
    after = ran({**program.files, **{file.path: file.after for file in result.files}})
    if after.error:
        return [f"fails: {after.error}"]
    found = []
    if after.printed != before.printed:
        found.append(f"reader: {_difference(before.printed, after.printed)}")
    if [each[:2] for each in before.given] != [each[:2] for each in after.given]:
        found.append("calls: constructs are made otherwise")
    for (name, id_, old), (_, _, new) in zip(before.given, after.given):
        if id_ in ("other", "acl") and old != new:
            found.append(f"other: {name} was given {old}, is given {new}")
        told = [each for each in result.findings if each.code[0] in "AV"]
        if id_ in ("use", "again") and new == old != program.need.good and told and all(each.fixed for each in told):
            found.append(f"said: {id_} is said to be repaired, but is not: {[each.message for each in told]}")
        if id_ in ("use", "again") and new not in (old, program.need.good):
            if not any(word in program.reader for word in CHANGES):
                found.append(f"use: was given {old}, is given {new}")
    return found


CHANGES = ("] =", "extra", "more", "append", "pop", "del ", ".port =")
"""How readers change a value, so that what is given is not what it would be without them."""


def _difference(old: str, new: str) -> str:
    pairs = [(a, b) for a, b in zip(old.split("\n"), new.split("\n")) if a != b]
    return f"{pairs[0][0]!r} became {pairs[0][1]!r}" if pairs else f"{old!r} became {new!r}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print the programs as well")
    given = parser.parse_args()
    schema = Schema(choose([])[0])
    good = bad = 0
    for program in programs(given.seed):
        found = faults(program, schema)
        if found is None:
            continue
        good += not found
        bad += bool(found)
        if found:
            print(f"{program.need.value} | {program.place} | {program.reader!r}: {found}")
            if given.show:
                _show(program, repair(program.files, schema))
        if good + bad >= given.count:
            break
    print(f"{good + bad} programs, {bad} with faults")
    sys.exit(bool(bad))


def _show(program: Program, result: Repair) -> None:
    for path, text in program.files.items():
        after = next((file.after for file in result.files if file.path == path), None)
        print(
            f"# {path}\n{text.replace(HELPERS, '')}\n# {path}, repaired\n{(after or 'the same').replace(HELPERS, '')}"
        )


if __name__ == "__main__":
    main()
