from __future__ import annotations

from ...knowledge.evidence import Evidence
from ...meaning import arguments
from .base import SHOWN, Guided


class RefusedCombination(Guided):
    """Arguments of which Terraform's provider takes only one, or wants one.

    Shown at the second that is given, with the first; where none is given, at the call, with those that there are.
    Which one is meant is not in the code.

    Reported::

        from cdktf_cdktf_provider_aws.db_instance import DbInstance

        def orders(scope, password):
            DbInstance(
                scope,
                "orders",
                instance_class="db.t3.micro",
                password=password,
                manage_master_user_password=True,
            )

    Error::

        main.py:4: terraform: "manage_master_user_password": conflicts with password
    """

    code = "G109"
    name = "refused-combination"
    safety = SHOWN
    kind = "conflict"

    def heed(self, evidence: Evidence) -> None:
        found = self.made_at(evidence)
        if found is None:
            return
        call, made = found
        by_name = arguments(self.source, call)
        given = [each for name in evidence.wanted if (each := by_name.get(name)) is not None]
        if len(given) > 1:
            first, second = sorted(given, key=lambda each: each.source.spans.start(each.key))[:2]
            what = f"`{second.name}` cannot be given together with `{first.name}`; keep the one that is meant"
            also = [(first.source, first.key)]
            self.found(second.key, f"{what}; when it was run: {evidence.text}", source=second.source, also=also)
        elif not given:
            names = ", ".join(f"`{name}`" for name in evidence.wanted)
            self.shows(call, f"a `{made.short_name}` needs one of {names}", evidence)
