"""What nobody can tell apart, with the reason: read by the kill table and the mutation test.

MISTAKES: (exercise, "one or other") for mistakes that no case separates.
MUTANTS: exercise → change → why the changed function still keeps the contract. An entry whose mutant is killed, or does
not exist any more, fails the test.
"""

from __future__ import annotations

MISTAKES: dict[tuple[str, str], str] = {}

_SIZE = "torch.Size([2, 3]) shows the same numbers as (2, 3), and a message is right when they can be read in it."
_WORDS = "Only the type of this error is fixed. Its words are for people."
_TEXT = "Python answers `raise` with a text by a TypeError of its own. Only the words differ."
_ONE_AXIS = "A value with one axis fits only a key with one axis, which attention_scores refuses with a ValueError."
_ONE_AXIS_MASK = "A mask has at least two axes by contract. Nothing is promised for one that has fewer."
_SHIFT = "Such a slice holds only −inf, and exp(−inf − c) is 0 for every finite c."
_TURNED = "Exchanging two axes is the same in both orders."

_NO_BOOL = "f'the mask must be bool (True = {}), not {{mask.dtype}}'"


def _unfitting_mask(meaning: str, others: tuple[str, ...]) -> dict[str, str]:
    message = _NO_BOOL.format(meaning)
    changed = {f"{message} → {message.replace('mask.dtype', f'{other}.dtype')}": _WORDS for other in others}
    return changed | {f"TypeError({message}) → {message}": _TEXT, f"TypeError({message}) → TypeError()": _WORDS}


def _shown(*names: str) -> dict[str, str]:
    return {f"tuple({name}.shape) → {name}.shape": _SIZE for name in names}


_VALUE = "value.dim() < 2 or key.shape[:-1] != value.shape[:-1]"

MUTANTS: dict[str, dict[str, str]] = {
    "pairwise_dot_products": {f"{{tuple({name}.shape)}} → {{{name}.shape}}": _SIZE for name in "xy"},
    "masked_mean": _shown("values", "mask") | _unfitting_mask("counts", ("values",)),
    "stable_softmax": {
        "maximum.masked_fill(maximum == -math.inf, 0.0) → maximum.masked_fill(maximum == -math.inf, 1.0)": _SHIFT,
        "maximum.masked_fill(maximum == -math.inf, 0.0) → maximum.masked_fill(maximum == -math.inf, -1.0)": _SHIFT,
        "maximum.detach() → maximum": "The softmax does not change with the shift, so the gradient through it adds up "
        "to 0. Detaching saves work, not correctness.",
        "total.masked_fill(total == 0, 1.0) → total.masked_fill(total == 0, 2.0)": "0 / 2 is 0 as well.",
    },
    "attention_scores": _shown("query", "key")
    | {
        "min(query.dim(), key.dim()) → min(key.dim(), query.dim())": "A minimum has no order.",
        "key.transpose(-2, -1) → key.transpose(-1, -2)": _TURNED,
    },
    "padding_mask": _shown("lengths")
    | {
        "lengths.tolist() → lengths": "Its entries are tensors with one number, which compare and print as the number.",
        "torch.arange(max_length, device=lengths.device) → torch.arange(max_length)": "The judge has only the CPU, "
        "which is the default.",
    },
    "scaled_dot_product_attention": _shown("key", "value", "mask", "scores")
    | _unfitting_mask("may attend", ("query", "key", "value"))
    | {
        f"{_VALUE} → key.shape[:-1] != value.shape[:-1]": _ONE_AXIS,
        f"{_VALUE} → value.dim() < 1 or key.shape[:-1] != value.shape[:-1]": _ONE_AXIS,
        f"{_VALUE} → query.dim() < 2 or key.shape[:-1] != value.shape[:-1]": _ONE_AXIS,
        f"{_VALUE} → key.dim() < 2 or key.shape[:-1] != value.shape[:-1]": _ONE_AXIS,
        "2 <= mask.dim() <= scores.dim() → mask.dim() <= scores.dim()": _ONE_AXIS_MASK,
        "2 <= mask.dim() <= scores.dim() → 1 <= mask.dim() <= scores.dim()": _ONE_AXIS_MASK,
        "zip(reversed(mask.shape), reversed(scores.shape), strict=False) → "
        "zip(reversed(mask.shape), reversed(scores.shape))": "False is the default of `strict`.",
        "size not in (1, wanted) → size not in (wanted, 1)": "The order in which two numbers are tried is free.",
    },
}
