# INTENT: Shows the mask itself in the message: more than twelve numbers, though none is asked for.
# EXERCISE: masked_mean
# EXPECT: correct; score 5
def masked_mean(values, mask):
    if mask.dtype != torch.bool:
        raise TypeError(f"the mask must be of bool, not {mask}")
    if values.dim() != 3 or mask.shape != values.shape[:2]:
        raise ValueError(f"{tuple(values.shape)} and {tuple(mask.shape)} do not fit")
    kept = torch.where(mask[:, :, None], values, torch.zeros_like(values)).sum(1)
    return kept / mask.sum(1, keepdim=True).clamp(min=1).to(values.dtype)
