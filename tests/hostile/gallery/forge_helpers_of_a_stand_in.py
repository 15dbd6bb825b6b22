# INTENT: Takes the search that a later exercise asks for from the globals of a stand-in that is already there.
# EXERCISE: beam_search
# EXPECT: error or wrong; score 0
def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    search = warmup_learning_rate.__globals__["_search"]
    rows = [search(model, row[None], start_id, end_id, max_length, beam_size, length_penalty) for row in source]
    return nn.utils.rnn.pad_sequence([r for r, _ in rows], batch_first=True), torch.stack([s for _, s in rows])
