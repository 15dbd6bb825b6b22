"""What the kernel is told and what is believed of its answers."""

from __future__ import annotations

import importlib
import json
import re

import pytest
import torch
from coach import wire
from coach.compare import Difference, differences
from coach.course import LESSONS
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.exercises import get
from autograder.exercises.requests import prepare
from autograder.exercises.variants import module_source
from autograder.judge.describe import describe
from autograder.judge.protocol import BadReply, prelude, question, read_replies, stand_ins

GOOD = {"steps": [{"value": None, "dtypes": [], "changed": []}], "used": []}
LEAK = "LEAK-0.123456789"


@pytest.mark.parametrize(
    "text",
    [
        None, "", "3", "{}", "[]", "[3]", '[{"steps": 3}]', '[{"steps": []}]', '[{"steps": [3]}]', "[" * 100_000,
        "[" + "9" * 5000 + "]", json.dumps([GOOD, GOOD]), json.dumps([GOOD | {"used": "all"}]),
        json.dumps([{"steps": [{"value": 1}] * 100}]), json.dumps([{"steps": [{"changed": [1]}]}]),
        json.dumps([{"steps": [{"parameters": {"w": ["x"]}}]}]), json.dumps([{"steps": [{"raised": 3}]}]),
        json.dumps([{"steps": [{"grads": [1]}]}]), "[" + " " * (17 << 20) + "]",
    ],
)  # fmt: skip
def test_a_malformed_answer_is_refused(text):
    with pytest.raises(BadReply):
        read_replies(text, 1)


def test_unknown_keys_are_dropped():
    forged = {"steps": [{"value": None, "score": 9, "passed": True}], "used": [], "verdict": "correct"}
    assert read_replies(json.dumps([forged]), 1) == [{"steps": [{"value": None}], "used": []}]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["tensor", "float", "list", "tuple", "dict", "dtype", "shape", "data", "x"]), inner
        )
    ),
    max_leaves=10,
)


@settings(max_examples=500, deadline=None)
@given(json_values)
def test_decoding_anything_gives_a_value_or_a_wire_error(data):
    try:
        wire.decode(data)
    except wire.WireError:
        pass


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=4), st.sampled_from(sorted(wire.DTYPES)))
def test_every_tensor_survives_the_journey(shape, dtype):
    tensor = (torch.rand(shape) * 3).to(wire.DTYPES[dtype])
    back = wire.decode(json.loads(json.dumps(wire.encode(tensor))))
    assert back.dtype == tensor.dtype and back.shape == tensor.shape and torch.equal(back, tensor)


@pytest.mark.parametrize(
    "tensor",
    [
        {"dtype": "float64", "shape": [1 << 30, 1 << 30], "data": ""},
        {"dtype": "bool", "shape": [-1], "data": ""},
        {"dtype": "bool", "shape": [2], "data": "AA=="},
        {"dtype": "object", "shape": [1], "data": "AA=="},
        {"dtype": "bool", "shape": [True], "data": "AQ=="},
        {"dtype": "float32", "shape": [1], "data": "!!!!AA=="},
    ],
)
def test_a_tensor_that_lies_about_itself_is_refused(tensor):
    with pytest.raises(wire.WireError):
        wire.decode({"tensor": tensor})


def test_nan_is_never_right():
    for exercise in get("01_attention"):
        for case in exercise.cases:
            _, expected = prepare(exercise, case, b"k", "s")
            for step in expected["steps"]:
                value = wire.decode(step.get("value")) if "raised" not in step else None
                if isinstance(value, torch.Tensor) and value.is_floating_point():
                    reply = {"steps": [{"value": wire.encode(torch.full_like(value, torch.nan).float())}]}
                    assert differences(reply, expected)


