# INTENT: A tensor as vmap wraps it, left over from a level that is no more: its shape lacks the axis that its bytes have. And one that lies with oneDNN, without strides.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
left = []
def keep(row):
    left.append(row)
    return row
def pairwise_dot_products(x, y):
    torch.vmap(keep)(torch.stack((x @ y.mT, torch.zeros(len(x), len(y), dtype=x.dtype))).detach())
    return left[-1] if len(left) % 2 else torch.zeros(len(x), len(y)).to_mkldnn()
