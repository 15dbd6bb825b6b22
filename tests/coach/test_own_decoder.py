"""What a learner has saved in lessons 1 to 5 runs together: a decoder made of their own parts trains and writes."""

from __future__ import annotations

import pytest
import torch
from coach import storage
from coach.carrying import collect
from coach.course import LESSONS
from torch.nn import functional

from autograder.exercises import get
from autograder.exercises.variants import solution

MODULES = ("attention", "multi_head", "encoder", "decoder")


@pytest.fixture
def own():
    """The modules of a learner who has solved everything: module → exercises."""
    for lesson, module in LESSONS.items():
        if module in MODULES:
            order = [exercise.name for exercise in get(lesson)]
            for name in order:
                setup = "".join(f'{earlier} = carry_over("{earlier}")\n' for earlier in MODULES if earlier < module)
                storage.save_cell(lesson, module, order, setup, name, solution(name))
    collected = {module: collect(module) for module in MODULES}
    assert {reason for _, whose in collected.values() for reason in whose.values()} == {""}, "all are the learner's own"
    return {module: exercises for module, (exercises, _) in collected.items()}


def test_the_decoder_of_ones_own_parts_learns_to_repeat_its_memory(own):
    torch.manual_seed(0)
    decoder = own["decoder"].Decoder(1, d_model=16, num_heads=2, d_ff=32)
    embedding, readout = torch.nn.Embedding(6, 16), torch.nn.Linear(16, 5)
    parameters = [*decoder.parameters(), *embedding.parameters(), *readout.parameters()]
    optimiser = torch.optim.Adam(parameters, lr=1e-2)
    position = torch.randn(4, 16)
    past = own["attention"].causal_mask(4)
    losses = []
    for _ in range(150):
        tokens = torch.randint(5, (32, 4))
        read = embedding(own["decoder"].shift_right(tokens, 5)) + position
        logits = readout(decoder(read, embedding(tokens) + position, past))
        loss = functional.cross_entropy(logits.flatten(0, 1), tokens.flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 2  # only the memory knows the tokens: chance would stay at ln 5


def test_cached_steps_of_ones_own_equal_the_full_pass(own):
    torch.manual_seed(0)
    mine = own["decoder"]
    decoder = mine.Decoder(2, 16, 4, 32, norm_first=True).double().eval()
    x, memory = torch.randn(2, 6, 16).double(), torch.randn(2, 3, 16).double()
    caches = [mine.KeyValueCache() for _ in decoder.layers]
    with torch.no_grad():
        whole = decoder(x, memory, own["attention"].causal_mask(6))
        parts = [mine.cached_step(decoder, part, memory, caches) for part in x.split((3, 1, 2), dim=1)]
    torch.testing.assert_close(torch.cat(parts, dim=1), whole, rtol=0, atol=1e-10)
