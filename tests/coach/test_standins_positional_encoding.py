"""Stand-ins of lesson 3 answer as the reference does, in values, gradients and refusals."""

import itertools

import pytest
import torch
from coach.standins import positional_encoding

from autograder.reference import positional_encoding as reference

BOTH = (reference, positional_encoding)
EXACT = {"rtol": 0, "atol": 1e-6}  # tables are float32, computed in float64
BASES = (10000.0, 50.0)


@pytest.mark.parametrize("base", BASES)
def test_tables_and_matrices_agree(base):
    for length, d_model in itertools.product((0, 1, 7, 300), (1, 2, 5, 12)):
        torch.testing.assert_close(*(m.sinusoidal_encoding(length, d_model, base) for m in BOTH), **EXACT)
    for offset, d_model in itertools.product((-9, 0, 1, 40), (2, 6, 16)):
        torch.testing.assert_close(*(m.shift_matrix(offset, d_model, base) for m in BOTH), **EXACT)


@pytest.mark.parametrize("lead", [(), (1,), (2, 3)])
def test_turned_vectors_and_their_gradients_agree(lead):
    torch.manual_seed(0)
    x = torch.randn(*lead, 5, 8, dtype=torch.float64, requires_grad=True)
    positions = torch.tensor([3, 0, 11, 11, 900])
    turned = [m.rotate(x, positions, base=70.0) for m in BOTH]
    torch.testing.assert_close(*turned)
    cotangent = torch.randn_like(x)
    torch.testing.assert_close(*(torch.autograd.grad(out, x, cotangent)[0] for out in turned))
    assert positional_encoding.rotate(x.float(), positions).dtype == torch.float32


@pytest.mark.parametrize("train", [True, False])
def test_modules_agree_with_and_without_dropout(train):
    x = torch.randn(3, 6, 7)
    for dropout in (0.0, 1.0):  # none or everything: nothing is left to chance
        made = [m.PositionalEncoding(7, 9, dropout).train(train) for m in BOTH]
        torch.testing.assert_close(*(layer(x) for layer in made))
        assert [list(layer.parameters()) for layer in made] == [[], []]
        assert made[1].double()(x.double()).dtype == torch.float64


@pytest.mark.parametrize("module", BOTH)
def test_what_does_not_fit_is_refused(module):
    layer = module.PositionalEncoding(6, 4)
    for x in (torch.zeros(2, 5, 6), torch.zeros(2, 3, 1)):
        with pytest.raises(ValueError, match=f"{x.shape[1]}|{x.shape[2]}"):
            layer(x)
    with pytest.raises(ValueError, match="7"):
        module.shift_matrix(2, 7)
    with pytest.raises(ValueError, match="5"):
        module.rotate(torch.zeros(3, 5), torch.arange(3))
    with pytest.raises(ValueError, match="4"):
        module.rotate(torch.zeros(3, 6), torch.arange(4))
