"""Which field or argument a name means that is not quite one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from . import ApiClass
from .naming import camel_case, snake_case, words

TYPO = 0.87
"""How alike, from 0 to 1, two names have to be for one to be a slip of the other; found on the published versions'
argument names, where different arguments of one resource are below it in all but numbered pairs."""


@dataclass(frozen=True)
class Match:
    """The argument that a name means; ``exact`` where it is spelled so, ``camel`` where it is jsii's spelling."""

    name: str
    exact: bool = False
    camel: bool = False


def match_field(owner: ApiClass, name: str) -> Match | None:
    """The one argument of *owner* that *name* means by its spelling alone, or None."""
    if name in owner.arguments:
        return Match(name, exact=True, camel=camel_case(name) == name)
    for known in owner.arguments:
        if camel_case(known) == name:
            return Match(known, camel=True)
    if f"{name}_" in owner.arguments:
        return Match(f"{name}_", exact=True)
    found = near_names(owner, name, list(owner.arguments))
    return Match(found[0]) if len(found) == 1 else None


def near_names(owner: ApiClass, name: str, candidates: list[str]) -> list[str]:
    """The candidates that *name* may mean, by the first tier that gives any.

    The same words in another order, number or case; letters that have changed places; the name of the resource in front
    or left out; a unit, or what it is by (``_arn``); a word that says nothing; how a switch is said; the last words
    alone; a slip in a word; a word left out; the name of the thing itself.
    """
    given = plain_words(name)
    for alike in _TIERS:
        found = [each for each in candidates if alike(given, plain_words(each), plain_words(owner.short_name))]
        if found:
            return found
    return []


@cache
def plain_words(name: str) -> tuple[str, ...]:
    """Words in lower case and singular."""
    return tuple(singular(word) for word in words(snake_case(name)))


def singular(word: str) -> str:
    """``policies`` → ``policy``, ``ids`` → ``id``; ``status`` and ``address`` stay."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word


def _same_words(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    return sorted(given) == sorted(known) or "".join(given) == "".join(known)


_IDENTITIES = (("name",), ("arn",), ("identifier",))


def _without_owner(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    """``db_instance_identifier`` of a ``DbInstance`` is ``identifier``; ``name`` may be ``bucket_name``."""
    longer, shorter = (given, known) if len(given) > len(known) else (known, given)
    extra = longer[: len(longer) - len(shorter)]
    if shorter == ("id",):
        return False
    if shorter in _IDENTITIES and extra != owner[-len(extra) :]:
        # ``role_name`` of an ``IamRolePolicy`` is not its ``name``.
        return False
    return bool(extra) and longer[len(extra) :] == shorter and all(word in owner for word in extra)


def _name_of_owner(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    """``bucket_name`` of an ``S3Bucket`` is ``bucket``."""
    return given[-1:] == ("name",) and given[:-1] == known and all(word in owner for word in known)


_UNITS = frozenset("in second minute hour day month byte kb mb gb mib gib percent percentage".split())


def _with_unit(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    """``maximum_event_age`` is ``maximum_event_age_in_seconds``."""
    longer, shorter = (given, known) if len(given) > len(known) else (known, given)
    return longer[: len(shorter)] == shorter and _UNITS.issuperset(longer[len(shorter) :]) and len(shorter) > 1


_REFERENCES = (("arn",), ("id",), ("name",))
NOISE = frozenset("document json body definition string list config configuration specification setting".split())


def _referring(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    """``topic`` is ``topic_arn``, ``account`` is ``account_id``, ``region`` is ``region_name``."""
    return known[: len(given)] == given and known[len(given) :] in _REFERENCES


def _wordy(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    """``policy_document`` is ``policy``, ``cidr`` is ``cidr_block``, ``schedule_expression`` is ``schedule``."""
    longer, shorter = (given, known) if len(given) > len(known) else (known, given)
    extra = longer[len(shorter) :]
    return len(extra) == 1 and longer[: len(shorter)] == shorter and extra[0] in NOISE | {"block", "expression"}


def _owner_itself(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    """``alias`` of a ``KmsAlias`` is its ``name``."""
    return known == ("name",) and bool(given) and owner[-len(given) :] == given


def _one_word_left_out(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    """``num_nodes`` is ``num_cache_nodes``."""
    if len(given) < 2 or len(known) != len(given) + 1:
        return False
    return any(known[:at] + known[at + 1 :] == given for at in range(len(known)))


SWITCHES = frozenset("enable enabled is".split())
"""The words that say of an argument that it is a switch."""


def _switched(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    """``key_rotation_enabled`` is ``enable_key_rotation``, ``enabled`` is ``is_enabled``.

    ``auth_token_enabled`` is no ``auth_token``.
    """
    first, second = (tuple(word for word in each if word not in SWITCHES) for each in (given, known))
    return first == second and first != given and second != known


def _ending(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    """``security_group_ids`` is ``vpc_security_group_ids``; two words at least have to be the same."""
    longer, shorter = (given, known) if len(given) > len(known) else (known, given)
    return len(shorter) > 1 and longer[-len(shorter) :] == shorter


def _swapped_letters(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    return len(given) == len(known) and sorted("".join(given)) == sorted("".join(known))


def _slip(given: tuple[str, ...], known: tuple[str, ...], owner: tuple[str, ...]) -> bool:
    if len(given) != len(known):
        return False
    first, second = "_".join(given), "_".join(known)
    if sorted(character for character in first if character.isdigit()) != sorted(
        character for character in second if character.isdigit()
    ):
        return False
    return SequenceMatcher(None, first, second).ratio() >= TYPO


_TIERS = (
    _same_words,
    _swapped_letters,
    _without_owner,
    _name_of_owner,
    _with_unit,
    _referring,
    _wordy,
    _switched,
    _ending,
    _slip,
    _one_word_left_out,
    _owner_itself,
)
