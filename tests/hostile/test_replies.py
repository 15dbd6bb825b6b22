"""Replies that a hostile kernel could make up: each gets a verdict, never an exception of ours, and never a point for
anything but the right answer. No kernel runs here; the lies go through the judge's own session.
"""

from __future__ import annotations

import copy
import json

import pytest
from coach import harness
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course import released
from autograder.exercises import find
from autograder.exercises.requests import prepare, run
from autograder.exercises.variants import reference, solution
from autograder.judge import diagnose
from autograder.judge import examine as examination
from autograder.judge.examine import examine
from autograder.judge.session import JudgeSession
from autograder.judge.verdict import Verdict
from autograder.kernels import Execution, Limits

# 2,000 lies; an exercise with many cases takes twenty times as long for each, and so gets fewer
EXAMPLES = {
    "pairwise_dot_products": 500, "masked_mean": 500, "stable_softmax": 450, "causal_mask": 500,
    "scaled_dot_product_attention": 50,
}  # fmt: skip


class LyingKernel:
    """Answers every question with `lie(requests, honest replies)`, whatever that is."""

    def __init__(self, lie, namespace: dict) -> None:
        self._lie, self._namespace = lie, namespace

    def alive(self) -> bool:
        return True

    def close(self) -> None:
        pass

    def execute(self, code: str, *, timeout: float, capture: bool = False, expression: str | None = None) -> Execution:
        if expression is None:
            return Execution("ok")
        requests = json.loads(eval(expression.split(".serve(", 1)[1].rsplit(", globals())", 1)[0]))  # our own text
        replies = [harness.run(request | {"watch": {}}, self._namespace) for request in requests]
        return Execution("ok", value=self._lie(copy.deepcopy(replies)))


class LyingKernels:
    def __init__(self, kernel: LyingKernel) -> None:
        self._kernel = kernel

    def open(self, coach: bool = True) -> LyingKernel:
        return self._kernel

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True, scope="module")
def everything_once():
    """Hidden cases, and the mistakes' answers to them, are the same in every example: 500 times is too often."""
    known = {}

    def once(work, name):
        def remembered(*arguments):
            key = (name, *(id(part) if isinstance(part, dict) else getattr(part, "name", part) for part in arguments))
            if key not in known:
                known[key] = work(*arguments)
            return known[key]

        return remembered

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examination, "prepare", once(prepare, "prepare"))
        patch.setattr(diagnose, "run", once(run, "run"))
        yield


def judged(name: str, lie):
    lesson, exercise = find(name)
    kernels = LyingKernels(LyingKernel(lie, dict(reference(lesson))))
    with JudgeSession(kernels, lesson, released(lesson), Limits()) as session:
        return examine(exercise, solution(name), session, "s", b"k", Limits())


def tensor(dtype: object, shape: object, data: object = "", **more: object) -> dict:
    return {"tensor": {"dtype": dtype, "shape": shape, "data": data, **more}}


nasty = st.sampled_from(
    [
        None, True, 0, -1, 2**62, -(2**63), 10**18, "", "nan", "x" * 300, "\ud800", [], {}, [[]], {"float": "nan"},
        {"float": "inf"}, {"float": "-1e308"}, {"float": "1e999"}, {"foreign": "x"}, {"list": []}, {"tuple": [None]},
        {"dict": [[1, 2]]}, {"dict": [[{"list": []}, 2]]}, {"raised": {}}, {"raised": {"types": [], "message": 3}},
        {"raised": {"types": ["ValueError"], "message": "0 1 2 3 4 5 6 7 8 9"}}, {"value": None}, {"steps": []},
        {"ref": "x"}, ["ValueError"], {"memory": True}, {"foreign": {}}, {"float": {}}, {"list": {}}, {"dict": {}},
        tensor("bool", [0]), tensor("complex64", [], "AAAAAAAAAAA="), tensor("float64", [], "AAAAAAAA8H8="),
        tensor("float32", [2**31]), tensor("int64", [1, 0, 2**30, 2**30]), tensor(["float32"], 3), tensor({}, {}),
        tensor("float32", [True], "AAAAAA=="), tensor("float32", [1], None, array="x"), tensor("bfloat16", [1], "AAA="),
        tensor("float32", [1], "AAAA\nAA=="), tensor("int8", [-1], "AA=="), tensor("float16", [1.0], "AAA="),
    ]
)  # fmt: skip


def places(value: object, path: tuple = ()) -> list[tuple]:
    """The path of everything in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


def replaced(value: object, path: tuple, new: object) -> object:
    if not path:
        return new
    value[path[0]] = replaced(value[path[0]], path[1:], new)
    return value


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_honest_reply_gets_full_marks(name):
    assert judged(name, json.dumps).verdict == Verdict.CORRECT


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_lie_gets_a_verdict(name):
    @settings(max_examples=EXAMPLES[name], deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.data())
    def every_lie(data):
        _judge_a_lie(name, data)

    every_lie()


def _judge_a_lie(name: str, data) -> None:
    def lie(replies: list) -> str:
        for _ in range(data.draw(st.integers(1, 3))):
            # the few outer places are as likely as the many inner ones
            all_of_them = places(replies)
            depth = data.draw(st.integers(0, max(map(len, all_of_them))))
            level = [path for path in all_of_them if len(path) == depth] or all_of_them
            replies = replaced(replies, data.draw(st.sampled_from(level)), copy.deepcopy(data.draw(nasty)))
        return json.dumps(replies)

    verdict = judged(name, lie).to_json()
    assert 0 <= verdict["score"] <= verdict["max_score"]
    assert verdict["verdict"] in list(Verdict) and verdict["message"]
    assert len(verdict["message"]) < 1000


@pytest.mark.parametrize(
    "text", ["", "[", "null", "[]" * 9, "[" * 9999, "9" * 9999, '"' + "x" * 99 + '"', "NaN", "{}", "[NaN]"]
)
def test_no_text_is_taken_for_an_answer(text):
    verdict = judged("causal_mask", lambda replies: text)
    assert verdict.score == 0 and verdict.verdict == Verdict.KILLED
