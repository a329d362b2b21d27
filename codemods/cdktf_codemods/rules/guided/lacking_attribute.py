from __future__ import annotations

from difflib import get_close_matches

import libcst as cst

from ...knowledge.evidence import Evidence
from ...schema.fields import near_names
from .base import Guided


class LackingAttribute(Guided):
    """An attribute that an object does not have, where only the run shows what the object is.

    The run says which class the object is of, and what it has. Where one of its attributes is near to the name, it is
    meant: ``arn`` for ``arm``.

    Unsafe: the name is guessed, though from all that there are. Shown, with the nearest, where several are near or
    none is.

    Before::

        from cdktf import TerraformOutput
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        def outputs(scope, held):
            held["logs"] = S3Bucket(scope, "logs")
            TerraformOutput(scope, "arn", value=held["logs"].arm)

    Error::

        main.py:6:41: AttributeError: 'S3Bucket' object has no attribute 'arm'
        owner: cdktf_cdktf_provider_aws.s3_bucket.S3Bucket
        known: acl, arn, bucket, id

    After::

        from cdktf import TerraformOutput
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        def outputs(scope, held):
            held["logs"] = S3Bucket(scope, "logs")
            TerraformOutput(scope, "arn", value=held["logs"].arn)
    """

    code = "G103"
    name = "lacking-attribute"
    kind = "attribute"
    repeats = ("A104", "A122")

    def heed(self, evidence: Evidence) -> None:
        uses = self._uses(evidence)
        if len(uses) != 1:
            return
        what = f"`{evidence.construct.rpartition('.')[2]}` has no attribute `{evidence.argument}`"
        near = self._near(evidence)
        if len(near) == 1:
            if self.finds(uses[0], f"{what}; it is `{near[0]}`", evidence):
                self.edit(uses[0].attr, cst.Name(near[0]))
            return
        names = near or get_close_matches(evidence.argument, evidence.wanted, 3, 0.5)
        hint = f"; near: {', '.join(f'`{name}`' for name in names)}" if names else ""
        self.shows(uses[0], what + hint, evidence)

    def _uses(self, evidence: Evidence) -> list[cst.Attribute]:
        """Where the attribute is read at the place that failed."""
        places = []
        for use in self.source.names.attribute_uses.get(evidence.argument, ()):
            start = self.source.spans.line_and_column(self.source.spans.start(use))
            end = self.source.spans.of(use)
            last = self.source.spans.line_and_column(end[1])[0] if end is not None else start[0]
            if start[0] <= evidence.line <= last:
                places.append((use, start))
        exact = [use for use, start in places if start == (evidence.line, evidence.column)]
        return exact if len(exact) == 1 else [use for use, _ in places]

    def _near(self, evidence: Evidence) -> list[str]:
        """The attributes that may be meant."""
        known = [name for name in evidence.wanted if not name.endswith("_input")]
        owner = self.schema.find(evidence.construct)
        slips = [name for name in known if _is_slip(evidence.argument, name)]
        if owner is not None:
            return near_names(owner, evidence.argument, [name for name in known if name in owner.attributes]) or slips
        return get_close_matches(evidence.argument, known, 3, 0.8) or slips


def _is_slip(name: str, other: str) -> bool:
    """Whether one letter is another."""
    return len(name) == len(other) and sum(a != b for a, b in zip(name, other)) == 1
