from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ...editing.conform.base import wanting
from ...editing.conversions import conversion, name_of_type, of_each, read
from ...editing.literals import dict_of
from ...knowledge.evidence import Evidence
from ...meaning import Given, arguments, string_value
from ...schema.naming import python_name
from .base import SAFE, Guided


class RefusedType(Guided):
    """A value whose type only the run shows, and which its argument does not take.

    What ``json.loads``, a YAML file or the environment gives has a type that nobody can read in the code. The run says
    what came and what was wanted: a number where a string is wanted becomes ``str(…)`` at the use, a text of digits
    ``int(…)``, one value where a list is wanted a list of it. Of a list or dict, the element that is wrong.

    Safe: the value was refused, and its conversion is exact. Shown where it has none.

    Before::

        import json

        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        settings = json.loads('{"account": 123456789012}')

        def archive(scope):
            S3Bucket(scope, "archive", bucket=settings["account"])

    Error::

        main.py:8:5: TypeError: type of argument bucket must be one of (str, NoneType); got int instead

    After::

        import json

        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket

        settings = json.loads('{"account": 123456789012}')

        def archive(scope):
            S3Bucket(scope, "archive", bucket=str(settings["account"]))
    """

    code = "G101"
    name = "refused-type"
    safety = SAFE
    kind = "type"

    def heed(self, evidence: Evidence) -> None:
        where = list(self._values(evidence))
        if len(where) != 1:
            return
        given, value = where[0]
        wanted = " or ".join(evidence.wanted)
        what = f"`{evidence.argument}` takes {wanted or 'something else'}; it was given a {evidence.given or 'None'}"
        edits = list(self._edits(value, evidence))
        if not edits:
            self.shows(value, what, evidence)
        elif self.finds(value, what, evidence, SAFE, given.source if given is not None else None):
            for node, new in edits:
                self._put(given, node, new)

    def _values(self, evidence: Evidence) -> Iterator[tuple[Given | None, cst.BaseExpression]]:
        """The arguments that may be the one refused: of the call that failed, or what an attribute is set to."""
        for made in self.calls_at(evidence):
            given = arguments(self.source, made).get(evidence.argument)
            if given is not None:
                yield given, given.value
            elif inside := list(self._keyed(made, evidence.argument)):
                yield from ((None, value) for value in inside)
            elif (described := self.source.called(made)) is not None:
                names = [each.name for each in described.signature.positional]
                at = names.index(evidence.argument) if evidence.argument in names else len(made.args)
                if at < len(made.args) and not any(arg.star or arg.keyword for arg in made.args[: at + 1]):
                    yield None, made.args[at].value
        for use in self._set_at(evidence) if evidence.argument == "value" else ():
            yield None, use

    def _keyed(self, made: cst.Call, key: str) -> Iterator[cst.BaseExpression]:
        """What is written under a key in the dicts of a call, which become structs on their way."""
        for text in self.source.names.strings:
            element = self.source.names.parents.get(id(text))
            if isinstance(element, cst.DictElement) and element.key is text and string_value(text) == key:
                if any(each is made for each in self.source.names.ancestors(element)):
                    yield element.value

    def _set_at(self, evidence: Evidence) -> Iterator[cst.BaseExpression]:
        """What attributes are set to on a line."""
        for uses in self.source.names.attribute_uses.values():
            for use in uses:
                target = self.source.names.parents.get(id(use))
                statement = self.source.names.parents.get(id(target))
                if isinstance(target, cst.AssignTarget) and isinstance(statement, cst.Assign):
                    if self.source.spans.line_and_column(self.source.spans.start(use))[0] == evidence.line:
                        yield statement.value

    def _edits(
        self, value: cst.BaseExpression, evidence: Evidence
    ) -> Iterator[tuple[cst.BaseExpression, cst.BaseExpression]]:
        """What is put in the place of what: the value, or what is wrong inside of it."""
        convert = conversion(evidence.wanted, evidence.given, evidence.value)
        for key in evidence.keys:
            inner = self._inside(value, key)
            if inner is None:
                if convert is not None and key == evidence.keys[-1]:
                    yield value, of_each(value, convert, keyed=not key.isdigit())
                return
            value = inner
        if convert is not None:
            yield value, convert(value)
        elif element := next((want[:-1].partition("[")[2] for want in evidence.wanted if "[" in want), None):
            yield from self._elements(value, element, read(evidence.value))

    def _elements(
        self, value: cst.BaseExpression, want: str, came: object
    ) -> Iterator[tuple[cst.BaseExpression, cst.BaseExpression]]:
        """What is wrong in a list or dict, by the one that came."""
        pairs = came.items() if isinstance(came, dict) else enumerate(came if isinstance(came, (list, tuple)) else ())
        for key, each in pairs:
            convert = conversion((want,), name_of_type(each), repr(each))
            if name_of_type(each) != want and convert is not None:
                inner = self._inside(value, str(key))
                if inner is None:
                    yield value, of_each(value, convert, keyed=isinstance(came, dict))
                    return
                yield inner, convert(inner)

    def _inside(self, value: cst.BaseExpression, key: str) -> cst.BaseExpression | None:
        """What is written under a key, or at an index."""
        if isinstance(value, (cst.List, cst.Tuple)) and key.isdigit() and int(key) < len(value.elements):
            plain = not any(isinstance(each, cst.StarredElement) for each in value.elements)
            return value.elements[int(key)].value if plain else None
        if isinstance(value, cst.Call) and (given := arguments(self.source, value).get(python_name(key))) is not None:
            return given.value if given.spread is None else None
        written = dict_of(self.source, value)
        return next((each.value for each in written.keys if each.name == key), None) if written is not None else None

    def _put(self, given: Given | None, node: cst.BaseExpression, new: cst.BaseExpression) -> None:
        made = given.caller.called(given.call) if given is not None else None
        if given is None or given.spread is None or made is None:
            self.edit(node, new, given.source if given is not None else None)
        else:
            self.owner.change(given.source, node, new, wanting(made.arguments[given.name].type), given)
