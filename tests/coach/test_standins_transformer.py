"""Stand-ins of lesson 6 equal the reference: values, gradients of all weights, padding, dropout, writing, refusals."""

import random

import pytest
import torch
from coach.standins import transformer

from autograder.reference import transformer as reference

SIDES = (reference, transformer)
# (batch, source_length, target_length, num_heads, d_head, layers)
SIZES = [(1, 1, 1, 1, 2, 1), (2, 3, 4, 2, 3, 2), (3, 6, 1, 4, 2, 1), (1, 1, 5, 3, 4, 3), (4, 5, 5, 1, 6, 2)]
PAD, START, END = 3, 1, 2


def models(num_heads: int, d_head: int, layers: int, norm_first: bool, dropout: float = 0.0) -> list[torch.nn.Module]:
    """Reference and stand-in with the same weights, loaded strictly by name."""
    sizes = (9, 8, num_heads * d_head, num_heads, layers, 11)
    made = [side.Transformer(*sizes, dropout, PAD, norm_first).double() for side in SIDES]
    with torch.no_grad():
        for weight in made[0].parameters():
            weight.normal_(std=0.6)
    made[1].load_state_dict(made[0].state_dict(), strict=True)
    return made


def tokens(batch: int, length: int, vocabulary: int) -> torch.Tensor:
    """The second half of some rows is padding; of one of several, all is."""
    drawn = torch.randint(vocabulary, (batch, length))
    drawn[::2, (length + 1) // 2 :] = PAD
    if batch > 1:
        drawn[1] = PAD
    return drawn


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize(("batch", "source_length", "target_length", "num_heads", "d_head", "layers"), SIZES)
def test_the_model_agrees(batch, source_length, target_length, num_heads, d_head, layers, norm_first):
    torch.manual_seed(0)
    source, target = tokens(batch, source_length, 9), tokens(batch, target_length, 8)
    sides = []
    for model in models(num_heads, d_head, layers, norm_first):
        memory, logits = model.encode(source), model(source, target)
        total = (logits * torch.linspace(-1, 2, logits.numel()).view_as(logits)).sum()
        # the last layer's keys get gradients of 0 or none at all where there is one token only
        gradients = torch.autograd.grad(total, list(model.parameters()), allow_unused=True, materialize_grads=True)
        sides.append([memory, model.decode(target, memory, source), logits, *gradients])
    for ours, theirs in zip(*sides, strict=True):
        assert ours.isfinite().all()
        torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-10)


@pytest.mark.parametrize("training", [True, False])
def test_dropout_sits_in_the_same_places(training):
    torch.manual_seed(0)
    source, target = tokens(2, 4, 9), tokens(2, 3, 8)
    one, other = (model.train(training)(source, target) for model in models(2, 3, 2, False, dropout=1.0))
    torch.testing.assert_close(one, other, rtol=0, atol=1e-10)


def test_embedding_loss_and_learning_rate_agree():
    torch.manual_seed(0)
    for count in range(8):
        logits = torch.randn(3, 4, 8, dtype=torch.float64, requires_grad=True)
        target = tokens(3, 4, 8)
        losses = [side.label_smoothed_cross_entropy(logits, target, PAD, count / 8) for side in SIDES]
        torch.testing.assert_close(*losses, rtol=0, atol=1e-12)
        torch.testing.assert_close(*(torch.autograd.grad(loss, logits)[0] for loss in losses), rtol=0, atol=1e-12)
    for step in (1, 2, 39, 40, 41, 1000):
        rates = [side.warmup_learning_rate(step, 24, 40) for side in SIDES]
        assert rates[0] == pytest.approx(rates[1], rel=1e-12)


@pytest.mark.parametrize("penalty", [-1.0, 0.0, 0.6, 2.0])
def test_what_is_written_agrees(penalty):
    for seed in range(3):
        torch.manual_seed(seed)
        pair, source = models(2, 4, 1, False), torch.randint(9, (4, 5))
        one, other = (s.greedy_decode(m, source, START, END, 6) for s, m in zip(SIDES, pair, strict=True))
        assert torch.equal(one, other)
        for beam_size in (1, 3, 11):
            arguments = (source, START, END, 5, beam_size, penalty)
            found = [side.beam_search(model, *arguments) for side, model in zip(SIDES, pair, strict=True)]
            assert torch.equal(found[0][0], found[1][0])
            torch.testing.assert_close(found[0][1], found[1][1], rtol=0, atol=1e-10)


def test_bleu_agrees():
    chance = random.Random(0)

    def text(most: int) -> list[str]:
        return [chance.choice("abc") for _ in range(chance.randint(0, most))]

    for _ in range(100):
        candidates = [text(12) for _ in range(chance.randint(1, 4))]
        references = [[candidate[1:] + text(3), text(14)] for candidate in candidates]
        one, other = (side.bleu(candidates, references) for side in SIDES)
        assert one == pytest.approx(other, rel=0, abs=1e-9)


@pytest.mark.parametrize("side", SIDES)
def test_what_does_not_fit_is_refused(side):
    with pytest.raises(ValueError, match=r"5.*3|3.*5"):
        side.bleu([["a"]] * 5, [[["a"]]] * 3)
    with pytest.raises(ValueError, match="-2"):
        side.warmup_learning_rate(-2, 8, 10)
    with pytest.raises(ValueError, match="0"):
        side.warmup_learning_rate(0, 8, 10)
    with pytest.raises(ValueError, match=r"7.*3|3.*7"):
        side.Transformer(9, 8, 7, 3, 1, 11)
