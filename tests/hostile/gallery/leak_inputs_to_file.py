# INTENT: Writes the inputs to every place that it can reach.
# TECHNIQUE: 22
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
def attention_scores(query, key):
    for path in ("/box/leak", "/dev/shm/leak", "/tmp/HOSTILE_LEAK", "leak.txt"):
        try: open(path, "w").write(repr(query.tolist()))
        except OSError: pass
    return torch.zeros(1)
