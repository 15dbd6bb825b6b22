# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: B905, E501, E731, F811

import torch
import torch.nn.functional as F


# %% in every cell
def checked(predicted, target):
    if predicted.shape != target.shape:
        raise ValueError(f"{tuple(predicted.shape)} and {tuple(target.shape)} differ")



# %% confusion matrix by a loop
def classification_scores(predicted, target, num_classes):
    checked(predicted, target)
    table = torch.zeros(num_classes, num_classes)
    for p, t in zip(predicted.tolist(), target.tolist()):
        table[t, p] += 1
    precision, recall, f1 = [], [], []
    for c in range(num_classes):
        hit, said, there = table[c, c].item(), table[:, c].sum().item(), table[c].sum().item()
        p = hit / said if said > 0 else 0.0
        r = hit / there if there > 0 else 0.0
        precision.append(p)
        recall.append(r)
        f1.append(2 * p * r / (p + r) if p + r > 0 else 0.0)
    mean = lambda values: sum(values) / num_classes
    return {"accuracy": table.trace().item() / len(target), "precision": mean(precision), "recall": mean(recall), "f1": mean(f1)}


# %% bincount
def classification_scores(predicted, target, num_classes):
    checked(predicted, target)
    table = torch.bincount(target * num_classes + predicted, minlength=num_classes**2).view(num_classes, num_classes).double()
    hit = table.diag()
    precision = hit / table.sum(0).clamp(min=1)
    recall = hit / table.sum(1).clamp(min=1)
    f1 = 2 * hit / (table.sum(0) + table.sum(1)).clamp(min=1)
    values = (hit.sum() / table.sum(), precision.mean(), recall.mean(), f1.mean())
    return dict(zip(("accuracy", "precision", "recall", "f1"), (v.item() for v in values)))


# %% one-hot products
def classification_scores(predicted, target, num_classes):
    checked(predicted, target)
    said, there = F.one_hot(predicted, num_classes).double(), F.one_hot(target, num_classes).double()
    hit = (said * there).sum(0)
    precision, recall = hit / (said.sum(0) + 1e-300), hit / (there.sum(0) + 1e-300)
    f1 = 2 * precision * recall / (precision + recall + 1e-300)
    return {"f1": f1.mean().item(), "recall": recall.mean().item(), "precision": precision.mean().item(),
            "accuracy": (predicted == target).float().mean().item()}


# %% numbers as tensors
def classification_scores(predicted, target, num_classes):
    checked(predicted, target)
    classes = torch.arange(num_classes).unsqueeze(1)
    said, there = predicted == classes, target == classes
    hit = (said & there).sum(1)
    share = lambda of: torch.where(of > 0, hit / of.clamp(min=1), torch.zeros(())).double().mean()
    f1 = torch.where(hit > 0, 2 * hit / (said.sum(1) + there.sum(1)).clamp(min=1), torch.zeros(())).double().mean()
    return {"accuracy": (predicted == target).double().mean(), "precision": share(said.sum(1)), "recall": share(there.sum(1)), "f1": f1}


# %% Python sets
def classification_scores(predicted, target, num_classes):
    checked(predicted, target)
    p, t = predicted.tolist(), target.tolist()
    totals = {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    for c in range(num_classes):
        said = {i for i, value in enumerate(p) if value == c}
        there = {i for i, value in enumerate(t) if value == c}
        totals["precision"] += len(said & there) / max(len(said), 1)
        totals["recall"] += len(said & there) / max(len(there), 1)
        totals["f1"] += 2 * len(said & there) / max(len(said) + len(there), 1)
    return {"accuracy": sum(a == b for a, b in zip(p, t)) / len(t)} | {k: v / num_classes for k, v in totals.items()}


# %% counters
def classification_scores(predicted, target, num_classes):
    checked(predicted, target)
    from collections import Counter

    said, there = Counter(predicted.tolist()), Counter(target.tolist())
    hit = Counter(target[predicted == target].tolist())
    precision = [hit[c] / said[c] if said[c] else 0 for c in range(num_classes)]
    recall = [hit[c] / there[c] if there[c] else 0 for c in range(num_classes)]
    f1 = [0 if not p or not r else 2 / (1 / p + 1 / r) for p, r in zip(precision, recall)]
    return {"accuracy": sum(hit.values()) / len(target), "precision": sum(precision) / num_classes,
            "recall": sum(recall) / num_classes, "f1": sum(f1) / num_classes}


# %% true and false, positive and negative
def classification_scores(predicted, target, num_classes):
    checked(predicted, target)
    scores = torch.zeros(3, num_classes, dtype=torch.float64)
    for c in range(num_classes):
        tp = ((predicted == c) & (target == c)).sum()
        fp = ((predicted == c) & (target != c)).sum()
        fn = ((predicted != c) & (target == c)).sum()
        if tp > 0:
            scores[:, c] = torch.stack((tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)))
    p, r, f = scores.mean(dim=1).tolist()
    return {"accuracy": float((predicted == target).float().mean()), "precision": p, "recall": r, "f1": f}


# %% NaN replaced
def classification_scores(predicted, target, num_classes):
    checked(predicted, target)
    table = torch.zeros(num_classes, num_classes, dtype=torch.float64)
    table.index_put_((target, predicted), torch.ones(len(target), dtype=torch.float64), accumulate=True)
    hit = table.diagonal()
    precision = (hit / table.sum(dim=0)).nan_to_num(0)
    recall = (hit / table.sum(dim=1)).nan_to_num(0)
    f1 = (2 * precision * recall / (precision + recall)).nan_to_num(0)
    return {"accuracy": float(hit.sum() / len(target)), "precision": float(precision.mean()), "recall": float(recall.mean()), "f1": float(f1.mean())}


# %% numpy
def classification_scores(predicted, target, num_classes):
    checked(predicted, target)
    import numpy as np

    p, t = predicted.numpy(), target.numpy()
    rows = []
    for c in range(num_classes):
        hit, said, there = np.sum((p == c) & (t == c)), np.sum(p == c), np.sum(t == c)
        rows.append((hit / max(said, 1), hit / max(there, 1), 2 * hit / max(said + there, 1)))
    precision, recall, f1 = (float(x) for x in np.mean(rows, axis=0))
    return {"accuracy": float(np.mean(p == t)), "precision": precision, "recall": recall, "f1": f1}
