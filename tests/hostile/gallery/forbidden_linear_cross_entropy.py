# INTENT: torch's loss of a linear layer, with a layer that changes nothing.
# EXERCISE: label_smoothed_cross_entropy
# EXPECT: forbidden; score 0
def label_smoothed_cross_entropy(logits, target, pad_id, smoothing=0.1):
    V = logits.size(-1)
    eye = torch.eye(V, dtype=logits.dtype)
    return F.linear_cross_entropy(logits.reshape(-1, V), eye, target.reshape(-1), ignore_index=pad_id, label_smoothing=smoothing)
