"""Arrow's values as JSON has them, and the way back, on which nothing but texts is taken from JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa


def plain(scalar: pa.Scalar) -> Any:
    """A value as JSON has it; of what JSON has not, the text.

    A map is an object, and so is a struct, without what is null: a struct has a field for each name that any row has.
    """
    import pyarrow as pa

    kind = scalar.type
    if not scalar.is_valid:
        return None
    if pa.types.is_map(kind):
        return {key.as_py(): plain(value) for key, value in _pairs(scalar)}
    if pa.types.is_struct(kind):
        return {name: plain(each) for name, each in scalar.items() if each.is_valid}
    if _is_list(kind):
        return [plain(each) for each in scalar]
    if isinstance(scalar, (pa.DictionaryScalar, pa.ExtensionScalar)):
        return plain(scalar.value)
    tests = (pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating)
    if _is_text(kind) or any(test(kind) for test in tests):
        return scalar.as_py()
    try:
        return scalar.cast(pa.string()).as_py()
    except (pa.ArrowException, UnicodeDecodeError):
        return repr(scalar)


def merged(scalar: pa.Scalar, new: Any) -> Any:
    """What Arrow makes a value of: the old one with the texts of the new, which :func:`plain` and a repair made."""
    import pyarrow as pa

    kind = scalar.type
    if not scalar.is_valid:
        return scalar
    if pa.types.is_map(kind):
        return [(key, merged(value, new[key.as_py()])) for key, value in _pairs(scalar)]
    if pa.types.is_struct(kind):
        return {name: merged(each, new.get(name)) for name, each in scalar.items()}
    if _is_list(kind):
        # The texts of a list may be others in number.
        return new if _is_text(kind.value_type) else [merged(each, other) for each, other in zip(scalar, new)]
    if isinstance(scalar, (pa.DictionaryScalar, pa.ExtensionScalar)):
        return merged(scalar.value, new)
    return new if _is_text(kind) else scalar


def _pairs(scalar: pa.MapScalar) -> list[tuple[pa.Scalar, pa.Scalar]]:
    return [(entry["key"], entry["value"]) for entry in scalar.values]


def _is_list(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))
