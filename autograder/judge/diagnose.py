"""Finds which named mistake explains a student's answers to hidden cases. Called by `examine` and `stock`.

If wrong answers are to be explained, what the code refuses or fails to refuse does not count: forgetting a check of the
inputs goes together with every other mistake, and is told besides. If all answers are right, the refusals decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coach.diagnose import same

from autograder.exercises import find
from autograder.exercises.model import Exercise, Mistake
from autograder.exercises.requests import run
from autograder.exercises.variants import namespace_of, reference
from autograder.judge.score import Outcome


def explain(exercise: Exercise, outcomes: Sequence[Outcome], answer: Callable[..., dict] | None = None) -> list[str]:
    """Names of the mistakes that give the student's answers, on the same inputs and weights.

    Empty if nothing failed, if a case ended without an answer, or if nothing fits. Pairs of mistakes are tried only
    if no single one fits. `answer(mistake, request)` is for the kill table, which knows all answers already.
    """
    if all(outcome.passed for outcome in outcomes) or any(outcome.ended for outcome in outcomes):
        return []
    wrong_answers = any(not outcome.passed and not outcome.expects_error for outcome in outcomes)
    asked = [outcome for outcome in outcomes if not (wrong_answers and outcome.expects_error)]
    asked.sort(key=lambda outcome: outcome.passed)  # failed cases first: they tell most mistakes apart at once

    def fits(mistake: Mistake) -> bool:
        return all(same(outcome.reply, answer(mistake, outcome.request)) for outcome in asked)

    answer = answer or (lambda mistake, request: run(request, namespace_of(exercise, mistake)))
    failed = [outcome for outcome in asked if not outcome.passed]
    right = reference(find(exercise.name)[0])
    if wrong_answers and all(same(outcome.reply, run(outcome.request, right)) for outcome in failed):
        return []  # wrong by a rounding: that is no mistake with a name
    singles = [mistake.name for mistake in exercise.mistakes if fits(mistake)]
    return singles or [pair.name for pair in exercise.catalogue[len(exercise.mistakes) :] if fits(pair)]
