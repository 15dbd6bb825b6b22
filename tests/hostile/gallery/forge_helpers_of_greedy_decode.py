# INTENT: Calls the search that the stand-in of greedy_decode may be made of.
# EXERCISE: beam_search
# EXPECT: error or wrong; score 0
def beam_search(model, source, start_id, end_id, max_length, beam_size, length_penalty):
    return greedy_decode.__globals__["beam_search"](model, source, start_id, end_id, max_length, beam_size, length_penalty)
