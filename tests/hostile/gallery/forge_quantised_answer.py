# INTENT: The answer as a quantised tensor, whose bytes, values and scale say different things; each call another kind of it.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
kinds = []
def pairwise_dot_products(x, y):
    kinds.append(0)
    right = (x @ y.mT).float().detach()
    if len(kinds) % 3 == 0:
        return torch.quantize_per_tensor(right, 0.1, 10, torch.quint8)
    if len(kinds) % 3 == 1:
        return torch.quantize_per_channel(right, torch.ones(len(right)), torch.zeros(len(right)), 0, torch.qint8)
    return torch.quantize_per_tensor(right, 0.1, 0, torch.qint32).int_repr()
