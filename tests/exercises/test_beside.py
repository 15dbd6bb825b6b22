"""What an exercise needs of its neighbours is a stand-in: in check, and where stock nbgrader grades."""

from __future__ import annotations

from coach.checking import evaluate

from autograder.exercises import find
from autograder.exercises.variants import reference, solution
from autograder.judge.stock import grade


def written_beside_a_broken_decoder():
    """The right `cached_step`, in a notebook whose Decoder and KeyValueCache are not written yet."""
    namespace = reference("05_decoder") | {"Decoder": None, "KeyValueCache": None}
    exec(compile(solution("cached_step"), "<cell>", "exec"), namespace)
    return namespace["cached_step"]


def test_check_uses_stand_ins_for_the_neighbours():
    assert evaluate(written_beside_a_broken_decoder(), "").passed


def test_stock_nbgrader_gives_full_points_beside_a_broken_neighbour(capsys):
    assert grade("cached_step", written_beside_a_broken_decoder()) == find("cached_step")[1].max_score
    assert capsys.readouterr().out == ""
