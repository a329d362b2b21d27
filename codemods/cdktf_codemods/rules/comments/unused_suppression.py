from __future__ import annotations

from ..rule import SHOWN, Rule


class UnusedSuppression(Rule):
    """A comment ``# cdktf-fix: ignore[…]`` that silences nothing, or one of whose codes does not.

    It was left behind when the code that it was about went, or stands on the wrong line: on that of the finding, on the
    first or last of its statement, or alone on the line above. Nothing is said of rules that do not run, that would
    have to know a provider whose version is not known here, or that a value leads here from a file that is left alone.

    Shown: it may be removed.

    Reported::

        from cdktf_cdktf_provider_aws.eip import Eip

        def address(scope):
            return Eip(scope, "address", domain="vpc")  # cdktf-fix: ignore[A101]
    """

    code = "X101"
    name = "unused-suppression"
    safety = SHOWN
    wakes = ("cdktf-fix",)
