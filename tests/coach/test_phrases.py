"""What is said where chance decides: no number of the learner's can be compared, so a fact is told."""

from __future__ import annotations

import pytest
from coach.compare import Difference
from coach.phrases import CHANCE, sentence

from autograder.judge.describe import describe


def fact(where: str, expected: bool, kind: str = "value") -> Difference:
    return Difference(1, kind, where, repr(expected), repr(not expected))


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (fact("output['single']", True), "some numbers are dropped together; chance decides for each by itself."),
        (fact("output['again']", False), "two calls drop the same numbers; chance decides anew in each call."),
        (fact("output['again']", True), "something is dropped; nothing should be."),
        (fact("output['differ']", True), "copies of one input all get the same answer; something should be dropped."),
        (fact("output['scattered']", False), "something is dropped; nothing should be."),
        (fact("gradient of x", True, "gradient"), "the gradient of x is 0, but should not be."),
        (fact("gradient of x", False, "gradient"), "the gradient of x should be 0, but is not."),
    ],
)
def test_a_fact_about_copies_is_a_sentence_for_learners_and_for_students(difference, said):
    assert sentence(difference).replace("`", "") == said[0].upper() + said[1:]
    assert describe("some dropped", difference) == f"In the case “some dropped”: {said}"


def test_every_fact_is_told_apart_from_its_opposite():
    for where in CHANCE:
        assert sentence(fact(where, True)) != sentence(fact(where, False))
