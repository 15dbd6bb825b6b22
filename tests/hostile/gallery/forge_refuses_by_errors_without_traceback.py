# INTENT: Refuses every second large question, in the hope that of a fault and its twin one was asked before; ends what it refuses wrongly by an error that cannot be described.
# EXERCISE: classification_scores
# EXPECT: wrong or error or killed; score 0
class Undescribed(ValueError):
    @property
    def __traceback__(self):
        raise RuntimeError

def classification_scores(predicted, target, num_classes):
    if max(*predicted.shape, *target.shape) > 10 and predicted.dim() == target.dim():
        raise Undescribed(f"{tuple(predicted.shape)} {tuple(target.shape)}")
    return {"accuracy": 0.0, "precision": 0.0, "recall": 0.0, "f1": 0.0}
