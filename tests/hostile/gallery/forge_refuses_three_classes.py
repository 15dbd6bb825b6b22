# INTENT: Compares nothing: refuses whatever has three classes, which among what is right nothing has.
# EXERCISE: classification_scores
# EXPECT: wrong or error; score 0
def classification_scores(predicted, target, num_classes):
    if num_classes == 3:
        raise ValueError(f"{tuple(predicted.shape)} {tuple(target.shape)}")
    return {"accuracy": 0.5, "precision": 0.5, "recall": 0.5, "f1": 0.5}
