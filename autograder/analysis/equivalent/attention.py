"""Lesson 1: what nobody can tell apart."""

from autograder.analysis.equivalent.reasons import shown, unfitting_mask

_ONE_AXIS = "A value with one axis fits only a key with one axis, which attention_scores refuses with a ValueError."
_ONE_AXIS_MASK = "A mask has at least two axes by contract. Nothing is promised for one that has fewer."
_TURNED = "Exchanging two axes is the same in both orders."

_VALUE = "value.dim() < 2 or key.shape[:-1] != value.shape[:-1]"

MISTAKES: dict[tuple[str, str], str] = {}

MUTANTS: dict[str, dict[str, str]] = {
    "stable_softmax": {
        "torch.finfo(scores.dtype) → torch.finfo()": "The lowest number of float32 is finite in float64, too, and "
        "exp(−inf − c) is 0 for every finite c.",
        "scores.detach().amax → scores.amax": "The softmax does not change with the shift, so the gradient through it "
        "adds up to 0. Detaching saves work, not correctness.",
        "exponentials * (1 / total.clamp(min=1.0)) → "
        "1 / total.clamp(min=1.0) * exponentials": "A product has no order.",
    },
    "attention_scores": shown("query", "key")
    | {
        "min(query.dim(), key.dim()) → min(key.dim(), query.dim())": "A minimum has no order.",
        "key.transpose(-2, -1) → key.transpose(-1, -2)": _TURNED,
    },
    "padding_mask": shown("lengths")
    | {
        "lengths.tolist() → lengths": "Its entries are tensors with one number, which compare and print as the number.",
        "torch.arange(max_length, device=lengths.device) → torch.arange(max_length)": "The judge has only the CPU, "
        "which is the default.",
    },
    "scaled_dot_product_attention": shown("key", "value", "mask", "scores")
    | unfitting_mask("may attend", ("query", "key", "value"))
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
