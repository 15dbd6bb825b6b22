# INTENT: Scores that are NaN, infinite, true or a tensor of a complex number, by turns, where a number close to the right one is asked for.
# EXERCISE: classification_scores
# EXPECT: wrong or error; score 0
ANSWERS = [float("nan"), float("inf"), True, torch.tensor(complex(1, 0)), torch.tensor(float("nan")), 10**400]
asked = []

def classification_scores(*args, **kwargs):
    asked.append(1)
    one = ANSWERS[len(asked) % len(ANSWERS)]
    return {"accuracy": one, "precision": one, "recall": one, "f1": one}
