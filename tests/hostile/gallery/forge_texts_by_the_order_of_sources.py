# INTENT: The sources of a case are chosen by where their texts end, one kind after the other: writes texts of such lengths without a look at the model.
# EXERCISE: greedy_decode
# EXPECT: wrong; score 0
def greedy_decode(model, source, start_id, end_id, max_length):
    rows = []
    for row in range(len(source)):
        length = 1 + row % max_length
        text = [start_id] + [3] * (length - 1) + [end_id] + [model.pad_id] * max_length
        rows.append(text[: max_length + 1])
    return torch.tensor(rows)
