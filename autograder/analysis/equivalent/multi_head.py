"""Lesson 2: what nobody can tell apart."""

from autograder.analysis.equivalent.reasons import SIZE

_TURNED = "Exchanging two axes is the same in both orders."
_SUM = "A sum has no order."
_PRODUCT = "A product of whole numbers has no order."
_ALL = "2 * (query_length + key_length) * d_model"
_AXES = {"x.transpose(1, 2) → x.transpose(2, 1)": _TURNED, "{tuple(x.shape)} → {x.shape}": SIZE}
_MIXED = "mixed = self.dropout(weights) @ value"
_DROPPED = f"if self.dropout.p > 0: {_MIXED}"
_TWICE = "Without dropout the values are then mixed twice, with the same weights."

MISTAKES: dict[tuple[str, str], str] = {}

MUTANTS: dict[str, dict[str, str]] = {
    "MultiHeadAttention": {
        f"{_DROPPED} → if True: {_MIXED}": _TWICE,
        "self.dropout.p > 0 → self.dropout.p >= 0": _TWICE,
        "self.dropout.p > 0 → self.dropout.p > -1": _TWICE,
    },
    "split_heads": _AXES,
    "merge_heads": _AXES,
    "count_parameters": {
        "4 * (d_model * d_model + d_model) → (d_model * d_model + d_model) * 4": _PRODUCT,
        "d_model * d_model + d_model → d_model + d_model * d_model": _SUM,
    },
    "count_multiplications": {
        f"{_ALL} * d_model → d_model * ({_ALL})": _PRODUCT,
        f"{_ALL} → d_model * (2 * (query_length + key_length))": _PRODUCT,
        "2 * (query_length + key_length) → (query_length + key_length) * 2": _PRODUCT,
        "query_length + key_length → key_length + query_length": _SUM,
        "2 * query_length * key_length * d_model → d_model * (2 * query_length * key_length)": _PRODUCT,
        "2 * query_length * key_length → key_length * (2 * query_length)": _PRODUCT,
        "2 * query_length → query_length * 2": _PRODUCT,
        "projections + attending → attending + projections": _SUM,
    },
}
