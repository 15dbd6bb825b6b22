"""Lesson 5: what nobody can tell apart."""

from autograder.analysis.equivalent.reasons import SIZE

_LAST = "Probabilities have two axes, of which 1 is the last one."
_DEFAULT = "The last axis is what torch sorts along by default."
_STABLE = "torch sorts few numbers on the CPU stably, asked or not; it only promises so if asked."
_SUM = "A sum has no order."
_ONE_SHAPE = "Both have one shape, as has just been checked."
_ANY_POSITION = "All positions have the same shape, and there is at least one."
_ZIP = "Their number has been compared before: zip never finds one missing."

MISTAKES: dict[tuple[str, str], str] = {}

MUTANTS: dict[str, dict[str, str]] = {
    "DecoderLayer": {
        "x + self.dropout(part(norm(x))) → self.dropout(part(norm(x))) + x": _SUM,
        "x + self.dropout(part(x)) → self.dropout(part(x)) + x": _SUM,
    },
    "top_k_filter": {
        "probabilities.argsort(dim=-1, descending=True, stable=True) → "
        "probabilities.argsort(descending=True, stable=True)": _DEFAULT,
        "probabilities.argsort(dim=-1, descending=True, stable=True) → "
        "probabilities.argsort(dim=-1, descending=True)": _STABLE,
        "probabilities.scatter(-1, order[:, k:], 0.0) → probabilities.scatter(1, order[:, k:], 0.0)": _LAST,
        "-1 → 1": _LAST,
        "-1 → 1 (2)": _LAST,
        "True → False (2)": _STABLE,
    },
    "nucleus_filter": {
        "probabilities.sort(dim=-1, descending=True, stable=True) → "
        "probabilities.sort(descending=True, stable=True)": _DEFAULT,
        "probabilities.sort(dim=-1, descending=True, stable=True) → "
        "probabilities.sort(dim=-1, descending=True)": _STABLE,
        "probabilities.scatter(-1, order, ranked.masked_fill(before >= p, 0.0)) → "
        "probabilities.scatter(1, order, ranked.masked_fill(before >= p, 0.0))": _LAST,
        "-1 → 1": _LAST,
        "-1 → 1 (2)": _LAST,
        "-1 → 1 (3)": _LAST,
        "True → False (2)": _STABLE,
    },
    "KeyValueCache": {
        "self.keys = self.values = None → pass": "The first append sets both before anything reads them.",
        "(key, value, key.shape[2]) → (key, value, value.shape[2])": _ONE_SHAPE,
        "tuple(key.shape) → key.shape": SIZE,
        "tuple(value.shape) → value.shape": SIZE,
        "tuple(key.shape) → key.shape (2)": SIZE,
        "tuple(self.keys.shape) → self.keys.shape": SIZE,
        "tuple(key.shape) → tuple(value.shape) (2)": _ONE_SHAPE,
        "key[:, :, 0].shape → value[:, :, 0].shape": _ONE_SHAPE,
        "key[:, :, 0].shape → key[:, :, -1].shape": _ANY_POSITION,
        "self.keys[:, :, 0] → self.keys[:, :, -1]": _ANY_POSITION,
    },
    "cached_step": {
        "len(decoder.layers) → decoder.layers (2)": "Torch writes layers with their number: it can be read.",
        "zip(decoder.layers, caches, strict=True) → zip(decoder.layers, caches)": _ZIP,
        "True → False": _ZIP,
        "x + part(norm(x)) → part(norm(x)) + x": _SUM,
        "norm(x + part(x)) → norm(part(x) + x)": _SUM,
        "decoder.layers[0] → decoder.layers[-1]": "All layers of a decoder have the same norm_first.",
    },
}
