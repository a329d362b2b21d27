from __future__ import annotations

import libcst as cst

from ...knowledge.aws import PASSWORDS
from ...meaning import Given, Origin, arguments, trace
from ...meaning.texts import Kind, kind_of
from ..rule import SHOWN, UNSAFE, Rule


class LiteralPassword(Rule):
    """A database's password written in the code.

    It is in the repository, in the state and in the logs. ``manage_master_user_password=True`` has RDS make one and
    keep it in Secrets Manager. Source: AWS provider, ``aws_db_instance`` and ``aws_rds_cluster``.

    Unsafe: what logs in with the old password has to read the new one from the secret. Shown where the password has
    other uses, and where RDS cannot manage it (Aurora Serverless v1, a global cluster's secondary).

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
    safety = UNSAFE
    catalogue = ("S1",)
    wakes = ("password",)
    makes = frozenset()

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
            reason = self._hindrance(password, origins)
            if "global_cluster_identifier" in given or "engine_mode" in given:
                reason = "RDS may not manage it for this kind of cluster"
            if reason is not None:
                self.found(password.key, f"{message}: {reason}", source=password.source, safety=SHOWN)
            elif self.found(password.key, message, source=password.source):
                self.owner.rename(password, managed, cst.Name("True"))
        return updated_node

    def _hindrance(self, given: Given, origins: list[Origin]) -> str | None:
        if not all(each.node is given.value or each.sole for each in origins):
            return "it has other uses, which need it too; read it from the secret there"
        return None


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
