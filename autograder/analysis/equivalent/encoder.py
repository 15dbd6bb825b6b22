"""Lesson 4: what nobody can tell apart."""

from autograder.analysis.equivalent.reasons import shown

_SUM = "A sum has no order."
_PRODUCT = "A product of two numbers has no order."
_NUMBER = "A tensor with one number counts as that number, in sums, products and answers."
_BOTH = "Without a prediction, or without a case, there is no right one either: 0 divided by the other number is 0 too."
_AND = "`and` has no order."

_NORMED = "centred * torch.rsqrt(variance + self.eps)"
_PRE = "self.dropout(self.feed_forward(self.feed_forward_norm(x)))"
_HITS = "(predicted == number) & (target == number)"
_F1 = "2 * right / (said + there)"

MISTAKES: dict[tuple[str, str], str] = {}

MUTANTS: dict[str, dict[str, str]] = {
    "LayerNorm": {
        f"{_NORMED} * self.weight + self.bias → self.bias + {_NORMED} * self.weight": _SUM,
        f"{_NORMED} * self.weight → self.weight * ({_NORMED})": _PRODUCT,
        f"{_NORMED} → torch.rsqrt(variance + self.eps) * centred": _PRODUCT,
        "variance + self.eps → self.eps + variance": _SUM,
    },
    "EncoderLayer": {
        "x + self.dropout(attended) → self.dropout(attended) + x": _SUM,
        f"x + {_PRE} → {_PRE} + x": _SUM,
        "x + self.dropout(mixed) → self.dropout(mixed) + x": _SUM,
        "x + self.dropout(changed) → self.dropout(changed) + x": _SUM,
    },
    "classification_scores": shown("predicted", "target")
    | {
        f"({_HITS}).sum().item() → ({_HITS}).sum()": _NUMBER,
        "(predicted == number).sum().item() → (predicted == number).sum()": _NUMBER,
        "(target == number).sum().item() → (target == number).sum()": _NUMBER,
        "(predicted == target).double().mean().item() → (predicted == target).double().mean()": _NUMBER,
        f"{_F1} if said + there else 0.0 → {_F1} if said else 0.0": _BOTH,
        f"{_F1} if said + there else 0.0 → {_F1} if there else 0.0": _BOTH,
        f"{_F1} if said + there else 0.0 → {_F1} if there + said else 0.0": _SUM,
        f"{_F1} → right * 2 / (said + there)": _PRODUCT,
        f"{_F1} → 2 * right / (there + said)": _SUM,
        f"{_HITS} → (target == number) & (predicted == number)": _AND,
    },
}
