"""Terraform's own language, as far as texts in Python hold it."""

from __future__ import annotations

import re

_ROOTS = (
    r"(?:var|local|module|each|count|self|terraform)\.\w|path\.(?:module|root|cwd)\b"
    r"|(?:data|ephemeral)\.[a-z0-9]+_\w+\."
)
_PROVIDERS = (
    "archive aws awscc azurerm cloudinit external google helm http kubernetes local null random template time tls"
).replace(" ", "|")
_ANY_RESOURCE = r"[a-z][a-z0-9]*_[a-z0-9_]+\.\w[\w-]*[.\[]"
"""``github_repository.site.name``: of a provider not listed, at least an attribute of it."""
_REFERENCE = re.compile(rf"(?<![\w.])(?:{_ROOTS}|(?:{_PROVIDERS})_\w+\.\w|{_ANY_RESOURCE})")
_FUNCTIONS = frozenset(
    (
        "abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename bcrypt "
        "can ceil chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat "
        "contains csvdecode dirname distinct element endswith file filebase64 filebase64sha256 filebase64sha512 "
        "fileexists filemd5 fileset filesha1 filesha256 filesha512 flatten floor format formatdate formatlist "
        "indent index join jsondecode jsonencode keys length log lookup lower matchkeys max md5 merge min "
        "nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace reverse rsadecrypt "
        "sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort split "
        "startswith strcontains strrev substr sum templatefile templatestring textdecodebase64 textencodebase64 "
        "timeadd timecmp timestamp title tobool tolist tomap tonumber toset tostring transpose trim trimprefix "
        "trimspace trimsuffix try type upper urlencode uuid uuidv5 values yamldecode yamlencode zipmap"
    ).split()
)
"""Terraform 1.11's built-in functions. Source: developer.hashicorp.com/terraform/language/functions."""
_CALL = re.compile(r"^\s*(\w+)\(")
_LITERAL = re.compile(
    r'^\s*~?\s*(?:\\?["(\[!]|<<-?\w|-\s*\d|\d+(?:\.\d+)?\s+[-+*/%<>=!?&|]'
    r"|(?:true|false|null)\s*(?:$|[=!?&|~])"
    r"|\{\s*(?:\}|for\s|\\?[\"']?\w[\w-]*\\?[\"']?\s*[=:])|(?:provider|core)::)"
)
"""A text, a bracket, a number that is reckoned with, an object, a function of a provider's. A shell's parameter is
none of them: ``${1}``, ``${1:-x}``."""
_LOOPED = re.compile(r"%\{~?\s*for\s+(\w+)(?:\s*,\s*(\w+))?\s+in\b")
_DIRECTIVE = re.compile(r"^~?\s*(?:if|else|endif|for|endfor)\b")
_SEQUENCE = {
    False: re.compile(r"(?<!\$)(\$)(\{)([^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*)\}|(?<!%)(%)(\{)([^{}\n]*)\}"),
    True: re.compile(r"(?<!\$)(\$)(\{\{)([^{}\n]*(?:\{\{[^{}\n]*\}\}[^{}\n]*)*)\}\}|(?<!%)(%)(\{\{)([^{}\n]*)\}\}"),
}
"""``${…}`` and ``%{…}``, by whether a brace is written twice."""


def is_expression(text: str, looped: frozenset[str] = frozenset()) -> bool:
    """Whether Terraform can mean something by the text between ``${`` and ``}``.

    :param looped: the names that a ``%{ for … }`` around it gives its elements.
    """
    if looped and not looped.isdisjoint(re.findall(r"(?<![\w.])[A-Za-z_]\w*", text)):
        return True
    called = _CALL.match(text)
    if called is not None and called[1] not in _FUNCTIONS:
        return False
    return bool(called or _LITERAL.match(text) or _REFERENCE.search(text)) or "TfToken" in text


def escaped(code: str, doubled: bool, signs: str = "$%") -> str:
    """The code of a string literal with ``$`` and ``%`` doubled in front of braces that are not Terraform's.

    :param doubled: a brace of the text is two in the code, as in an f-string.
    :param signs: which of the two are doubled.
    """

    looped = frozenset(name for found in _LOOPED.finditer(code) for name in found.groups() if name)

    def escape(found: re.Match[str]) -> str:
        sign = found[1] or found[4]
        inside = found[3] if found[1] else found[6]
        own = is_expression(inside, looped) if sign == "$" else _DIRECTIVE.match(inside) is not None
        return found[0] if own or sign not in signs else sign + found[0]

    return _SEQUENCE[doubled].sub(escape, code)


def has_expression(code: str, doubled: bool = False) -> bool:
    """Whether the code of a text holds ``${…}`` by which Terraform means something."""
    return any(found[1] and is_expression(found[3]) for found in _SEQUENCE[doubled].finditer(code))
