"""Lesson 3: what nobody can tell apart."""

from autograder.analysis.equivalent.reasons import SIZE

_ROUNDING = (
    "The angles are then computed in float32. That changes the last digits only, which float32's tolerance allows."
)
_PRODUCT = "A product of two numbers has no order."
_SUM = "A sum has no order."
_SAVED = "Whether the table is saved with the weights is free: buffers are not loaded by the judge."

MISTAKES: dict[tuple[str, str], str] = {}

MUTANTS: dict[str, dict[str, str]] = {
    "sinusoidal_encoding": {
        "torch.arange(0, d_model, 2, dtype=torch.float64) → torch.arange(0, d_model, 2)": _ROUNDING,
        "torch.empty(length, d_model, dtype=torch.float64) → torch.empty(length, d_model)": _ROUNDING,
        "torch.arange(length, dtype=torch.float64) → torch.arange(length)": _ROUNDING,
    },
    "PositionalEncoding": {
        "self.register_buffer('table', sinusoidal_encoding(max_length, d_model), persistent=False) → "
        "self.register_buffer('table', sinusoidal_encoding(max_length, d_model))": _SAVED,
        "False → True": _SAVED,
        "x + self.table[:length] → self.table[:length] + x": _SUM,
    },
    "rotate": {
        "torch.arange(0, d, 2, dtype=torch.float64) → torch.arange(0, d, 2)": _ROUNDING,
        "first * sine + second * cosine → second * cosine + first * sine": _SUM,
        "first * cosine - second * sine → cosine * first - second * sine": _PRODUCT,
        "first * cosine - second * sine → first * cosine - sine * second": _PRODUCT,
        "first * sine + second * cosine → sine * first + second * cosine": _PRODUCT,
        "first * sine + second * cosine → first * sine + cosine * second": _PRODUCT,
        "tuple(positions.shape) → positions.shape": SIZE,
    },
}
