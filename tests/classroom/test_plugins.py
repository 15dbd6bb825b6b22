"""nbgrader's fail-open reading of scores, closed: whatever the verdict says, the points are ours."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade

from autograder.classroom.plugins import replayed


def booked(exercise: dict | None, points: float) -> float:
    about = {"grade": True, "solution": False, "grade_id": "test_x", "points": points, "locked": True}
    cell = new_code_cell("check(x)", metadata={"nbgrader": about}, outputs=replayed(exercise, points, 1))
    return determine_grade(cell)[0]


@given(st.floats(), st.floats(0, 100), st.text())
def test_nbgrader_reads_our_score_and_never_more_than_the_points(score, points, message):
    exercise = {"score": score, "message": message, "verdict": "wrong"}
    expected = min(max(score, 0.0), points) if math.isfinite(score) else 0.0
    assert booked(exercise, points) == expected


def test_an_exercise_without_a_verdict_is_booked_as_nothing():
    assert booked(None, 4.0) == 0.0
