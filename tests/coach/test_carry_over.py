"""Carry-over: what passes is saved as the learner wrote it, comes back, and never stands in anybody's way."""

import pytest
import torch
from coach import carry_over, check
from coach.carrying import collect
from coach.course import LESSONS
from coach.show import Misuse

from autograder.exercises.variants import solution


def solve(run_cell, *names, before="", after=""):
    for name in names:
        check(run_cell(before + solution(name) + after)[name])


def test_a_passed_exercise_comes_back_as_the_learners_own(run_cell, home, capsys):
    solve(run_cell, "causal_mask", before="# mine\nANSWER = 42\n")
    attention = carry_over("attention")
    text = capsys.readouterr().out
    assert "1 of 5 exercises are your own code" in text
    assert "stand-in (not passed yet)" in text
    assert attention.causal_mask.__code__.co_filename == "<attention: causal_mask>"
    assert torch.equal(attention.causal_mask(3), torch.ones(3, 3).tril().bool())
    saved = (home / "attention.py").read_text("utf-8")
    assert "# mine\nANSWER = 42\ndef causal_mask" in saved and "import torch.nn.functional as F" in saved


def test_the_saved_file_keeps_the_lessons_order_and_replaces_one_exercise(run_cell, home):
    solve(run_cell, "causal_mask", "stable_softmax", "attention_scores")
    solve(run_cell, "causal_mask", before="# second version\n")
    saved = (home / "attention.py").read_text("utf-8")
    order = [line.split(": ")[1].split()[0] for line in saved.splitlines() if line.startswith("# ==== exercise")]
    assert order == ["stable_softmax", "attention_scores", "causal_mask"]
    assert saved.count("# second version") == 1 and saved.count("def causal_mask") == 1
    exec(compile(saved, "attention.py", "exec"), {})  # it is a module that runs on its own
    assert not list(home.glob("*.tmp")) and not list(home.glob(".*.tmp"))


def test_prints_and_checks_of_a_cell_are_not_carried_over(run_cell, home):
    solve(run_cell, "causal_mask", after="\nprint(causal_mask(2))\nshown = causal_mask(2); print(shown)\n")
    saved = (home / "attention.py").read_text("utf-8")
    assert "print(causal_mask(2))" not in saved
    assert "shown = causal_mask(2); print(shown)" in saved  # what shares a line with a definition stays


def test_a_later_exercise_uses_the_learners_own_earlier_one(run_cell):
    run_cell(solution("attention_scores"))
    solve(run_cell, "stable_softmax", "scaled_dot_product_attention", before="# own\n")
    attention, whose = collect("attention")
    scope = attention.scaled_dot_product_attention.__globals__
    assert scope["stable_softmax"] is attention.stable_softmax
    assert whose["stable_softmax"] == "" and whose["attention_scores"] == "not passed yet"
    query, value = torch.randn(2, 4, 3), torch.randn(2, 4, 5)
    torch.testing.assert_close(
        attention.scaled_dot_product_attention(query, query, value)[0],
        torch.nn.functional.scaled_dot_product_attention(query, query, value),
    )


def test_one_broken_cell_is_replaced_and_the_others_stay(run_cell, home):
    solve(run_cell, "causal_mask", "padding_mask")
    path = home / "attention.py"
    path.write_text(path.read_text("utf-8").replace("def padding_mask(", "def padding_mask(:"), "utf-8")
    attention, whose = collect("attention")
    assert whose["causal_mask"] == "" and whose["padding_mask"].startswith("your saved code raises SyntaxError")
    assert attention.padding_mask(torch.tensor([1, 2]), 2).tolist() == [[[True, False]], [[True, True]]]


def test_an_unreadable_file_means_stand_ins(home):
    home.mkdir()
    (home / "attention.py").write_bytes(b"\xff\xfe\x00 not text")
    attention, whose = collect("attention")
    assert set(whose.values()) == {"not passed yet"}
    assert attention.causal_mask(2).tolist() == [[True, False], [True, True]]


def test_a_cell_that_leaves_the_program_does_not_take_the_lesson_with_it(home):
    home.mkdir()
    (home / "attention.py").write_text("# ==== exercise: causal_mask ====\nraise ValueError('no')\n", "utf-8")
    assert collect("attention")[1]["causal_mask"] == "your saved code raises ValueError: no"


@pytest.mark.parametrize("module", ["attentoin", "", None, 3])
def test_an_unknown_module_is_refused_with_the_known_ones(module):
    with pytest.raises(Misuse, match="'warmup', 'attention'"):
        carry_over(module)


def test_a_name_that_the_lesson_lacks_is_told():
    attention, _ = collect("attention")
    with pytest.raises(AttributeError, match="this lesson has no 'softmax'; it has stable_softmax, "):
        attention.softmax  # noqa: B018


@pytest.mark.parametrize("module", LESSONS.values())
def test_every_exercise_of_every_module_has_a_stand_in(module):
    from coach.course import lesson_of

    from autograder.exercises import get

    _, whose = collect(module)
    assert list(whose) == [exercise.name for exercise in get(lesson_of(module))]


def test_a_class_is_found_by_its_methods(run_cell):
    from coach.cell import source_of

    cell = "HIDDEN = 3\nclass Layer(nn.Module):\n    size: int = 2\n    def forward(self, x):\n        return x\n"
    assert source_of(run_cell(cell)["Layer"]) == cell