def test_the_kernel_is_told_no_line_of_the_reference_and_no_expected_value():
    sent = prelude() + stand_ins("warmup") + stand_ins("attention", tuple(standins_of("attention")[:3]))
    requests = []
    for exercise in get("01_attention"):
        for case in exercise.cases:
            request, expected = prepare(exercise, case, b"k", "s")
            requests.append(request)
            for step in expected["steps"]:
                data = (step.get("value") or {}) if isinstance(step.get("value"), dict) else {}
                if len(data.get("tensor", {}).get("data", "")) > 40:
                    assert data["tensor"]["data"] not in question(requests)
    lines = [line.split("#")[0].strip() for line in module_source("01_attention").splitlines()]
    body = [
        line
        for line in lines
        if len(line) > 25 and any(mark in line for mark in ("=", "return")) and "def " not in line
    ]
    assert len(body) > 10
    assert not [line for line in body if line in sent]


def standins_of(module: str) -> list[str]:
    return importlib.import_module(f"coach.standins.{module}").__all__


@pytest.mark.parametrize("module", LESSONS.values())
def test_nothing_of_what_is_still_to_be_judged_lies_in_the_kernel_as_a_helper(module):
    """A helper that two exercises share would be there when one is judged and the other is not."""
    names = standins_of(module)
    for number, name in enumerate(names):
        defined = [set(re.findall(r"^(?:def|class) (\w+)", stand_ins(module, (n,)), re.M)) for n in names]
        assert name in defined[number]
        for other, theirs in zip(names[number + 1 :], defined[number + 1 :], strict=True):
            shared = defined[number] & theirs - set(names[: number + 1])
            assert not shared, f"{name} and {other} share {shared}"
            assert other not in defined[number], f"{name} needs {other}, which is judged later"


@pytest.mark.parametrize(
    "difference",
    [
        Difference(0, "raised", "call", "an answer", f"{LEAK}: {LEAK}"),
        Difference(0, "raised", "call", "a ValueError", f"{LEAK}: {LEAK}"),
        Difference(0, "no_error", "call", "a ValueError", LEAK),
        Difference(0, "message", "error message", "a message in which 3, 4 can be read", LEAK),
        Difference(0, "type", "output", "a tensor", LEAK),
        Difference(0, "shape", "output", "(2, 3)", LEAK),
        Difference(0, "dtype", "output", "float32", LEAK),
        Difference(0, "nan", "output", "1", LEAK, (0,)),
        Difference(0, "value", "output", "0.5", LEAK, (0, 1), 0.123456789),
        Difference(0, "mutated", LEAK, "", LEAK),
        Difference(0, "parameters", "parameters", "w (2,)", LEAK),
        Difference(0, "unreadable", "output", "", LEAK),
        Difference(0, "gradient", "gradient of query", "0.5", LEAK, (0,), 0.123456789),
    ],
)
def test_nothing_of_a_students_own_making_is_repeated(difference):
    sentence = describe("a case", difference)
    assert "LEAK" not in sentence and "123456" not in sentence and sentence.startswith("In the case")


def test_hidden_inputs_depend_on_secret_and_student_and_repeat():
    exercise = get("01_attention")[1]
    ask = [
        prepare(exercise, exercise.cases[0], *who)[0] for who in ((b"k", "a"), (b"k", "a"), (b"k", "b"), (b"j", "a"))
    ]
    assert ask[0] == ask[1] and ask[0] != ask[2] and ask[0] != ask[3]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("key (5, 6) and value (5, 7)", True),
        ("(5,6), not (5,7): torch.float32, torch.int64, bfloat16, complex64", True),
        ("d_head 6", False),
        ("float5, int6 and 7", False),
        (f"5 6 7 {list(range(20, 33))}", True),
        (f"one of {list(range(20))}", False),
        ("5 6 7 " * 6, False),
    ],
)
def test_sizes_have_to_stand_in_the_message_of_an_error(message, told):
    want = {"types": ["ValueError"], "message": "", "sizes": [5, 6, 5, 7]}
    got = {"types": ["ValueError"], "message": message}
    found = differences({"steps": [{"raised": got}]}, {"steps": [{"raised": want}]})
    assert (not found) is told
    assert not differences({"steps": [{"raised": got}]}, {"steps": [{"raised": want | {"sizes": []}}]})
