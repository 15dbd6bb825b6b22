"""Lesson 6: what nobody can tell apart."""

from __future__ import annotations

_ORDER = "A sum, a product, a distance and the smaller of two have no order, and nor have “and” and “or”."
_SORTED = "They are sorted next, and sums of tensors sort as numbers do."
_LAST_OF_TWO = "One position's logits have two axes, of which 1 is the last one."
_DEVICE = "There is only one device here; on another one all tensors lie together."
_ZIP = "Both have one length: zip never finds one missing."
_ONE_MODEL = "Cases have a single row there, which stands for all hypotheses alike."
_PRECISION = "Float32 and float64 differ far less than two texts do."
_INDEX = "n goes from 1 to 4, and each n meets another of the four places: where a count stands does not matter."
_MASK = "attention.causal_mask(target.shape[1])"
_CAUSAL = f"{_MASK}.to(target.device)"

MISTAKES: dict[tuple[str, str], str] = {}

MUTANTS: dict[str, dict[str, str]] = {
    "TokenEmbedding": {
        "self.embedding(tokens) * self.scale → self.scale * self.embedding(tokens)": _ORDER,
    },
    "Transformer": {
        f"{_CAUSAL} → {_MASK}": _DEVICE,
        f"{_CAUSAL} → {_MASK}.to()": _DEVICE,
        f"{_CAUSAL} → {_MASK}.to(memory.device)": _DEVICE,
        f"{_CAUSAL} → {_MASK}.to(source.device)": _DEVICE,
        "self.real(target) & past → past & self.real(target)": _ORDER,
    },
    "label_smoothed_cross_entropy": {
        "-(1 - smoothing) * right → right * -(1 - smoothing)": _ORDER,
        "smoothing * log_probabilities.mean(dim=-1) → log_probabilities.mean(dim=-1) * smoothing": _ORDER,
    },
    "warmup_learning_rate": {
        "d_model ** (-0.5) * min(step ** (-0.5), step * warmup_steps ** (-1.5)) → "
        "min(step ** (-0.5), step * warmup_steps ** (-1.5)) * d_model ** (-0.5)": _ORDER,
        "min(step ** (-0.5), step * warmup_steps ** (-1.5)) → "
        "min(step * warmup_steps ** (-1.5), step ** (-0.5))": _ORDER,
        "step * warmup_steps ** (-1.5) → warmup_steps ** (-1.5) * step": _ORDER,
    },
    "greedy_decode": {
        "ended | (best == end_id) → (best == end_id) | ended": _ORDER,
        "-1 → 1": _LAST_OF_TWO,
    },
    "beam_search": {
        "(logits.double() - logits.double().logsumexp(dim=-1, keepdim=True)).tolist() → "
        "logits.double() - logits.double().logsumexp(dim=-1, keepdim=True)": _SORTED,
        "logits.double() - logits.double().logsumexp(dim=-1, keepdim=True) → "
        "logits - logits.double().logsumexp(dim=-1, keepdim=True)": _PRECISION,
        "logits.double().logsumexp → logits.logsumexp": _PRECISION,
        "zip(beam, steps, strict=True) → zip(beam, steps)": _ZIP,
        "True → False": _ZIP,
        "ended + continued(still_open, memory, row) → continued(still_open, memory, row) + ended": _SORTED,
        "[model.pad_id] * (length - len(tokens)) → (length - len(tokens)) * [model.pad_id]": _ORDER,
        "row.expand(len(beam), -1) → row": _ONE_MODEL,
        "row.expand(len(beam), -1) → row.expand(len(memory), -1)": _ONE_MODEL,
        "row.expand(len(beam), -1) → row.expand(len(row), -1)": _ONE_MODEL,
        "(total + step, [*tokens, v]) → (step + total, [*tokens, v])": _ORDER,
        "5 + len(tokens) - 1 → len(tokens) + 5 - 1": _ORDER,
        "-1 → 1": _LAST_OF_TWO,
        "best_of(source[i:i + 1], memory[i:i + 1]) → best_of(source[i:1 + i], memory[i:i + 1])": _ORDER,
        "best_of(source[i:i + 1], memory[i:i + 1]) → best_of(source[i:i + 1], memory[i:1 + i])": _ORDER,
    },
    "bleu": {
        "zip(candidates, references, strict=True) → zip(candidates, references)": _ZIP,
        "zip(candidates, references, strict=True) → zip(candidates, references) (2)": _ZIP,
        "zip(shared, there, strict=True) → zip(shared, there)": _ZIP,
        "True → False": _ZIP,
        "True → False (2)": _ZIP,
        "True → False (3)": _ZIP,
        "100 * min(1.0, math.exp(1 - r / c)) * precision → precision * (100 * min(1.0, math.exp(1 - r / c)))": _ORDER,
        "100 * min(1.0, math.exp(1 - r / c)) → min(1.0, math.exp(1 - r / c)) * 100": _ORDER,
        "min(1.0, math.exp(1 - r / c)) → min(math.exp(1 - r / c), 1.0)": _ORDER,
        "([0] * 4, [0] * 4) → (4 * [0], [0] * 4)": _ORDER,
        "([0] * 4, [0] * 4) → ([0] * 4, 4 * [0])": _ORDER,
        "runs(candidate, n) & most → most & runs(candidate, n)": _ORDER,
        "len(tokens) - n + 1 → 1 + (len(tokens) - n)": _ORDER,
        "tuple(tokens[i:i + n]) → tuple(tokens[i:n + i])": _ORDER,
        "shared[n - 1] → shared[1 - n]": _INDEX,
        "shared[n - 1] → shared[n - 2]": _INDEX,
        "there[n - 1] → there[1 - n]": _INDEX,
        "there[n - 1] → there[n - 2]": _INDEX,
        "len(reference) - len(candidate) → len(candidate) - len(reference)": _ORDER,
    },
}
