"""Python names of jsii members, by the rules of jsii-pacmak (its ``toSnakeCase`` and ``toPythonIdentifier``).

The test ``tests/schema/test_generated_python.py`` compares every name with the generated package.
"""

import keyword
import re
from functools import cache

_ABBREVIATION = re.compile(r"(^|[^A-Z])(KiB|MiB|GiB)($|[^a-z])")
_LOWER_UPPER = re.compile(r"([a-z\d])([A-Z])")
_UPPERS_LOWER = re.compile(r"([A-Z])([A-Z][a-z]+)")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


def snake_case(name: str) -> str:
    """``ipv6CidrBlocks`` → ``ipv6_cidr_blocks``, ``usageGiB`` → ``usage_gib``."""
    name = _ABBREVIATION.sub(lambda m: m[1] + m[2].capitalize() + m[3], name)
    if len(name) < 2:
        return name.lower()
    return _UPPERS_LOWER.sub(r"\1_\2", _LOWER_UPPER.sub(r"\1_\2", name)).lower()


def python_name(name: str) -> str:
    """The Python identifier of a jsii property, parameter, method or submodule: ``lambda`` → ``lambda_``."""
    name = snake_case(name)
    return name + "_" if keyword.iskeyword(name) else name


@cache
def camel_case(name: str) -> str:
    """The jsii name of a Python one, as jsii writes it on the wire: ``from_port`` → ``fromPort``."""
    head, *rest = name.rstrip("_").split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def words(name: str) -> list[str]:
    """The lower-case words of a name of any style: ``S3BucketACL`` and ``s3_bucket_acl`` give ``s 3 bucket acl``."""
    return [word.lower() for word in _WORD.findall(name)]
