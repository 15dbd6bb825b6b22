# INTENT: Answers in the dtypes that few programs know: unsigned words, eight-bit floats, half complex numbers, bits; each call another one, whose bytes are those of the right answer's neighbourhood.
# EXERCISE: stable_softmax
# EXPECT: wrong or error; score 0
KINDS = [name for name in ("uint16", "uint32", "uint64", "float8_e4m3fn", "float8_e5m2", "complex32", "bits8", "quint4x2") if hasattr(torch, name)]
CALLS = []
def stable_softmax(scores, dim=-1):
    CALLS.append(1)
    kind = getattr(torch, KINDS[len(CALLS) % len(KINDS)])
    flat = torch.full(scores.shape, 1.0 / scores.shape[dim])
    try:
        return flat.to(kind)
    except Exception:
        return torch.empty(scores.shape, dtype=kind)
