"""Right classes that answer wrongly where a training would notice: in a later call, in another mode, beside another.

Each does so in the same way for every class of the course, and loses points with every one.
"""

from __future__ import annotations

import copy

import pytest
import torch

from autograder.analysis.judging import bench_of
from autograder.exercises import find
from autograder.exercises.variants import reference
from tests.exercises.conftest import EXERCISES, SECRET

CLASSES = [
    exercise.name
    for exercise in EXERCISES
    if isinstance(right := reference(find(exercise.name)[0])[exercise.name], type)
    and issubclass(right, torch.nn.Module)
]


def detached(answer):
    return tuple(map(detached, answer)) if isinstance(answer, tuple) else answer.detach()


def zeros(answer):
    return tuple(map(zeros, answer)) if isinstance(answer, tuple) else answer * 0


def the_first_answer_for_ever(right):
    class Changed(right):
        def forward(self, *inputs, **options):
            if "first" not in self.__dict__:
                self.__dict__["first"] = super().forward(*inputs, **options)
            return self.__dict__["first"]

    return Changed


def the_first_weights_for_ever(right):
    class Changed(right):
        def forward(self, *inputs, **options):
            if "first" not in self.__dict__:
                self.__dict__["first"] = copy.deepcopy(self)
            return right.forward(self.__dict__["first"], *inputs, **options)

    return Changed


def the_newest_answers_for_all(right):
    class Changed(right):
        newest = []

        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            self.newest[:] = [self]

        def forward(self, *inputs, **options):
            return right.forward(self.newest[0], *inputs, **options)

    return Changed


def nothing_in_training(right):
    class Changed(right):
        def forward(self, *inputs, **options):
            answer = super().forward(*inputs, **options)
            return zeros(answer) if self.training else answer

    return Changed


def no_gradient_in_training(right):
    class Changed(right):
        def forward(self, *inputs, **options):
            answer = super().forward(*inputs, **options)
            return detached(answer) if self.training else answer

    return Changed


def no_gradient_unless_an_input_asks(right):
    class Changed(right):
        def forward(self, *inputs, **options):
            answer = super().forward(*inputs, **options)
            return answer if any(tensor.requires_grad for tensor in inputs if tensor is not None) else detached(answer)

    return Changed


ABOUT_WEIGHTS = (the_first_weights_for_ever, no_gradient_unless_an_input_asks)
ALL = (
    *ABOUT_WEIGHTS,
    the_first_answer_for_ever,
    the_newest_answers_for_all,
    nothing_in_training,
    no_gradient_in_training,
)


def test_all_classes_are_here():
    assert len(CLASSES) == 10


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_that_could_not_be_trained_loses_points(name):
    bench, right = bench_of(name, SECRET), reference(find(name)[0])
    full = []
    for changed in ALL:
        if changed in ABOUT_WEIGHTS and name == "PositionalEncoding":  # it has none
            continue
        verdict = bench.judged(bench.outcomes(right | {name: changed(right[name])}))[0]
        full += [changed.__name__] if verdict.score == bench.exercise.max_score else []
    assert full == []
