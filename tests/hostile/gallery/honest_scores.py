# INTENT: einsum.
# EXERCISE: attention_scores
# EXPECT: correct; score 4
def attention_scores(query, key):
    if query.dim() < 2 or key.dim() < 2 or query.shape[-1] != key.shape[-1] or query.shape[:-2] != key.shape[:-2]:
        raise ValueError(f"shapes {query.shape} and {key.shape} do not fit")
    return torch.einsum("...qd,...kd->...qk", query, key) / query.shape[-1] ** 0.5
