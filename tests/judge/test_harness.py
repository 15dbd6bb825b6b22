"""The harness: modules, weights by name, gradients, ordered calls, and what student code may do in between."""

from __future__ import annotations

import json
import math

import pytest
import torch
from coach import harness, wire
from coach.casebook import watch_list
from coach.compare import differences
from coach.phrases import CHANCE, OF_COPIES
from coach.watch import Watch, operators_exist
from torch import nn

from autograder.exercises.model import Case, Exercise, build, call, get
from autograder.exercises.requests import _encoded, expect, run
from autograder.exercises.rules import ATTENTION, SOFTMAX
from autograder.judge.protocol import prelude, question, read_replies, stand_in_code
from autograder.kernels import Limits, WarmKernels

SPEC = Exercise("Layer", {"values": 1.0}, (Case("values", "x", lambda draw: call()),), (), ("", "", ""), "")


class Layer(nn.Module):
    """A reference with two parameters and a buffer."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = nn.Linear(width, width)
        self.register_buffer("table", torch.zeros(width))

    def forward(self, x):
        return torch.tanh(self.inner(x)) + self.table


class Cache:
    """A reference with a state."""

    def __init__(self) -> None:
        self.length, self.kept = 0, []

    def append(self, x):
        self.kept.append(x)
        self.length += x.shape[-1]
        return torch.cat(self.kept, dim=-1)


def request(*steps: dict, **more: object) -> dict:
    return {"steps": [_encoded(step, SPEC, None) for step in steps]} | more


def expected(ask: dict, right: type) -> dict:
    """What `right` makes the judge expect, as the class `Layer`."""
    namespace = {"Layer": right}
    return expect(ask, run(ask, namespace), namespace, {})


def with_weights(width: int = 3) -> dict:
    ask = request(build(width), call(torch.ones(2, width), name="layer"))
    weights = {"inner.weight": torch.arange(9.0).reshape(3, 3) / 9, "inner.bias": torch.tensor([0.1, 0.2, 0.3])}
    ask["steps"][0]["state"] = {name: wire.encode(value) for name, value in weights.items()}
    ask["steps"][1]["grad"] = [wire.encode(torch.full((2, width), 0.5, dtype=torch.float64))]
    return ask


def test_weights_are_loaded_by_name_and_gradients_are_those_of_autograd():
    reply = run(with_weights(), {"Layer": Layer})
    layer = Layer(3)
    layer.load_state_dict(
        {"inner.weight": torch.arange(9.0).reshape(3, 3) / 9, "inner.bias": torch.tensor([0.1, 0.2, 0.3])}, strict=False
    )
    x = torch.ones(2, 3, requires_grad=True)
    (layer(x) * 0.5).sum().backward()
    step = reply["steps"][1]
    assert torch.allclose(wire.decode(step["value"]), layer(x))
    assert torch.allclose(wire.decode(step["grads"]["argument 1"]), x.grad)
    assert torch.allclose(wire.decode(step["grads"]["weight inner.weight"]), layer.inner.weight.grad)


class Misnamed(Layer):
    def __init__(self, width):
        super().__init__(width)
        self.other = self.inner
        del self.inner
        self.forward = lambda x: torch.tanh(self.other(x))


class Unregistered(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layers = [nn.Linear(width, width)]

    def forward(self, x):
        return torch.tanh(self.layers[0](x))


@pytest.mark.parametrize("wrong", [Misnamed, Unregistered])
def test_a_parameter_of_another_name_or_none_is_found(wrong):
    ask = with_weights()
    found = differences(run(ask, {"Layer": wrong}), expected(ask, Layer))
    assert [difference.kind for difference in found][:1] == ["parameters"]


def test_extra_attributes_without_parameters_are_the_students_business():
    class Roomy(Layer):
        def __init__(self, width):
            super().__init__(width)
            self.dropout, self.note = nn.Dropout(0.5), "mine"

        def forward(self, x):
            return self.dropout(super().forward(x))  # no effect: the judge has called eval()

    ask = with_weights()
    assert not differences(run(ask, {"Layer": Roomy}), expected(ask, Layer))


def test_calls_follow_each_other_and_share_a_state():
    steps = [build(keep="cache")]
    steps[0]["state"] = False
    for number in range(3):
        steps.append(call(torch.full((1, number + 1), float(number)), name="cache.append"))
    steps.append(get("cache.length"))
    reply = run(request(*steps), {"Layer": Cache})
    assert [list(wire.decode(step["value"]).shape) for step in reply["steps"][1:4]] == [[1, 1], [1, 3], [1, 6]]
    assert reply["steps"][4]["value"] == 6


def test_a_state_that_is_lost_between_calls_is_found():
    class Forgetful(Cache):
        def append(self, x):
            self.kept = []
            return super().append(x)

    steps = [build(keep="cache", state=False), *(call(torch.ones(1, 2), name="cache.append") for _ in range(2))]
    ask = request(*steps)
    right = expected(ask, Cache)
    assert [d.kind for d in differences(run(ask, {"Layer": Forgetful}), right)] == ["shape"]


def test_an_output_without_a_graph_counts_as_gradient_zero():
    ask = request(call(torch.ones(2), grad=True, name="f"))
    ask["steps"][0]["grad"] = [wire.encode(torch.ones(2, dtype=torch.float64))]
    reply = run(ask, {"f": lambda x: x.detach() * 2})
    assert not wire.decode(reply["steps"][0]["grads"]["argument 1"]).any()


LARGEST = torch.finfo(torch.float32).max


@pytest.mark.parametrize(
    ("before", "after"), [(1.0, 2.0), (-math.inf, -LARGEST), (math.inf, LARGEST), (math.nan, 0.0), (0.0, math.nan)]
)
def test_a_changed_input_is_told(before, after):
    reply = run(request(call(torch.tensor([1.0, before]), name="f")), {"f": lambda x: x[1:].fill_(after)})
    assert reply["steps"][0]["changed"] == ["argument 1"]


@pytest.mark.parametrize(
    "change",
    [
        lambda texts: texts.clear(),
        lambda texts: texts[0].pop(),
        lambda texts: texts[1].__setitem__(0, 4),
        lambda texts: texts.__setitem__(0, None),
    ],
)
def test_a_changed_list_is_told(change):
    reply = run(request(call(2, [[1, 2], [3]], name="f")), {"f": lambda number, texts: change(texts)})
    assert reply["steps"][0]["changed"] == ["argument 2"]
    reply = run(request(call(2, [[1, 2], [3]], name="f")), {"f": lambda number, texts: sorted(texts)})
    assert reply["steps"][0]["changed"] == []


def test_an_input_with_infinities_that_is_left_alone_is_unchanged():
    reply = run(request(call(torch.tensor([math.nan, math.inf, -math.inf]), name="f")), {"f": lambda x: x + 1})
    assert reply["steps"][0]["changed"] == []


def _by_chance(x):
    return nn.functional.dropout(x, 0.5)


def _whole_rows(x):
    return 2 * x * (torch.arange(len(x)) % 4 >= 2)[:, None]


def _common(answer, **options):
    """Of the second of two calls, so that both can be compared."""
    step = call(torch.ones(2, 40), name="f", times=30, **options)
    return wire.decode(run(request(step, step), {"f": answer})["steps"][1]["value"])


def _the_same_for_ever(x):
    return 2 * x * (torch.rand(x.shape, generator=torch.Generator().manual_seed(8)) < 0.5)


def _whole_columns(x):
    return 2 * x * (torch.rand(len(x) // 2, 1, x.shape[1]) < 0.5).repeat_interleave(2, dim=1).flatten(0, 1)


@pytest.mark.parametrize(
    ("drop", "scattered", "single", "again"),
    [
        (_by_chance, True, True, False),
        (_the_same_for_ever, True, True, True),
        (_whole_rows, False, False, True),
        (_whole_columns, True, False, False),
        (lambda x: 2 * x * (torch.rand(len(x), 1) < 0.5), False, False, False),
        (lambda x: 2 * x, False, False, True),
    ],
)
def test_of_many_copies_chance_decides_each_by_itself_and_anew(drop, scattered, single, again):
    value = _common(drop)
    assert (value["scattered"], value["single"], value["again"]) == (scattered, single, again)
    assert bool((value["largest"] == 2).all())
    # each has words of its own
    keys = {f"output[{key!r}]" for key in (*value, *_common(drop, differ=True))}
    assert {*keys, "output['rest'][0]"} == {*OF_COPIES, *CHANCE}


@pytest.mark.parametrize(
    ("answer", "between"),
    [(_by_chance, False), (lambda x: _by_chance(x) * (1 + torch.randint(0, 2, x.shape)), True), (torch.clone, False)],
)
def test_between_what_is_dropped_and_what_is_left_there_is_nothing(answer, between):
    assert _common(answer)["between"] is between


@pytest.mark.parametrize(
    ("rest", "same"),
    [(lambda x: x * 3, True), (lambda x: "no tensor", False), (lambda x: x[:7], False), (lambda x: [x, x], False)],
)
def test_what_chance_has_nothing_to_do_with_is_compared_too(rest, same):
    value = _common(lambda x: (_by_chance(x), rest(x)))
    assert (isinstance(value, dict) and torch.equal(value["rest"][0], torch.full((2, 40), 3.0))) is same


@pytest.mark.parametrize(
    ("answer", "differ"), [(_by_chance, True), (lambda x: x * (1 + 1e-6 * torch.rand(x.shape)), False)]
)
def test_copies_differ_by_more_than_rounding(answer, differ):
    value = _common(answer, differ=True)
    assert value["differ"] is differ and value["like"].shape == (2, 40)


@pytest.mark.parametrize(
    ("answer", "reached"),
    [(_by_chance, True), (lambda x: _by_chance(x.detach()) + 0 * x, False), (torch.zeros_like, False)],
)
def test_of_copies_gradients_it_is_said_which_are_there(answer, reached):
    ask = request(call(torch.ones(2, 40), name="f", times=30))
    ask["steps"][0]["grad"] = [wire.encode(torch.ones(2, 40, dtype=torch.float64))]
    grads = run(ask, {"f": answer})["steps"][0]["grads"]
    assert grads == {"argument 1": reached}


def test_a_module_can_be_given_other_weights_and_a_mode():
    ask = with_weights()
    weights = {"inner.weight": torch.zeros(3, 3), "inner.bias": torch.tensor([8.0, 9.0, 10.0])}
    step = {"do": "load", "name": "layer", "train": True}
    ask["steps"] += [step | {"state": {k: wire.encode(v) for k, v in weights.items()}}, ask["steps"][1]]
    ask["steps"].append({"do": "get", "name": "layer.training"})
    reply = run(ask, {"Layer": Layer})
    layer = Layer(3)
    layer.load_state_dict(weights, strict=False)
    assert torch.allclose(wire.decode(reply["steps"][3]["value"]), layer(torch.ones(2, 3)))
    assert reply["steps"][4]["value"] is True


def test_gradients_of_the_weights_alone():
    ask = with_weights()
    ask["steps"][1]["weights"] = True
    reply = run(ask, {"Layer": Layer})
    assert set(reply["steps"][1]["grads"]) == {"weight inner.weight", "weight inner.bias"}


class TwoFaced(torch.Tensor):
    """Shows dropped numbers to whoever detaches it, and others to everybody else."""

    def detach(self):
        return _by_chance(torch.ones(self.shape))


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: {"largest": x[:2] * 2, "smallest": x[:2] * 0, "zeros": 0.5, "scattered": True},
        lambda x: ({"largest": x[:2] * 2, "smallest": x[:2] * 0, "zeros": 0.5, "scattered": True},),
        lambda x: x[:7],
        lambda x: torch.zeros(0, 40),
        lambda x: torch.tensor(1.0),
        lambda x: None,
        lambda x: [],
        lambda x: x.to(torch.complex64),
        lambda x: x.as_subclass(TwoFaced),
    ],
)
def test_what_copies_have_in_common_is_not_for_the_code_to_say(answer):
    value = _common(answer)
    assert isinstance(value, wire.Foreign) or value["scattered"] is False


class Awful(Exception):
    def __str__(self):
        raise SystemExit


@pytest.mark.parametrize("fault", [SystemExit(0), KeyboardInterrupt(), GeneratorExit(), Awful(), MemoryError()])
def test_nothing_that_is_raised_gets_out(fault):
    def f():
        raise fault

    reply = json.loads(harness.serve(json.dumps([request(call(name="f"))]), {"f": f}))
    assert reply[0]["steps"][0]["raised"]["types"][0] == type(fault).__name__


def test_watched_operators_exist_in_this_torch():
    for rule in (SOFTMAX, ATTENTION):
        assert operators_exist(list(rule.operators))


@pytest.mark.parametrize(
    ("use", "seen"),
    [
        (lambda x: nn.functional.softmax(x, -1), True),
        (lambda x: x.softmax(-1), True),
        (lambda x: torch.ops.aten._softmax(x, -1, False), True),
        (lambda x: torch._softmax(x, -1, False), True),
        (lambda x: torch.compile(lambda y: y.softmax(-1), backend="eager")(x), True),
        (lambda x: x.exp() / x.exp().sum(-1, keepdim=True), False),
        (lambda x: torch.logsumexp(x, -1), False),
    ],
)
def test_the_watch_sees_a_forbidden_operation_under_any_name(use, seen):
    watch = Watch(watch_list((SOFTMAX,)))
    with watch:
        use(torch.randn(2, 3))
    assert bool(watch.used) == seen


def test_a_module_and_a_cache_are_judged_through_a_sealed_kernel():
    """The same requests through the wire, the sandbox and back."""
    source = (
        "import torch\nfrom torch import nn\n"
        "class Layer(nn.Module):\n"
        "    def __init__(self, width):\n        super().__init__()\n        self.inner = nn.Linear(width, width)\n"
        "    def forward(self, x):\n        return torch.tanh(self.inner(x))\n"
    )
    ask = with_weights()
    with WarmKernels(Limits()) as kernels, kernels.open(coach=False) as kernel:
        for code in (prelude(), source):
            assert kernel.execute(code, timeout=30).status == "ok"
        done = kernel.execute("pass", timeout=30, expression=question([ask]))
        replies = read_replies(done.value, 1)
        assert kernel.execute(stand_in_code("attention", ("causal_mask",)), timeout=30).status == "ok"
    assert not differences(replies[0], expected(ask, Layer))


def test_a_class_that_is_only_called_so_is_no_value_error():
    other = type("ValueError", (Exception,), {})

    def f():
        raise other("1 2 3")

    assert run(request(call(name="f")), {"f": f})["steps"][0]["raised"]["types"][0] == "another ValueError"


def test_what_refuses_only_after_it_was_made_has_not_refused():
    class Late(ValueError):
        def __str__(self):
            raise ValueError("3 5")

    class Layer(torch.nn.Module):
        def train(self, mode=True):
            raise Late

    asked = {"steps": [{"do": "build", "name": "Layer"}]}
    [step] = run(asked, {"Layer": Layer})["steps"]
    raised = step["raised"]
    assert raised["types"][0] == "RuntimeError" and raised["line"] is not None
