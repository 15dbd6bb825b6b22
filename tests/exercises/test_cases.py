"""What an exercise is made of: the reference earns all points, and answers without a thought earn next to none."""

from __future__ import annotations

import math

import pytest
import torch
from coach.checking import evaluate

from autograder.analysis.catalogue import ENTRIES
from autograder.analysis.judging import Bench, book_of
from autograder.analysis.readme import catalogue_lines, lines_in_readme
from autograder.course import master
from autograder.exercises import find
from autograder.exercises.requests import prepare
from autograder.exercises.variants import mistaken, namespace_of, reference, solution
from autograder.judge.verdict import Verdict
from tests.exercises.conftest import EXERCISES


@pytest.fixture
def bench(exercise):
    return Bench(exercise, b"a class")


def judged(bench, target):
    return bench.judged(bench.outcomes({bench.exercise.name: target}))[0]


def test_reference_is_right(exercise, bench):
    namespace = reference(find(exercise.name)[0])
    outcomes = bench.outcomes(namespace)
    verdict, names = bench.judged(outcomes)
    assert (verdict.verdict, verdict.score, names) == (Verdict.CORRECT, exercise.max_score, [])
    assert evaluate(namespace[exercise.name], "", book_of(exercise)).passed


def test_cases_are_drawn_again_alike_and_differ_between_students(exercise):
    def drawn(student: str) -> list[dict]:
        return [prepare(exercise, case, b"secret", student)[0]["steps"] for case in exercise.cases]

    assert drawn("a") == drawn("a")
    assert drawn("a") != drawn("b")


def unwritten(*args, **kwargs):
    raise NotImplementedError


def nothing(*args, **kwargs):
    return None


def refuse(*args, **kwargs):
    raise ValueError(" ".join(str(tuple(arg.shape)) for arg in args if isinstance(arg, torch.Tensor)) + f" {args}")


@pytest.mark.parametrize("target", [unwritten, nothing, refuse])
def test_empty_stubs_earn_nothing(bench, target):
    verdict = judged(bench, target)
    assert verdict.score == 0
    assert verdict.verdict in (Verdict.ERROR, Verdict.WRONG)


def lazy_layer(output):
    """A layer of the right parameters, which uses none of them."""

    class Lazy(torch.nn.Module):
        def __init__(self, d_model, num_heads, dropout=0.0):
            super().__init__()
            self.num_heads = num_heads
            for name in ("query", "key", "value", "output"):
                self.add_module(f"{name}_projection", torch.nn.Linear(d_model, d_model))

        def forward(self, query, key, value, mask=None):
            weights = query.new_full((len(query), self.num_heads, query.shape[1], key.shape[1]), 1 / key.shape[1])
            return output(query, key), weights

    return Lazy


