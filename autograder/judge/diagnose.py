"""Finds which named mistake explains a student's answers to hidden cases. Called by `examine` and the kill table."""

from __future__ import annotations

from coach.diagnose import named

from autograder.exercises.model import Exercise
from autograder.exercises.requests import run
from autograder.exercises.variants import namespace_of
from autograder.judge.score import Outcome


def explain(exercise: Exercise, outcomes: list[Outcome]) -> list[str]:
    """Names of the mistakes that give the student's answer in every case, on the same inputs and weights.

    Empty if nothing failed, if a case ended without an answer, or if no mistake fits.
    """
    if all(outcome.passed for outcome in outcomes) or any(outcome.ended for outcome in outcomes):
        return []
    replies = [outcome.reply for outcome in outcomes]
    variants = {
        mistake.name: [run(outcome.request, namespace_of(exercise, mistake)) for outcome in outcomes]
        for mistake in exercise.mistakes
    }
    return named(replies, variants)
