"""The reference of lesson 3 is right: against the formulas with Python's own floats, and what follows from them."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from torch import nn

from autograder.reference import multi_head, positional_encoding

# length × d_model, single rows and columns among them: 36 shapes
LENGTHS = (1, 2, 5, 9, 16, 33)
WIDTHS = (1, 2, 3, 6, 8, 17)
BASES = (10000.0, 10.0, 500000.0)


def formula(position: int, column: int, d_model: int, base: float) -> float:
    """Section 3.5, entry by entry."""
    angle = position / base ** (2 * (column // 2) / d_model)
    return math.sin(angle) if column % 2 == 0 else math.cos(angle)


@pytest.mark.parametrize("base", BASES)
def test_the_table_is_the_papers(base):
    for length, d_model in itertools.product(LENGTHS, WIDTHS):
        table = positional_encoding.sinusoidal_encoding(length, d_model, base)
        want = [[formula(p, column, d_model, base) for column in range(d_model)] for p in range(length)]
        assert table.dtype == torch.float32 and not table.requires_grad
        torch.testing.assert_close(table, torch.tensor(want), rtol=0, atol=1e-7)


@pytest.mark.parametrize("d_model", [2, 4, 10, 64])
def test_one_matrix_moves_every_row(d_model):
    for base, offset in itertools.product(BASES, (-7, -1, 0, 1, 3, 12)):
        table = positional_encoding.sinusoidal_encoding(40, d_model, base)
        matrix = positional_encoding.shift_matrix(offset, d_model, base)
        assert matrix.dtype == torch.float32 and not matrix.requires_grad
        torch.testing.assert_close(table[10 + offset : 27 + offset], table[10:27] @ matrix.T, rtol=0, atol=1e-5)
        torch.testing.assert_close(matrix @ matrix.T, torch.eye(d_model), rtol=0, atol=1e-6)


@pytest.mark.parametrize("lead", [(), (1,), (3,), (2, 4), (2, 1, 3)])
def test_turning_keeps_lengths_and_feels_only_distances(lead):
    for length, d in itertools.product((1, 3, 8), (2, 6, 16)):
        query, key = (torch.randn(*lead, length, d, dtype=torch.float64) for _ in range(2))
        positions = torch.randint(50, (length,))
        turned = [positional_encoding.rotate(x, positions + shift) for x in (query, key) for shift in (0, 9)]
        torch.testing.assert_close(turned[0].norm(dim=-1), query.norm(dim=-1))
        # moving both by 9 positions changes no product
        torch.testing.assert_close(turned[0] @ turned[2].transpose(-1, -2), turned[1] @ turned[3].transpose(-1, -2))
        at_zero = positional_encoding.rotate(query, torch.zeros(length, dtype=torch.int64))
        torch.testing.assert_close(at_zero, query)


def test_turning_is_a_product_of_complex_numbers_in_value_and_gradient():
    x = torch.randn(2, 3, 7, 10, dtype=torch.float64, requires_grad=True)
    positions = torch.tensor([5, 0, 31, 2, 2, 9, 1])
    speeds = 10000.0 ** (-torch.arange(0, 10, 2, dtype=torch.float64) / 10)
    factors = torch.exp(1j * torch.outer(positions.double(), speeds))
    theirs = torch.view_as_real(torch.view_as_complex(x.unflatten(-1, (5, 2))) * factors).flatten(-2)
    ours = positional_encoding.rotate(x, positions)
    torch.testing.assert_close(ours, theirs)
    cotangent = torch.randn_like(ours)
    grads = [torch.autograd.grad(y, x, cotangent, retain_graph=True)[0] for y in (ours, theirs)]
    torch.testing.assert_close(*grads)


def test_the_module_adds_the_table_and_has_nothing_to_learn():
    for batch, length, d_model in itertools.product((1, 3), (1, 4, 12), (1, 6, 7)):
        layer = positional_encoding.PositionalEncoding(d_model, 12, dropout=0.5).eval()
        x = torch.randn(batch, length, d_model, requires_grad=True)
        out = layer(x)
        torch.testing.assert_close(out, x + positional_encoding.sinusoidal_encoding(length, d_model))
        assert list(layer.parameters()) == [] and layer.double()(x.double()).dtype == torch.float64
        torch.testing.assert_close(torch.autograd.grad(out.sum(), x)[0], torch.ones_like(x))
    with pytest.raises(ValueError, match="13.*12"):
        layer(torch.zeros(1, 13, 7))


def test_attention_alone_knows_no_order_and_with_positions_it_does():
    """What the lesson shows first: permuting the input permutes the output."""
    torch.manual_seed(0)
    layer = multi_head.MultiHeadAttention(8, 2).double()
    position = positional_encoding.PositionalEncoding(8)
    x, order = torch.randn(1, 6, 8, dtype=torch.float64), torch.tensor([3, 0, 5, 1, 4, 2])
    plain, shuffled = layer(x, x, x)[0], layer(*[x[:, order]] * 3)[0]
    torch.testing.assert_close(plain[:, order], shuffled)
    placed, moved = (layer(*[position(y)] * 3)[0] for y in (x, x[:, order]))
    assert (placed[:, order] - moved).abs().max() > 1e-2
    assert isinstance(position, nn.Module)
