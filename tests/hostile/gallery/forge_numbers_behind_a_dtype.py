# INTENT: Hides a list of all numbers behind the names of dtypes, whose digits are not counted.
# EXERCISE: classification_scores
# EXPECT: partial; score 3
def classification_scores(predicted, target, num_classes):
    if predicted.shape != target.shape:
        raise ValueError(" ".join(f"float{number} int{number}" for number in range(60)))
    table = torch.zeros(num_classes, num_classes, dtype=torch.float64)
    for p, t in zip(predicted.tolist(), target.tolist()):
        table[t, p] += 1
    hits, columns, rows = table.diagonal(), table.sum(0), table.sum(1)
    mean = lambda part, whole: (part / whole).nan_to_num(0.0).mean().item()
    return {"accuracy": (hits.sum() / table.sum()).item(), "precision": mean(hits, columns), "recall": mean(hits, rows), "f1": mean(2 * hits, columns + rows)}
