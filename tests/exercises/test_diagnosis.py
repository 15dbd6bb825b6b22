"""What a student is told: pairs, forgotten checks beside a mistake, constant factors; never a guess."""

from __future__ import annotations

import math

import pytest
import torch
from coach.checking import evaluate

from autograder.analysis.judging import bench_of
from autograder.exercises import find
from autograder.exercises.model import Mistake, both
from autograder.exercises.variants import namespace_of
from tests.exercises.conftest import SECRET, book_of


@pytest.fixture
def judge():
    """(name of the exercise, function) → the verdict, over one draw."""

    def verdict(name: str, target) -> object:
        bench = bench_of(name, SECRET)
        return bench.judged(bench.outcomes({name: target}))[0]

    return verdict


def test_a_pair_is_told_but_is_no_single_mistake(judge):
    exercise = find("scaled_dot_product_attention")[1]
    pair = next(m for m in exercise.catalogue if m.name == "no_scale+mask_inverted")
    target = namespace_of(exercise, pair)[exercise.name]
    verdict = judge(exercise.name, target)
    assert verdict.mistake is None
    by_name = {mistake.name: mistake for mistake in exercise.mistakes}
    assert all(by_name[name].sentence in verdict.message for name in ("no_scale", "mask_inverted"))
    assert evaluate(target, "", book_of(exercise)).mistake.sentence == pair.sentence


def test_only_patches_make_a_pair():
    patched = Mistake("a", "A.", "B.", "C", patches=(("x", "y"),))
    written = Mistake("b", "A.", "B.", "C", code="def f(): ...\n")
    with pytest.raises(ValueError, match="a and b"):
        both(patched, written)


def test_a_forgotten_check_does_not_hide_the_mistake(judge):
    def attention_scores(query, key):
        return query @ key.transpose(-2, -1)

    verdict = judge("attention_scores", attention_scores)
    assert verdict.mistake == "no_scale"
    assert "Besides: In the case “different d_k”: a ValueError is expected, but it raises a RuntimeError." in (
        verdict.message
    )
    result = evaluate(attention_scores, "", book_of(find("attention_scores")[1]))
    assert result.mistake.name == "no_scale"


@pytest.mark.parametrize("factor", [0.5, -1.0, 3.0])
def test_a_constant_factor_is_reported(judge, factor):
    def attention_scores(query, key):
        return factor * query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])

    verdict = judge("attention_scores", attention_scores)
    assert verdict.mistake is None
    assert verdict.message == f"The output is {factor:.2g} times what is expected, in every case."


def test_a_factor_that_depends_on_the_inputs_is_not_told(judge):
    def attention_scores(query, key):
        return query @ key.transpose(-2, -1) * (1 + query.flatten()[0].detach().abs())

    assert "times" not in judge("attention_scores", attention_scores).message


def test_an_unknown_mistake_is_not_guessed(judge):
    def causal_mask(length):
        return torch.ones(length, length, dtype=torch.bool).tril(diagonal=2)

    verdict = judge("causal_mask", causal_mask)
    assert verdict.mistake is None
    assert verdict.message.startswith("In the case “a short sequence”")


def test_a_factor_that_rounds_to_one_is_not_told(judge):
    def attention_scores(query, key):
        return 1.0002 * query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])

    verdict = judge("attention_scores", attention_scores)
    assert verdict.score < verdict.max_score
    assert "times what is expected" not in verdict.message
