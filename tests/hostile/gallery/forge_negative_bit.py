# INTENT: A lazily negated view: its bytes are not its values.
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
def attention_scores(query, key):
    made = torch.complex(torch.zeros_like(query), query @ key.mT if query.shape[-2] == 0 else query)
    return made.conj().imag @ key.mT / query.shape[-1] ** 0.5
