"""Exercise `classification_scores` of lesson 4: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.encoder import headings
from autograder.exercises.model import Case, Exercise, Mistake, call, raises, refused

_CHECK = "if predicted.shape != target.shape:"
_PRECISION = "precisions.append(right / said if said else 0.0)"
_RECALL = "recalls.append(right / there if there else 0.0)"
_F1 = "f1s.append(2 * right / (said + there) if said + there else 0.0)"
_ACCURACY = '"accuracy": (predicted == target).double().mean().item(),'
_MEAN_P, _MEAN_R, _MEAN_F = (
    f'"{name}": sum({name if name == "f1" else name}s) / num_classes,' for name in ("precision", "recall", "f1")
)


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.SCORES, patches=patches)


_CLASSES = "for number in range(num_classes):"

MISTAKES = (
    _mistake(
        "f1_of_the_means",
        "F1 is computed from the mean precision and the mean recall.",
        "Macro F1 is the mean of the classes' F1: a class that fails must show.",
        (
            _MEAN_F,
            '"f1": 2 * sum(precisions) * sum(recalls) / max(sum(precisions) + sum(recalls), 1e-300) / num_classes,',
        ),
    ),
    _mistake(
        "f1_as_plain_mean",
        "F1 is the plain mean of precision and recall.",
        "It is the harmonic mean: if one of both is 0, so is F1.",
        (_F1, "f1s.append((precisions[-1] + recalls[-1]) / 2)"),
    ),
    _mistake(
        "f1_not_doubled",
        "The factor 2 of F1 is missing.",
        "With precision and recall both 1, F1 must be 1.",
        (_F1, "f1s.append(right / (said + there) if said + there else 0.0)"),
    ),
    _mistake(
        "micro",
        "The classes are thrown together before the shares are taken.",
        "Then precision, recall and F1 are all the accuracy. Macro means: per class, then the mean.",
        (_MEAN_P, '"precision": (predicted == target).double().mean().item(),'),
        (_MEAN_R, '"recall": (predicted == target).double().mean().item(),'),
        (_MEAN_F, '"f1": (predicted == target).double().mean().item(),'),
    ),
    _mistake(
        "precision_and_recall_swapped",
        "Precision and recall have changed places.",
        "Precision is about what was said, recall about what is there.",
        (_PRECISION, "precisions.append(right / there if there else 0.0)"),
        (_RECALL, "recalls.append(right / said if said else 0.0)"),
    ),
    _mistake(
        "only_classes_there",
        "Classes without a case are left out of the means.",
        "Every one of the num_classes counts, an empty one as 0.",
        (_MEAN_P, '"precision": sum(precisions) / len(set(target.tolist())),'),
        (_MEAN_R, '"recall": sum(recalls) / len(set(target.tolist())),'),
        (_MEAN_F, '"f1": sum(f1s) / len(set(target.tolist())),'),
    ),
    _mistake(
        "empty_counts_as_one",
        "A class without a case counts 1.",
        "Where a denominator is 0, the value is 0.",
        (_PRECISION, "precisions.append(right / said if said else 1.0)"),
        (_RECALL, "recalls.append(right / there if there else 1.0)"),
        (_F1, "f1s.append(2 * right / (said + there) if said + there else 1.0)"),
    ),
    _mistake(
        "empty_is_nan",
        "A class without a case makes the mean NaN.",
        "0 / 0 is NaN for tensors, and an error for Python's numbers: here the value is 0.",
        (_PRECISION, "precisions.append(right / said if said else math.nan)"),
        (_RECALL, "recalls.append(right / there if there else math.nan)"),
        (_F1, "f1s.append(2 * right / (said + there) if said + there else math.nan)"),
    ),
    _mistake(
        "weighted_by_size",
        "Large classes count more in the means.",
        "Macro means give every class the same weight, so that rare classes show.",
        (_PRECISION, "precisions.append(num_classes * there / len(target) * (right / said if said else 0.0))"),
        (_RECALL, "recalls.append(num_classes * there / len(target) * (right / there if there else 0.0))"),
        (
            _F1,
            "f1s.append(num_classes * there / len(target) * (2 * right / (said + there) if said + there else 0.0))",
        ),
    ),
    _mistake(
        "class_0_left_out",
        "Class 0 is not counted.",
        "Classes are numbered from 0.",
        (_CLASSES, "for number in range(1, num_classes):"),
    ),
    _mistake(
        "last_class_left_out",
        "The last class is not counted.",
        "range(num_classes) already ends before num_classes.",
        (_CLASSES, "for number in range(num_classes - 1):"),
    ),
    _mistake(
        "sums",
        "The values of the classes are added up, not averaged.",
        "A share lies between 0 and 1.",
        (_MEAN_P, '"precision": sum(precisions),'),
        (_MEAN_R, '"recall": sum(recalls),'),
        (_MEAN_F, '"f1": sum(f1s),'),
    ),
    _mistake(
        "accuracy_counts",
        "The accuracy is a number of cases, not a share.",
        "Divide by how many there are.",
        (_ACCURACY, '"accuracy": (predicted == target).double().sum().item(),'),
    ),
    _mistake(
        "percent",
        "The values are percentages.",
        "Numbers from 0 to 1 are asked for.",
        (_ACCURACY, '"accuracy": 100 * (predicted == target).double().mean().item(),'),
        (_MEAN_P, '"precision": 100 * sum(precisions) / num_classes,'),
        (_MEAN_R, '"recall": 100 * sum(recalls) / num_classes,'),
        (_MEAN_F, '"f1": 100 * sum(f1s) / num_classes,'),
    ),
    _mistake(
        "balanced_accuracy",
        "The accuracy is the mean recall.",
        "Accuracy counts cases: every one the same, whatever its class.",
        (_ACCURACY, '"accuracy": sum(recalls) / num_classes,'),
    ),
    _mistake(
        "unchecked",
        "Shapes that differ are not refused.",
        "Say so with a ValueError and both shapes; a comparison of (count,) with (count, 1) would be broadcast.",
        (_CHECK, "if False:"),
    ),
)


def _predictions(draw: Draw, num_classes: int, count: int, right: float) -> dict:
    """About a share `right` of right predictions, and classes of very different sizes."""
    target = (draw.integers(0, num_classes * num_classes, count).double().sqrt()).long()
    guess = draw.integers(0, num_classes, count)
    kept = draw.normal(count) < 2 * right - 1
    predicted = torch.where(kept, target, guess)
    # one wrong on purpose, so that precision and recall differ
    predicted[0], target[0] = (int(target[0]) + 1) % num_classes, int(target[0])
    return call(predicted, target, num_classes)


def _missing_classes(draw: Draw) -> dict:
    """A class that nobody names, one that never occurs, and one that neither does."""
    count = draw.integer(20, 30)
    target, predicted = draw.integers(0, 3, count), draw.integers(1, 5, count)
    target[:3], predicted[:3] = torch.tensor([0, 1, 2]), torch.tensor([4, 1, 1])
    return call(predicted.clamp(max=4), target, 7)


def _perfect(draw: Draw) -> dict:
    target = torch.cat((torch.arange(4), draw.integers(0, 4, 9)))
    return call(target.clone(), target, 4)


def _all_wrong(draw: Draw) -> dict:
    target = torch.cat((torch.arange(4), draw.integers(0, 4, 9)))
    return call((target + 1) % 4, target, 4)


def _one(draw: Draw, right: bool) -> dict:
    number = draw.integer(1, 3)
    return call(torch.tensor([number if right else 0]), torch.tensor([number]), 4)


def _other_shape(draw: Draw, axes: int = 1, fault: bool = True) -> dict:
    count, other = draw.pair(fault and axes == 1)
    shape = (count, 1) if fault and axes == 2 else (other,)
    step = call(draw.integers(0, 4, count), draw.integers(0, 4, *shape), draw.integer(4, 10))
    return raises(step, count, other, fault=fault)


CLASSIFICATION_SCORES = Exercise(
    name="classification_scores",
    points={"values": 2.0, "edges": 1.0, "errors": 1.0},
    section=headings.SCORES,
    cases=(
        Case("values", "half of them right", lambda draw: _predictions(draw, 4, 40, 0.6), public=True),
        Case("values", "many classes", lambda draw: _predictions(draw, 9, 150, 0.7)),
        Case("values", "two classes", lambda draw: _predictions(draw, 2, 30, 0.6)),
        Case("values", "most of them right", lambda draw: _predictions(draw, 5, 200, 0.9), public=True),
        Case("edges", "classes without a case", _missing_classes, public=True),
        Case("edges", "all right", _perfect),
        Case("edges", "all wrong", _all_wrong),
        Case("edges", "a single case, right", lambda draw: _one(draw, True)),
        Case("edges", "a single case, wrong", lambda draw: _one(draw, False)),
        *refused("different lengths", _other_shape, public=True),
        Case("errors", "a column of targets", lambda draw: _other_shape(draw, 2)),
    ),
    mistakes=MISTAKES,
    hints=(
        "For one class, count three numbers: how often it was predicted, how often it is there, and how often both.",
        "Precision divides the third number by the first, recall by the second. Mind a denominator of 0.",
        "Loop over range(num_classes), collect three lists, and take their plain means. F1 is twice the third number, "
        "divided by the sum of the first two.",
    ),
)
