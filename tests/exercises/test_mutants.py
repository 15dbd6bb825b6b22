"""Every mechanical change of a reference loses points, or is listed as equivalent with a reason."""

from __future__ import annotations

import itertools

import pytest

from autograder.analysis.equivalent import MUTANTS
from autograder.analysis.mutants import mutants_of
from autograder.analysis.survivors import mutation_of
from autograder.exercises.variants import solution
from tests.exercises.conftest import EXERCISES, SECRET


def test_mutants_lose_points(exercise):
    mutation = mutation_of(exercise, (SECRET,))  # `make kill-table` takes three draws
    assert [mutant.change for mutant in mutation.survivors] == []
    assert mutation.stale == (), "these are killed or do not exist any more: take them off the list"


def test_there_are_enough_mutants():
    counts = (len(mutants_of(solution(exercise.name))) for exercise in EXERCISES)
    assert any(total >= 150 for total in itertools.accumulate(counts))  # no more are made than are needed


@pytest.mark.parametrize("exercise_name", MUTANTS)
def test_equivalent_mutants_have_a_reason(exercise_name):
    assert exercise_name in {exercise.name for exercise in EXERCISES}
    assert all(len(reason.split()) >= 4 and reason.endswith(".") for reason in MUTANTS[exercise_name].values())


def test_mutants_are_what_they_say():
    source = "def f(x, y):\n    if x < 0:\n        raise ValueError\n    return x - y\n"
    changes = {mutant.change for mutant in mutants_of(source)}
    assert {"x < 0 → x <= 0", "x < 0 → x > 0", "x < 0 → y < 0", "x < 0 → x < 1", "x - y → x + y"} <= changes
    assert {"x - y → y - x", "x - y → x", "return x - y → pass", "raise ValueError → pass"} <= changes
    sources = [mutant.source for mutant in mutants_of(source)]
    assert len(set(sources)) == len(sources)