# What a careless test would let through: the right shape and dtype, or a property such as "rows sum to 1"
LAZY = {
    "pairwise_dot_products": {
        "zeros": lambda x, y: torch.zeros(len(x), len(y), dtype=x.dtype),
        "ones": lambda x, y: torch.ones(len(x), len(y), dtype=x.dtype),
        "garbage": lambda x, y: torch.randn(len(x), len(y), dtype=x.dtype),
        "the input": lambda x, y: x,
    },
    "masked_mean": {
        "zeros": lambda values, mask: torch.zeros(values.shape[0], values.shape[2], dtype=values.dtype),
        "the first": lambda values, mask: values[:, 0],
        "the first, with a graph to the rest": lambda values, mask: values[:, 0] + 0 * values.sum(1),
        "garbage": lambda values, mask: torch.randn_like(values[:, 0]),
    },
    "stable_softmax": {
        "zeros": lambda scores, dim=-1: torch.zeros_like(scores),
        "equal weights": lambda scores, dim=-1: torch.full_like(scores, 1 / scores.shape[dim]),
        "one-hot": lambda scores, dim=-1: (scores == scores.amax(dim, keepdim=True)).to(scores.dtype),
        "the input": lambda scores, dim=-1: scores,
    },
    "attention_scores": {
        "zeros": lambda q, k: torch.zeros(*q.shape[:-1], k.shape[-2], dtype=q.dtype),
        "garbage": lambda q, k: torch.randn(*q.shape[:-1], k.shape[-2], dtype=q.dtype),
        "sums": lambda q, k: q.sum(-1, keepdim=True) + k.sum(-1).unsqueeze(-2),
    },
    "padding_mask": {
        "all True": lambda lengths, n: torch.ones(len(lengths), 1, n, dtype=torch.bool),
        "all False": lambda lengths, n: torch.zeros(len(lengths), 1, n, dtype=torch.bool),
        "a staircase": lambda lengths, n: torch.ones(len(lengths), n, dtype=torch.bool).tril().unsqueeze(1),
    },
    "causal_mask": {
        "all True": lambda n: torch.ones(n, n, dtype=torch.bool),
        "all False": lambda n: torch.zeros(n, n, dtype=torch.bool),
        "the identity": lambda n: torch.eye(n, dtype=torch.bool),
    },
    "scaled_dot_product_attention": {
        "zeros": lambda q, k, v, mask=None: (
            torch.zeros(*q.shape[:-1], v.shape[-1], dtype=q.dtype),
            torch.zeros(*q.shape[:-1], k.shape[-2], dtype=q.dtype),
        ),
        "always the first value, with a graph": lambda q, k, v, mask=None: (
            v[..., :1, :].expand(*q.shape[:-1], v.shape[-1]) + 0 * q.sum() + 0 * k.sum(),
            F_one_hot(q, k),
        ),
        "equal weights": lambda q, k, v, mask=None: (
            v.mean(-2, keepdim=True).expand(*q.shape[:-1], v.shape[-1]),
            torch.full((*q.shape[:-1], k.shape[-2]), 1 / k.shape[-2], dtype=q.dtype),
        ),
    },
    "split_heads": {
        "zeros": lambda x, heads: x.new_zeros(len(x), heads, x.shape[1], x.shape[2] // heads),
        "garbage": lambda x, heads: torch.randn(len(x), heads, x.shape[1], x.shape[2] // heads, dtype=x.dtype),
        "numbers in the order of memory": lambda x, heads: x.reshape(len(x), heads, x.shape[1], -1),
    },
    "merge_heads": {
        "zeros": lambda x: x.new_zeros(len(x), x.shape[2], x.shape[1] * x.shape[3]),
        "garbage": lambda x: torch.randn(len(x), x.shape[2], x.shape[1] * x.shape[3], dtype=x.dtype),
        "numbers in the order of memory": lambda x: x.reshape(len(x), x.shape[2], -1),
    },
    "MultiHeadAttention": {
        "the query, with equal weights": lazy_layer(lambda query, key: query),
        "zeros, with equal weights": lazy_layer(lambda query, key: torch.zeros_like(query)),
        "the mean key, with equal weights": lazy_layer(
            lambda query, key: key.mean(1, keepdim=True).expand(*query.shape).clone()
        ),
    },
    "count_parameters": {
        "nothing": lambda d_model, num_heads: 0,
        "a product": lambda d_model, num_heads: 4 * d_model * num_heads,
    },
    "count_multiplications": {
        "nothing": lambda *sizes: 0,
        "a product": lambda query_length, key_length, d_model, num_heads: query_length * key_length * d_model,
    },
}


def F_one_hot(query, key):
    weights = torch.zeros(*query.shape[:-1], key.shape[-2], dtype=query.dtype)
    weights[..., 0] = 1
    return weights


def test_answers_without_a_thought_earn_nothing_for_values(exercise, bench):
    main = next(iter(exercise.points))
    for name, target in LAZY[exercise.name].items():
        outcomes = bench.outcomes({exercise.name: target})
        verdict, names = bench.judged(outcomes)
        assert verdict.verdict == Verdict.WRONG, name
        # one row or one key can be right by chance; nothing that the main property is about
        free = {"causal_mask": 1.0}.get(exercise.name, 0.0)
        assert verdict.score <= free, (name, verdict)
        assert any(o.case.property == main and not o.passed for o in outcomes), name
        assert names in ([], [verdict.mistake]), name


def test_points_and_names_make_sense(exercise):
    assert all(points > 0 and math.isfinite(points) for points in exercise.points.values())
    assert exercise.max_score == sum(exercise.points.values())
    for items in (exercise.cases, exercise.catalogue):
        assert len({item.name for item in items}) == len(items)
    assert any(case.public for case in exercise.cases) and len(exercise.hints) == 3


def test_patches_fit_the_reference(exercise):
    for mistake in exercise.catalogue:
        assert mistaken(exercise, mistake) != solution(exercise.name), mistake.name
        assert callable(namespace_of(exercise, mistake)[exercise.name])


def test_the_lesson_has_the_headings_that_mistakes_send_to(exercise):
    lines = master(find(exercise.name)[0]).read_text(encoding="utf-8").splitlines()
    headings = {line.lstrip("# ").split(" · ", 1)[-1] for line in lines if line.startswith("# #")}
    assert exercise.section in headings
    for mistake in exercise.mistakes:
        assert mistake.look in headings, (mistake.name, mistake.look)


def test_words_are_sentences_and_hold_no_line_of_the_answer(exercise):
    lines = [line.split("#")[0].strip() for line in solution(exercise.name).split('"""')[-1].splitlines()]
    code = [line.removeprefix("return ") for line in lines if len(line) > 12]
    for mistake in exercise.mistakes:
        for text in (mistake.sentence, mistake.why):
            assert text.endswith((".", "?")) and len(text.split()) >= 3, text
            assert not any(line in text for line in code), text
    for hint in exercise.hints:
        assert not any(line in hint for line in code), hint


def test_the_catalogue_is_complete_and_true():
    known = {f"{exercise.name}/{mistake.name}" for exercise in EXERCISES for mistake in exercise.mistakes}
    assert [entry.number for entry in ENTRIES] == list(range(1, len(ENTRIES) + 1))
    assert len(ENTRIES) >= 39
    for entry in ENTRIES:
        assert bool(entry.here) != bool(entry.later), entry
        assert set(entry.here) <= known, entry
    assert set(catalogue_lines()) <= set(lines_in_readme()), "make kill-table writes the table anew"
    assert len(known) >= 30
