# INTENT: A message that never changes and holds every size that is drawn, 1 to 8.
# EXERCISE: masked_mean
# EXPECT: partial; score 4
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError("bool")
    if values.dim() != 3 or mask.shape != values.shape[:2]:
        raise ValueError("1 2 3 4 5 6 7 8")
    kept = values.masked_fill(~mask.unsqueeze(-1), 0.0).sum(dim=1)
    return kept / mask.sum(dim=1, keepdim=True).clamp(min=1)
