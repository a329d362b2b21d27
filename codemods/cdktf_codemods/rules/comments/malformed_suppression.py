from __future__ import annotations

from ..rule import SHOWN, Rule


class MalformedSuppression(Rule):
    """A comment ``# cdktf-fix: …`` that cannot be read, and so silences nothing.

    A comment is ``ignore`` or ``ignore[CODES]``; above all code, in a line of its own, it is for the whole file, and
    may be called ``ignore-file``. CODES are codes, their beginnings or names of rules, with commas between; a reason
    may follow behind ``--``.

    Shown: what was meant, only its author knows.

    Reported::

        from cdktf_cdktf_provider_aws.eip import Eip

        def address(scope):
            return Eip(scope, "address", domain="vpc")  # cdktf-fix: ignore[eip-vcp] -- it has to be
    """

    code = "X102"
    name = "malformed-suppression"
    safety = SHOWN
    wakes = ("cdktf-fix",)
