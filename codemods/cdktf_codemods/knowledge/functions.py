"""Functions that ``Fn`` of cdktf does not have, and what each is there.

Sources: Terraform's functions (developer.hashicorp.com/terraform/language/functions) and ``terraform.workspace``,
``path.module`` (…/language/expressions/references); CloudFormation's intrinsic functions
(docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html), which get mixed up.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..schema.naming import snake_case


@dataclass(frozen=True)
class Invented:
    """``names`` are what is written, ``function`` what is meant; ``order`` has the positions of its arguments there."""

    names: tuple[str, ...]
    function: str
    order: tuple[int, ...]


INVENTED = (
    Invented(("select",), "element", (1, 0)),  # CloudFormation's Fn::Select
    Invented(("length", "len", "count"), "length_of", (0,)),  # Terraform's length
    Invented(("base64", "to_base64", "b64encode"), "base64encode", (0,)),  # CloudFormation's Fn::Base64
    Invented(("from_base64", "b64decode"), "base64decode", (0,)),
    Invented(("if_", "ternary", "cond", "when"), "conditional", (0, 1, 2)),  # CloudFormation's Fn::If
    Invented(("to_json", "to_json_string", "json_dumps", "json_stringify", "dumps"), "jsonencode", (0,)),
    Invented(("from_json", "parse_json", "json_parse", "json_loads", "loads"), "jsondecode", (0,)),
    Invented(("from_yaml", "parse_yaml"), "yamldecode", (0,)),
    Invented(("to_yaml",), "yamlencode", (0,)),
    Invented(("to_str", "str", "as_string", "string"), "tostring", (0,)),
    Invented(("to_num", "number", "as_number", "int"), "tonumber", (0,)),
    Invented(("to_upper", "uppercase"), "upper", (0,)),
    Invented(("to_lower", "lowercase"), "lower", (0,)),
)
"""Functions that take the same arguments by another name."""

REFERENCES = {
    "terraform_workspace": "terraform.workspace",
    "workspace": "terraform.workspace",
    "get_workspace": "terraform.workspace",
    "path_module": "path.module",
    "path_root": "path.root",
    "path_cwd": "path.cwd",
}
"""What is no function in Terraform, but a name."""

PSEUDO_PARAMETERS = {
    "AWS::AccountId": ("aws_caller_identity", ("account_id",)),
    "AWS::Partition": ("aws_partition", ("partition",)),
    "AWS::Region": ("aws_region", ("region", "name")),
    "AWS::URLSuffix": ("aws_partition", ("dns_suffix",)),
}
"""CloudFormation's pseudo parameters: the data source that has each, and its attribute, by version of the provider.

Source: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html.
"""


def meant(name: str) -> Invented | None:
    """The function that an invented name means, in Python's spelling or TypeScript's."""
    return next((each for each in INVENTED if snake_case(name) in each.names), None)


def is_about_data(name: str) -> bool:
    """Whether an invented function is CloudFormation's ``Fn::Sub``, or named as one that gives a data source."""
    return name == "sub" or name.startswith("data_")


def is_invented(name: str) -> bool:
    """Whether it is known what is meant by a function that ``Fn`` does not have."""
    return name in REFERENCES or meant(name) is not None or is_about_data(name)
