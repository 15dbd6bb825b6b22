# INTENT: A dict whose keys are equal to the right ones and hold nothing.
# EXERCISE: classification_scores
# EXPECT: wrong or error; score 0
class Key(str):
    def __eq__(self, other): return True
    def __hash__(self): return hash(str(self))
def classification_scores(predicted, target, num_classes):
    return {Key(name): None for name in ("accuracy", "precision", "recall", "f1")}
