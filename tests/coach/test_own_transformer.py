"""The model that is trained in lesson 6 is the learner's own code of lessons 1 to 6, as `check` has saved it.

Each saved cell leaves a mark when it runs, so that it is seen which code was at work. That the lesson's model gets its
dates right is what the executed notebook shows; here a few steps are enough.
"""

from __future__ import annotations

import datetime

import torch
from babel.dates import format_date
from coach import carry_over, check
from coach.course import LESSONS, lesson_of
from torch import Tensor

from autograder.exercises import get
from tests.coach.test_own_code import PARTS, marked

# Every part that the model, its training and its writing need, in the order in which a learner writes it
NEEDED = {module: names for module, names in PARTS.values()}
NEEDED["attention"] = [*NEEDED["attention"], "causal_mask"]
NEEDED["decoder"] = ["shift_right", "DecoderLayer", "Decoder"]
NEEDED["transformer"] = [exercise.name for exercise in get(lesson_of("transformer"))]
SET_UP = {
    "multi_head": ["attention"],
    "encoder": ["multi_head"],
    "decoder": ["attention", "multi_head", "encoder"],
    "transformer": ["attention", "positional_encoding", "encoder", "decoder"],
}
PAD, START, END = 0, 1, 2


def pass_checks(run_cell, module: str, cell_of) -> None:
    """A learner's session with one lesson: its set-up cells, then each exercise written and checked."""
    for earlier in SET_UP.get(module, []):
        run_cell(f"from coach import carry_over\n{earlier} = carry_over({earlier!r})\n")
    for name in NEEDED[module]:
        check(run_cell(cell_of(name))[name])


def numbered(texts: list[str], letters: str) -> Tensor:
    """(count, length): each letter its number, END behind each text, padding behind the shorter ones."""
    rows = [torch.tensor([3 + letters.index(letter) for letter in text] + [END]) for text in texts]
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=PAD)


def dates(count: int) -> tuple[Tensor, Tensor, str]:
    """German dates and what they are in figures, both letter by letter; and the letters that there are."""
    days = [datetime.date(1990, 1, 1) + datetime.timedelta(days=97 * number) for number in range(count)]
    written, wanted = [format_date(day, "long", locale="de") for day in days], [day.isoformat() for day in days]
    letters = "".join(sorted(set("".join(written + wanted))))
    return numbered(written, letters), numbered(wanted, letters), letters


def trained(steps: int = 12) -> list[float]:
    """The lesson's whole way with what is carried over: train on dates, write them both ways, score. The losses."""
    transformer, decoder = carry_over("transformer"), carry_over("decoder")
    torch.manual_seed(0)
    source, target, letters = dates(32)
    size = 3 + len(letters)
    model = transformer.Transformer(size, size, 16, 2, 1, 32, dropout=0.1)
    optimiser = torch.optim.Adam(model.parameters(), lr=1.0)
    losses = []
    for step in range(1, steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = transformer.warmup_learning_rate(step, 16, 50)
        logits = model(source, decoder.shift_right(target, START))
        loss = transformer.label_smoothed_cross_entropy(logits, target, PAD)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    greedy = transformer.greedy_decode(model, source[:2], START, END, 4)
    beam, scores = transformer.beam_search(model, source[:2], START, END, 4, 2, 0.6)
    assert greedy.shape[0] == len(beam) == len(scores) == 2 and model.training
    wanted = target[:2].tolist()
    assert transformer.bleu(greedy[:, 1:].tolist(), [[row] for row in wanted]) < 100
    assert transformer.bleu(wanted, [[row] for row in wanted]) > 99.9
    return losses


def test_what_is_trained_on_dates_is_the_learners_own_code(run_cell, monkeypatch):
    for module in NEEDED:
        pass_checks(run_cell, module, marked)
    monkeypatch.setattr(torch, "marks", [], raising=False)
    losses = trained()
    assert losses[-1] < 0.9 * losses[0]
    assert set(torch.marks) == {name for names in NEEDED.values() for name in names}


def test_lessons_not_done_are_stood_in_for(run_cell, monkeypatch):
    """Only lesson 6 is solved: all that it is built of comes from stand-ins, and the model trains all the same."""
    pass_checks(run_cell, "transformer", marked)
    monkeypatch.setattr(torch, "marks", [], raising=False)
    losses = trained()
    assert losses[-1] < 0.9 * losses[0]
    assert set(torch.marks) == set(NEEDED["transformer"])


def test_every_lesson_is_needed():
    assert set(NEEDED) == set(LESSONS.values()) - {"warmup"}
