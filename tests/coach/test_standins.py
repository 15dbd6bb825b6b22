"""Stand-ins: exactly what the exercises ask for, by another road than the solutions."""

import ast
import importlib
from pathlib import Path

import coach
import pytest
import torch
from coach.checking import evaluate
from coach.course import LESSONS
from coach.standins import attention

from autograder.course import released
from autograder.exercises import find, get
from autograder.exercises.variants import reference, solution
from autograder.judge.graft import source_of

MODULES = {module: importlib.import_module(f"coach.standins.{module}") for module in LESSONS.values()}
ALL = [(module, name) for module, names in MODULES.items() for name in names.__all__]
# lines that hold no idea: a signature, a docstring's end, an import
MIN_LINE = 12
# how torch is told to evaluate, which whoever trains or writes has to say
EVERYBODYS = {"model.eval()", "with torch.no_grad():", "return tokens"}


@pytest.mark.parametrize(("module", "name"), ALL)
def test_a_stand_in_passes_the_public_checks(module, name):
    result = evaluate(getattr(MODULES[module], name), "")
    assert [part for part in result.parts if not part.passed] == []


def double(*shape: int) -> torch.Tensor:
    return torch.randn(shape, dtype=torch.float64, requires_grad=True)


def agree(module: str, name: str, *arguments: object) -> None:
    """Values and gradients of stand-in and reference are equal to 1e-10 in float64, and finite."""
    lesson = next(key for key, value in LESSONS.items() if value == module)
    inputs = [a for a in arguments if isinstance(a, torch.Tensor) and a.requires_grad]
    sides = []
    for function in (getattr(MODULES[module], name), reference(lesson)[name]):
        out = function(*arguments)
        outputs = out if isinstance(out, tuple) else (out,)
        torch.manual_seed(1)
        total = sum((o * torch.randn(o.shape, dtype=o.dtype)).sum() for o in outputs)
        sides.append([*outputs, *torch.autograd.grad(total, inputs)])
    for mine, theirs in zip(*sides, strict=True):
        assert torch.isfinite(mine).all()
        torch.testing.assert_close(mine, theirs, rtol=0, atol=1e-10)


@pytest.mark.parametrize("lead", [(), (1,), (3,), (2, 3), (2, 1, 3)])
def test_attention_agrees_for_any_leading_axes_masks_and_empty_rows(lead):
    torch.manual_seed(0)
    query, key, value = double(*lead, 5, 4), double(*lead, 6, 4), double(*lead, 6, 3)
    mask = torch.rand(*lead, 5, 6) < 0.5
    mask[..., 2, :] = False
    for allowed in (None, mask, mask[..., :1, :], torch.zeros(1, 1, dtype=torch.bool)):
        if allowed is None or allowed.dim() <= query.dim():
            agree("attention", "scaled_dot_product_attention", query, key, value, allowed)
    agree("attention", "attention_scores", query, key)


@pytest.mark.parametrize("dim", [-1, 0, 1])
def test_softmax_agrees_with_empty_slices_and_large_scores(dim):
    torch.manual_seed(0)
    scores = torch.randn(4, 5, 3, dtype=torch.float64) * 300
    scores.select(dim, 1).fill_(-torch.inf)
    scores[:, 2] = scores[:, 2].masked_fill(torch.ones(4, 3, dtype=torch.bool), -torch.inf)
    agree("attention", "stable_softmax", scores.requires_grad_(), dim)


def test_masked_mean_and_dot_products_agree():
    torch.manual_seed(0)
    mask = torch.rand(4, 6) < 0.5
    mask[1] = False
    mask[3] = False
    agree("warmup", "masked_mean", double(4, 6, 3), mask)
    agree("warmup", "masked_mean", double(1, 1, 1), torch.zeros(1, 1, dtype=torch.bool))
    agree("warmup", "pairwise_dot_products", double(4, 3), double(5, 3))


@pytest.mark.parametrize("length", [0, 1, 5])
def test_masks_agree(length):
    theirs = reference("01_attention")
    assert torch.equal(attention.causal_mask(length), theirs["causal_mask"](length))
    lengths = torch.arange(length + 1)
    assert torch.equal(attention.padding_mask(lengths, length), theirs["padding_mask"](lengths, length))


def test_no_line_of_a_solution_stands_in_the_coach():
    files = Path(coach.__file__).parent.rglob("*.py")
    ours = {line.strip() for path in files for line in path.read_text("utf-8").splitlines()}
    for lesson in LESSONS:
        given = {line.strip() for cell in released(lesson)["cells"] for line in source_of(cell).splitlines()}
        for exercise in get(lesson):
            tree = ast.parse(solution(exercise.name)).body[0]
            text = solution(exercise.name).splitlines()[tree.body[1].lineno - 1 :]  # after the docstring
            lines = {line.split("  #")[0].strip() for line in text} - given - EVERYBODYS
            assert {line for line in lines & ours if len(line) >= MIN_LINE} == set(), find(exercise.name)[0]
