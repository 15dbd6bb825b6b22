"""The model that is trained in lesson 4 is the learner's own code of lessons 1 to 4; and a failed lesson costs nothing.

Each saved cell leaves a mark when it runs, so that it is seen which code was at work.
"""

import json

import pytest
import torch
import torch.nn.functional as F
from coach import carry_over, check, training
from torch import nn

from autograder.course import released
from autograder.exercises import get
from autograder.exercises.variants import solution
from autograder.judge.graft import grade_id, is_solution
from autograder.judge.run import judge_notebook
from autograder.kernels import Limits, PlainKernels

# What a Transformer encoder needs of each lesson, in the order in which a learner writes it
PARTS = {
    "01_attention": ("attention", ["stable_softmax", "attention_scores", "scaled_dot_product_attention"]),
    "02_multi_head": ("multi_head", ["split_heads", "merge_heads", "MultiHeadAttention"]),
    "03_positional_encoding": ("positional_encoding", ["sinusoidal_encoding", "PositionalEncoding"]),
    "04_encoder": ("encoder", ["LayerNorm", "FeedForward", "EncoderLayer", "Encoder"]),
}
NEEDS = {"02_multi_head": ["attention"], "04_encoder": ["multi_head"]}


@pytest.fixture
def solved(run_cell):
    """All parts written, checked and saved, each by a cell that counts in `torch.marks` how often it ran."""
    for lesson, (_, names) in PARTS.items():
        for module in NEEDS.get(lesson, []):
            run_cell(f"from coach import carry_over\n{module} = carry_over({module!r})\n")
        for name in names:
            check(run_cell(marked(name))[name])


def marked(name: str) -> str:
    """The reference's cell, in which the first line of the (last) method or function leaves a mark."""
    lines = solution(name).splitlines()
    last = max(i for i, line in enumerate(lines) if line.lstrip().startswith("return "))
    indent = lines[last][: len(lines[last]) - len(lines[last].lstrip())]
    lines.insert(last, f"{indent}torch.marks = getattr(torch, 'marks', []) + [{name!r}]")
    return "\n".join(lines) + "\n"


class Model(nn.Module):
    """Which of two letters stands at the front? Made of nothing but what is carried over."""

    def __init__(self, encoder, positional_encoding):
        super().__init__()
        self.embedding = nn.Embedding(2, 8)
        self.positions = positional_encoding.PositionalEncoding(8)
        self.encoder = encoder.Encoder(2, 8, 2, 16)
        self.readout = nn.Linear(8, 2)

    def forward(self, letters):
        return self.readout(self.encoder(self.positions(self.embedding(letters))).mean(dim=1))


def trained() -> list[float]:
    """The losses of a model made of what is carried over."""
    encoder, positional_encoding = carry_over("encoder"), carry_over("positional_encoding")
    torch.manual_seed(0)
    model = Model(encoder, positional_encoding)
    letters = torch.randint(2, (256, 5))

    def loss_of(chosen):
        return F.cross_entropy(model(letters[chosen]), letters[chosen, 0])

    return training.fit(model, loss_of, len(letters), steps=120, learning_rate=1e-2)


def test_what_is_trained_is_the_learners_own_code(solved, monkeypatch):
    monkeypatch.setattr(torch, "marks", [], raising=False)
    losses = trained()
    assert sum(losses[-10:]) < 0.2 * sum(losses[:10])
    assert set(torch.marks) >= {name for _, names in PARTS.values() for name in names}


def test_a_lesson_not_done_is_stood_in_for(run_cell):
    """Only lesson 4 is solved: the rest comes from stand-ins, and the model trains all the same."""
    run_cell("from coach import carry_over\nmulti_head = carry_over('multi_head')\n")
    for name in PARTS["04_encoder"][1]:
        check(run_cell(solution(name))[name])
    losses = trained()
    assert sum(losses[-10:]) < 0.2 * sum(losses[:10])


@pytest.mark.parametrize(
    "lesson", ["02_multi_head", "03_positional_encoding", "04_encoder", "05_decoder", "06_transformer"]
)
def test_a_failed_lesson_1_costs_nothing_in_a_later_one(lesson, home, tmp_path):
    """The learner's saved attention is wrong, and the later notebook carries a wrong copy of it as well."""
    home.mkdir(parents=True)
    wrong = "def scaled_dot_product_attention(query, key, value, mask=None):\n    return value, key\n"
    (home / "attention.py").write_text(f"# ==== exercise: scaled_dot_product_attention ====\n\n{wrong}")
    notebook = released(lesson)
    for cell in notebook["cells"]:
        if is_solution(cell):
            cell["source"] = solution(grade_id(cell))
    spoilt = {
        "cell_type": "code",
        "id": "spoilt",
        "metadata": {},
        "source": wrong,
        "outputs": [],
        "execution_count": None,
    }
    notebook["cells"].insert(0, spoilt)
    path = tmp_path / f"{lesson}.ipynb"
    path.write_text(json.dumps(notebook))
    kernels = PlainKernels(Limits())
    try:
        submission = judge_notebook(path, lesson, "s", b"key", kernels)
    finally:
        kernels.close()
    assert submission.score == submission.max_score == sum(exercise.max_score for exercise in get(lesson))
