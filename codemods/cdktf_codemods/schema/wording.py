"""Which argument a name means that says it in fewer words, in shorter ones, or with a word too much."""

from __future__ import annotations

from .fields import plain_words

_FILLERS = frozenset(("in", "of", "the", "for"))
_SAY_NOTHING_ALONE = frozenset("arn enabled id identifier key name tag type value".split())
_MEASURES = frozenset("count expression method part size type".split())
"""What a word is measured or told by, so that the word alone means the same: ``memory`` is ``memory_size``."""
_SHORTEST = 3
"""How many letters a word shortened has at least: ``desc``; as in ``min`` and ``max``."""


def said_shorter(name: str, candidates: list[str]) -> list[str]:
    """The candidates that have all the words of *name*, whole or shortened, in their order, and first.

    One word stands for one more at most, several for any number: ``path`` is ``path_part``, ``map_public_ip`` is
    ``map_public_ip_on_launch``. Words that say nothing alone, such as ``name``, mean no other.
    """
    given = _said(name)
    if not given or (len(given) == 1 and given[0] in _SAY_NOTHING_ALONE):
        return []
    return [each for each in candidates if _begins(given, _said(each))]


def is_measured(name: str, meant: str) -> bool:
    """Whether what *meant* has besides the words of *name* is only how it is measured, or *name* has several words."""
    given, known = _said(name), _said(meant)
    return len(given) > 1 or _MEASURES.issuperset(known[len(given) :])


def without_reference(name: str, candidates: list[str]) -> list[str]:
    """The candidates that *name* has ``name`` or ``arn`` behind, or ``arn`` for ``id``: ``field_name`` is ``field``."""
    *thing, by = plain_words(name)
    if not thing or by not in ("arn", "name"):
        return []
    same = [tuple(thing)] if by == "name" else [tuple(thing), (*thing, "id")]
    return [each for each in candidates if plain_words(each) in same]


def _said(name: str) -> tuple[str, ...]:
    return tuple(word for word in plain_words(name) if word not in _FILLERS)


def _begins(given: tuple[str, ...], known: tuple[str, ...]) -> bool:
    if len(known) < len(given) or (len(given) == 1 and len(known) > 2):
        return False
    shortened = [word != whole for word, whole in zip(given, known, strict=False)]
    if any(shortened) and (len(known) > len(given) or not all(map(_is_shortened, given, known))):
        return False
    return True


def _is_shortened(word: str, whole: str) -> bool:
    return word == whole or (len(word) >= _SHORTEST and whole.startswith(word))
