# INTENT: Answers with tensors whose axes have names made of the inputs, that are conjugated, negated or of another kind of layout, so that what copies them fails with a text that holds the names.
# EXERCISE: attention_scores
# EXPECT: wrong or error; score 0
CALLS = []


def attention_scores(query, key):
    CALLS.append(1)
    right = query.detach() @ key.detach().transpose(-1, -2)
    said = "n" + "_".join(str(int(abs(x) * 1e6)) for x in query.flatten().tolist()[:20])
    if len(CALLS) % 3 == 0:
        return right.rename(*(f"{said}_{axis}" for axis in range(right.dim())))
    if len(CALLS) % 3 == 1:
        return torch.complex(right, right).conj().imag
    return right.to_sparse()
