from __future__ import annotations

import re

import libcst as cst

from ...knowledge.aws import PASSWORDS
from ...meaning import Arguments, Given, Origin, Source, Use, arguments, constant, trace
from ...meaning.occurrences import elsewhere, pieces, resources_with
from ...meaning.texts import Kind, kind_of
from ..rule import SHOWN, UNSAFE, Rule

_NOT_MANAGED = ("global_cluster_identifier", "replication_source_identifier", "replicate_source_db")
"""With these RDS manages no password. Source: RDS User Guide, "Password management with Amazon RDS and AWS Secrets
Manager", limitations."""
_NAMED = re.compile(r"(?i)(?<![a-z])(?:password|passwd|pwd|credentials?)(?![a-z])")


class LiteralPassword(Rule):
    """A database's password written in the code.

    It is in the repository, in the state and in the logs. ``manage_master_user_password=True`` has RDS make one and
    keep it in Secrets Manager. Source: AWS provider, ``aws_db_instance`` and ``aws_rds_cluster``.

    Unsafe: what logs in with the old password has to read the new one from the secret. Shown where the password stands
    elsewhere too, where the project hands out a database's password (a secret, a variable, an environment), and where
    RDS cannot manage it (Aurora Serverless v1, a global database, a replica).

    Before::

        from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster

        def cluster(scope):
            return RdsCluster(scope, "db", engine="aurora-mysql", master_password="Trading123!")

    After::

        from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster

        def cluster(scope):
            return RdsCluster(scope, "db", engine="aurora-mysql", manage_master_user_password=True)
    """

    code = "S101"
    name = "literal-password"
    equivalents = ("S105", "S106", "B105", "B106")
    safety = UNSAFE
    catalogue = ("S1",)
    wakes = ("password",)
    makes = frozenset()
    provider = "aws"

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        made = self.source.called(original_node)
        if made is None:
            return updated_node
        given = arguments(self.source, original_node)
        for name, managed in PASSWORDS.items():
            password = given.get(name)
            if password is None or managed not in made.arguments or name not in made.arguments:
                continue
            origins, complete = trace(password.source, password.value)
            if not complete or not origins or not all(_is_written(each) for each in origins):
                continue
            message = f"`{made.short_name}.{name}` is written in the code; let RDS keep it in Secrets Manager"
            reason = _unmanageable(given, managed) or self._hindrance(password, origins)
            others = _feeders(self.source, password) if reason is None else []
            if reason is not None or others:
                reason = reason or "the project hands it out elsewhere, which has to read it from the secret then"
                self.found(password.key, f"{message}: {reason}", source=password.source, safety=SHOWN, also=others)
            elif self.found(password.key, message, source=password.source):
                self.owner.rename(password, managed, cst.Name("True"))
        return updated_node

    def _hindrance(self, given: Given, origins: list[Origin]) -> str | None:
        text = "".join(pieces(given.source, given.value))
        used = not all(each.node is given.value or each.sole for each in origins)
        if used or elsewhere(given.source, given.value, text) or resources_with(given.source, text):
            return "it stands elsewhere too, and is needed there; read it from the secret there"
        return None


def _unmanageable(given: Arguments, managed: str) -> str | None:
    """Why RDS may not manage a password; None where it may."""
    mode = given.get("engine_mode")
    if mode is not None and constant(mode.source, mode.value) != "provisioned":
        return "RDS manages none where `engine_mode` is not `provisioned`"
    for name in _NOT_MANAGED:
        if name in given:
            return f"RDS manages none where `{name}` is given"
    return f"`{managed}` is given too" if managed in given else None


def _feeders(source: Source, given: Given) -> list[Use]:
    """What names a password in the project, apart from the argument itself: a secret, a variable, an environment."""
    return [
        (other, text)
        for other in source.holding("")
        for text in other.names.strings
        if text is not given.key and _NAMED.search(text.raw_value) and not _is_documentation(other, text)
    ]


def _is_documentation(source: Source, text: cst.SimpleString) -> bool:
    return isinstance(source.names.parents.get(id(text)), cst.Expr)


def _is_written(origin: Origin) -> bool:
    """Whether a value is a text that nobody but the code gives."""
    literal = (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString, cst.BinaryOperation)
    return (
        isinstance(origin.node, literal)
        and kind_of(origin.source, origin.node) in (Kind.PLAIN, Kind.ENCODED)
        and _is_known(origin)
    )


def _is_known(origin: Origin) -> bool:
    """Whether every part of an f-string or a sum is a constant, and none is read from the environment."""
    node = origin.node
    if isinstance(node, cst.FormattedString):
        parts = [part.expression for part in node.parts if isinstance(part, cst.FormattedStringExpression)]
    elif isinstance(node, cst.BinaryOperation):
        parts = [node.left, node.right]
    else:
        return bool(getattr(node, "evaluated_value", ""))
    for part in parts:
        found, complete = trace(origin.source, part)
        if not complete or not found:
            return False
        if not all(isinstance(each.node, (cst.SimpleString, cst.Integer)) for each in found):
            return False
    return True
