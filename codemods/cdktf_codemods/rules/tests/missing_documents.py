from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ..rule import DESCRIBED, SHOWN, Rule

_SLOW = {
    "rds_global_cluster": "an Aurora global database takes 20 to 30 minutes",
    "cloudfront_distribution": "a CloudFront distribution takes 5 to 15 minutes",
    "eks_cluster": "an EKS cluster takes 10 to 15 minutes",
    "msk_cluster": "an MSK cluster takes 15 to 30 minutes",
    "opensearch_domain": "an OpenSearch domain takes 15 to 30 minutes",
    "redshift_cluster": "a Redshift cluster takes 5 to 10 minutes",
}
"""Resources that are long in the making. Source: "Timeouts" of each in the AWS provider's documentation, and AWS's
user guides."""


class MissingDocuments(Rule):
    """A project whose documents leave out what its users will ask for.

    A README without troubleshooting, no ``lib/IDEAL_RESPONSE.md``, deployments that take long and do not say so. Said
    once a project, and only when selected: whether a project needs these documents is its own affair. Shown: a person
    writes them.

    Reported::

        # cdktf.json
        {"language": "python", "app": "python main.py"}

        # main.py
        from cdktf import App

        App().synth()
    """

    code = "K104"
    name = "missing-documents"
    safety = SHOWN
    catalogue = ("K4",)
    wakes = (DESCRIBED,)
    once = True
    default = False

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        if lacks := "; ".join(self._lacks()):
            self.found(original_node, lacks)
        return updated_node

    def _lacks(self) -> Iterator[str]:
        resources = self.source.project.resources
        if resources is None:
            return
        names = {path for path in resources if "/" not in path and path.lower().startswith("readme")}
        readme = "\n".join(resources[path].decode("utf-8", "replace").lower() for path in sorted(names))
        if not names:
            yield "there is no README"
        elif "troubleshoot" not in readme and "common errors" not in readme:
            yield "the README has no section on troubleshooting"
        if not any(path in resources for path in ("lib/IDEAL_RESPONSE.md", "IDEAL_RESPONSE.md")):
            yield "there is no lib/IDEAL_RESPONSE.md"
        if "minute" not in readme:
            yield from sorted(self._slow())

    def _slow(self) -> set[str]:
        found = set()
        for source in {each for mark in self.schema.marks for each in self.source.holding(mark)}:
            for call in source.names.calls:
                made = source.called(call)
                if made is not None and made.kind == "resource" and made.submodule in _SLOW:
                    found.add(f"{_SLOW[made.submodule]}, which the README does not say")
        return found
