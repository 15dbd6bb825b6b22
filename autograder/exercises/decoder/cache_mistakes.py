"""Mistakes of `KeyValueCache`. Used by `cache`."""

from __future__ import annotations

from autograder.exercises.decoder import headings
from autograder.exercises.model import Mistake

_CHECK = "if key.shape != value.shape:"
_IF = "if self.length > 0:"
_FITS = "if key[:, :, 0].shape != self.keys[:, :, 0].shape:"
_KEY = "key = torch.cat([self.keys, key], dim=2)"
_VALUE = "value = torch.cat([self.values, value], dim=2)"
_KEEP = "self.keys, self.values, self.length = key, value, key.shape[2]"
_RETURN = "return key, value"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.CACHE, patches=patches)


MISTAKES = (
    _mistake(
        "only_the_new",
        "append returns the new positions only.",
        "The query has to see all positions so far: append returns the old ones and the new ones.",
        (_KEEP, f"new = key[:, :, self.length :], value[:, :, self.length :]\n        {_KEEP}"),
        (_RETURN, "return new"),
    ),
    _mistake(
        "first_not_kept",
        "What is appended first is not kept.",
        "The first position is a position like all others: the next query has to see it.",
        (
            _IF,
            "if self.keys is None:\n            self.keys, self.values = key[:, :, :0], value[:, :, :0]\n"
            "            return key, value\n        if True:",
        ),
    ),
    _mistake(
        "forgets_the_oldest",
        "The cache holds only what was appended last and the time before.",
        "Nothing may be forgotten: each call puts the new positions behind all that are there.",
        (
            _KEEP,
            "new = key.shape[2] - self.length\n"
            "        self.keys, self.values = key[:, :, -new:], value[:, :, -new:]\n"
            "        self.length = self.keys.shape[2]",
        ),
    ),
    _mistake(
        "not_kept",
        "append keeps nothing.",
        "The cache has to remember the new positions for the next call.",
        (_KEEP, "pass"),
    ),
    _mistake(
        "newest_first",
        "The new positions are put in front of the old ones.",
        "Then keys no longer stand in the order of the text, and a mask would block the wrong ones.",
        (_KEY, _KEY.replace("self.keys, key", "key, self.keys")),
        (_VALUE, _VALUE.replace("self.values, value", "value, self.values")),
    ),
    _mistake(
        "along_the_heads",
        "The new positions are put behind the old ones along the axis of the heads.",
        "The axes are (batch, num_heads, length, d_head): time is axis 2.",
        (_KEY, _KEY.replace("dim=2", "dim=1")),
        (_VALUE, _VALUE.replace("dim=2", "dim=1")),
    ),
    _mistake(
        "along_the_batch",
        "The new positions are put behind the old ones along the batch.",
        "The axes are (batch, num_heads, length, d_head): time is axis 2.",
        (_KEY, _KEY.replace("dim=2", "dim=0")),
        (_VALUE, _VALUE.replace("dim=2", "dim=0")),
    ),
    _mistake(
        "along_d_head",
        "The new positions are put behind the old ones along the last axis.",
        "The axes are (batch, num_heads, length, d_head): time is axis 2.",
        (_KEY, _KEY.replace("dim=2", "dim=3")),
        (_VALUE, _VALUE.replace("dim=2", "dim=3")),
    ),
    _mistake(
        "values_are_keys",
        "The keys are kept in place of the values.",
        "Keys say where to look, values say what is found there: the cache needs both.",
        (_KEEP, _KEEP.replace("key, value,", "key, key,")),
        (_RETURN, "return key, key"),
    ),
    _mistake(
        "results_swapped",
        "Keys and values are returned in the wrong order.",
        "The keys come first.",
        (_RETURN, "return value, key"),
    ),
    _mistake(
        "length_counts_calls",
        "length counts the calls of append, not the positions.",
        "One call may bring several positions, such as a whole prompt.",
        (_KEEP, "self.keys, self.values, self.length = key, value, self.length + 1"),
    ),
    _mistake(
        "length_of_the_newest",
        "length says how many positions came last.",
        "It is all positions in the cache: the next token would be numbered from the beginning again.",
        (_IF, "if self.keys is not None:"),
        (
            _KEEP,
            "new = key.shape[2] - (0 if self.keys is None else self.keys.shape[2])\n"
            "        self.keys, self.values, self.length = key, value, new",
        ),
    ),
    _mistake(
        "length_counted_twice",
        "length counts every position twice, once for its key and once for its value.",
        "It is the position of the next token: counted twice, that would skip places.",
        (_KEEP, "self.keys, self.values, self.length = key, value, key.shape[2] + value.shape[2]"),
    ),
    _mistake(
        "length_too_late",
        "length is what it was before the newest positions came.",
        "It includes them.",
        (_IF, "if self.keys is not None:"),
        (
            _KEEP,
            "before = 0 if self.keys is None else self.keys.shape[2]\n"
            "        self.keys, self.values, self.length = key, value, before",
        ),
    ),
    _mistake(
        "length_of_another_axis",
        "length is the size of another axis.",
        "The axes are (batch, num_heads, length, d_head): positions are axis 2.",
        (_IF, "if self.keys is not None:"),
        (_KEEP, _KEEP.replace("key.shape[2]", "key.shape[1]")),
    ),
    Mistake(
        "shared_by_all",
        "All caches share what they hold.",
        "What is written in the class, outside of __init__, belongs to all its objects: layers would see each other's.",
        headings.CACHE,
        code=(
            "class KeyValueCache:\n"
            "    def __init__(self):\n"
            "        KeyValueCache.keys = KeyValueCache.values = None\n"
            "    @property\n"
            "    def length(self):\n"
            "        return 0 if KeyValueCache.keys is None else KeyValueCache.keys.shape[2]\n"
            "    def append(self, key, value):\n"
            "        keys, values = KeyValueCache.keys, KeyValueCache.values\n"
            "        if key.shape != value.shape or (keys is not None and keys[:, :, 0].shape != key[:, :, 0].shape):\n"
            "            raise ValueError(f'{key.shape} {value.shape} {None if keys is None else keys.shape}')\n"
            "        if keys is not None:\n"
            "            key, value = torch.cat([keys, key], dim=2), torch.cat([values, value], dim=2)\n"
            "        KeyValueCache.keys, KeyValueCache.values = key, value\n"
            "        return key, value\n"
        ),
    ),
    _mistake(
        "shapes_unchecked",
        "The shapes are not checked.",
        "Sizes that do not fit must be a ValueError with both shapes, not torch's own error.",
        (_CHECK, "if False:"),
        (_FITS, "if False:"),
    ),
    _mistake(
        "only_the_pair_checked",
        "It is not checked whether the new positions fit behind those in the cache.",
        "batch, num_heads and d_head must be the same; else a ValueError names both shapes.",
        (_FITS, "if False:"),
    ),
    _mistake(
        "only_the_fit_checked",
        "It is not checked whether key and value have one shape.",
        "Each position has one key and one value; else a ValueError names both shapes.",
        (_CHECK, "if False:"),
    ),
)
