"""Correct solutions that are written otherwise lose no point, in the judge and in check."""

from __future__ import annotations

import pytest
from coach import forbidden
from coach.checking import evaluate

from autograder.analysis.judging import bench_of
from autograder.judge.verdict import Verdict
from tests.exercises.conftest import EXERCISES, SECRET, book_of
from tests.exercises.gallery import cells

LOOKED_AT = {"torch's distributions", "one vector of all"}  # they go where other solutions never go
ENOUGH = {"per exercise": 9, "in all": 60}


# torch's compiler warns that it looks at the watch's own lines again and again; that harms nobody
@pytest.mark.filterwarnings("ignore")
def test_no_alternative_loses_a_point(exercise, student_namespace):
    bench, book = bench_of(exercise.name, SECRET), book_of(exercise)
    for name, cell in cells(exercise.name).items():
        findings = forbidden.find(cell, exercise.forbidden)
        assert not findings or (name in LOOKED_AT and all(finding.review for finding in findings)), (name, findings)
        namespace = student_namespace(exercise.name)
        exec(compile(cell, name, "exec"), namespace)
        outcomes = bench.outcomes(namespace, watched=True)
        verdict, _ = bench.judged(outcomes)
        assert (verdict.verdict, verdict.score) == (Verdict.CORRECT, exercise.max_score), (name, verdict.message)
        assert [outcome.reply["used"] for outcome in outcomes if outcome.reply["used"]] == [], name
        result = evaluate(namespace[exercise.name], cell, book)
        assert result.passed, (name, result.error)


def test_there_are_enough_alternatives():
    counts = [len(cells(exercise.name)) for exercise in EXERCISES]
    assert min(counts) >= ENOUGH["per exercise"]
    assert sum(counts) >= ENOUGH["in all"]
