# INTENT: The tensor that was returned changes for ever in the background, in the hope to be right when it is read.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0 or 1
import threading, time
answers = []
def turn():
    while True:
        for answer in answers:
            answer.random_(0, 2)
        time.sleep(0)
threading.Thread(target=turn, daemon=True).start()
def causal_mask(length):
    answers.append(torch.zeros(length, length, dtype=torch.bool))
    return answers[-1]
