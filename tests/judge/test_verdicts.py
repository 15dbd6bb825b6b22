"""Judging whole notebooks in sealed kernels: every bad input has its verdict, and the others' points stand."""

from __future__ import annotations

import dataclasses
import json

import pytest

from autograder.classroom.journal import MAX_VERDICT_BYTES
from autograder.course import released
from autograder.exercises.variants import solution
from autograder.judge import run
from autograder.judge.graft import grade_id, is_solution
from autograder.judge.run import judge_notebook
from autograder.judge.verdict import ExerciseVerdict, JudgeError, Verdict, cut
from autograder.kernels import KernelFailure, Limits, PlainKernels, WarmKernels

LESSON = "01_attention"
LIMITS = dataclasses.replace(Limits(), call_s=2.0, cell_s=3.0, notebook_s=30.0, grace_s=0.3)
MASK = "causal_mask"


@pytest.fixture(scope="module")
def kernels():
    with WarmKernels(LIMITS) as factory:
        yield factory


def solved(**changes: str) -> dict:
    notebook = released(LESSON)
    for cell in notebook["cells"]:
        if is_solution(cell):
            cell["source"] = changes.get(grade_id(cell), solution(grade_id(cell)))
    return notebook


def judged(notebook: dict, folder, factory) -> dict:
    path = folder / f"{LESSON}.ipynb"
    path.write_text(json.dumps(notebook))
    return judge_notebook(path, LESSON, "s", b"secret", factory, LIMITS).to_json()


def of(name: str, submission: dict) -> dict:
    return next(item for item in submission["exercises"] if item["name"] == name)


@pytest.mark.parametrize(
    ("source", "verdict", "words"),
    [
        ("", "missing", "Nothing is written"),
        ("def causal_mask(length)\n    return 1", "error", "not valid Python"),
        ("x = 1", "missing", "does not define"),
        ("def causal_mask(length): raise NotImplementedError", "missing", "NotImplementedError"),
        ("def causal_mask(length): return None", "wrong", "another type"),
        ("def causal_mask(length): return torch.ones(length, dtype=torch.bool)", "wrong", "shape"),
        ("def causal_mask(length): return torch.ones(length, length).tril().int()", "wrong", "bool"),
        ("def causal_mask(length): raise IndexError('x')", "error", "IndexError"),
        ("def causal_mask(length): raise NotImplementedError('by torch')", "error", "NotImplementedError"),
        ("def causal_mask(length): return helper(length)", "error", "NameError"),
        ("def causal_mask(length):\n    while True: pass", "timeout", "seconds"),
        ("while True: pass", "timeout", "seconds"),
        ("import os\ndef causal_mask(length): os._exit(3)", "killed", "ended"),
        ("import os\nos._exit(3)", "killed", "ended"),
        ("def causal_mask(length): return bytearray(3 << 30)", "memory", "GB"),
        ("from coach.standins.attention import causal_mask", "forbidden", "coach"),
    ],
)
def test_each_fault_has_its_verdict_and_one_clear_sentence(source, verdict, words, tmp_path, kernels):
    submission = judged(solved(causal_mask=source), tmp_path, kernels)
    got = of(MASK, submission)
    assert got["verdict"] == verdict, got
    assert words in got["message"] and "\n" not in got["message"]
    assert got["score"] == 0
    assert submission["score"] == submission["max_score"] - got["max_score"], "the others' points stand"


def test_ten_megabytes_of_print_cost_nothing(tmp_path, kernels):
    source = solution(MASK) + "\nfor _ in range(100): print('x' * 50_000)\n"
    assert judged(solved(causal_mask=source), tmp_path, kernels)["score"] == 20


def test_a_right_notebook_has_full_marks_and_an_untouched_one_none(tmp_path, kernels):
    right = judged(solved(), tmp_path, kernels)
    assert (right["score"], right["status"]) == (20, "graded")
    assert {item["verdict"] for item in right["exercises"]} == {"correct"}
    blank = judged(released(LESSON), tmp_path, kernels)
    assert blank["score"] == 0 and {item["verdict"] for item in blank["exercises"]} == {"missing"}


def test_a_failed_exercise_does_not_cost_the_later_ones(tmp_path, kernels):
    changes = {"stable_softmax": "def stable_softmax(scores, dim=-1): return scores * 0", "attention_scores": "1 / 0"}
    submission = judged(solved(**changes), tmp_path, kernels)
    assert of("scaled_dot_product_attention", submission)["verdict"] == "correct"
    assert of("stable_softmax", submission)["verdict"] == "wrong"
    assert of("attention_scores", submission)["verdict"] == "error"


def test_a_mistake_is_named(tmp_path, kernels):
    source = solution("scaled_dot_product_attention").replace("attention_scores(query, key)", "query @ key.mT")
    got = of("scaled_dot_product_attention", judged(solved(scaled_dot_product_attention=source), tmp_path, kernels))
    assert got["mistake"] == "no_scale" and "√d_k" in got["message"]


def test_plain_kernels_judge_ones_own_notebook_in_the_same_way(tmp_path):
    factory = PlainKernels(LIMITS)
    try:
        got = judged(solved(causal_mask="def causal_mask(length): return None"), tmp_path, factory)
    finally:
        factory.close()
    assert got["score"] == 17 and of(MASK, got)["verdict"] == "wrong"


def test_the_machines_fault_is_never_the_students(tmp_path):
    class NoMachine:
        def open(self, coach: bool = True):
            raise KernelFailure("no memory left")

        def close(self) -> None:
            pass

    with pytest.raises(JudgeError, match="no memory left"):
        judged(solved(), tmp_path, NoMachine())


def test_a_verdict_stays_small_enough_to_be_read_whatever_letters_it_repeats():
    remark = "\U00020000" * 5_000
    exercise = ExerciseVerdict("f", Verdict.WRONG, 0.0, 4.0, remark, review=(remark,) * 500)
    assert len(json.dumps([exercise.to_json()] * 10)) < MAX_VERDICT_BYTES
    assert cut("short") == "short" and cut("x" * 2_000).startswith("xxx")
    assert cut("half \ud800, \x1b[2J, \u202e") == "half \ufffd, \ufffd[2J, \ufffd"


def test_changed_work_is_asked_something_else_and_the_same_work_the_same(monkeypatch):
    """Also if the change is in a cell that is not judged: it runs, and can bring what was found out before."""

    def drawn_for(student: str, note: str) -> str:
        seen: list[str] = []
        monkeypatch.setattr(run, "judge_sources", lambda *of: seen.append(of[3]) or ())
        work = solved()
        work["cells"].append({"cell_type": "markdown", "metadata": {}, "source": note})
        run.judge_bytes(json.dumps(work).encode(), "w.ipynb", LESSON, student, b"secret", kernels=None)
        return seen[0]

    assert drawn_for("a", "one") == drawn_for("a", "one")
    assert len({drawn_for("a", "one"), drawn_for("a", "two"), drawn_for("b", "one")}) == 3
