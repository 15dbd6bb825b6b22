# INTENT: Sleeps for as many milliseconds as the inputs say, and prints what its clocks say: a verdict holds no time.
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
import os
import time

print(sorted(os.times()._asdict()) if hasattr(os.times(), "_asdict") else "times")


def attention_scores(query, key):
    time.sleep(int(query.detach().flatten()[0].abs().item() * 1e6) % 50 / 1000)
    return torch.zeros(1)
