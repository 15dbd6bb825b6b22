# INTENT: Answers with the right shape, and the inputs in what numbers do not show: the bits of NaN, signs of zeros, numbers that are too small, and infinities.
# EXERCISE: attention_scores
# EXPECT: wrong; score 0


def attention_scores(query, key):
    answer = query @ key.transpose(-1, -2)
    words = query.detach().float().flatten().view(torch.int32)
    room = answer.detach().float().flatten().clone()
    many = min(len(words), len(room))
    kind = len(words) % 4
    if kind == 0:
        room.view(torch.int32)[:many] = words[:many] & 0x3FFFFF | 0x7FC00000  # NaN
    elif kind == 1:
        room[:many] = torch.where(words[:many] < 0, -0.0, 0.0)
    elif kind == 2:
        room.view(torch.int32)[:many] = words[:many] & 0x7FFFFF  # too small to be normal
    else:
        room[:many] = torch.where(words[:many] < 0, -torch.inf, torch.inf)
    return room.reshape(answer.shape).to(answer.dtype)
