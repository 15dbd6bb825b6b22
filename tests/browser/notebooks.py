"""Prepared notebooks for the browser tests: a lesson with a learner's work in it, and a gallery of cards."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat

from autograder.classroom.show import is_demonstration
from autograder.exercises import find, get
from autograder.exercises.variants import mistaken, solution

LESSON = "01_attention"

WRONG_SHAPE = """
def causal_mask(length: int) -> Tensor:
    return torch.ones(length, length + 1, dtype=torch.bool).tril()
"""
UNNAMED = """
def attention_scores(query: Tensor, key: Tensor) -> Tensor:
    if query.shape[-1] != key.shape[-1]:
        raise ValueError(f"{query.shape} and {key.shape}")
    scores = torch.einsum("...qd,...kd->...qk", query, key) / math.sqrt(query.shape[-1])
    return scores.clamp(min=-0.4)
"""
EXCEPTION = """
def padding_mask(lengths: Tensor, max_length: int) -> Tensor:
    table = torch.arange(max_length) < lengths
    return table
"""


def gallery_cells() -> dict[str, tuple[str, str]]:
    """Card → (exercise, cell): every kind of card that a learner can get."""
    attention = find("scaled_dot_product_attention")[1]
    no_scale = next(mistake for mistake in attention.mistakes if mistake.name == "no_scale")
    return {
        "pass": ("attention_scores", solution("attention_scores")),
        "wrong shape": ("causal_mask", WRONG_SHAPE),
        "named mistake": ("scaled_dot_product_attention", mistaken(attention, no_scale)),
        "unnamed error": ("attention_scores", UNNAMED),
        "exception": ("padding_mask", EXCEPTION),
        "not written": ("stable_softmax", "def stable_softmax(scores, dim=-1):\n    raise NotImplementedError()"),
    }


def write_gallery(lessons: Path) -> Path:
    """A notebook beside lesson 1 that shows one card of each kind."""
    setup = "import math\nimport torch\nimport torch.nn.functional as F\nfrom torch import Tensor, nn"
    coach = "import sys\nsys.path.append('..')\nfrom coach import check, hint, progress, carry_over"
    cells = [setup, coach, "attention = carry_over('attention')\nfrom types import SimpleNamespace"]
    cells[-1] += "\nstable_softmax, attention_scores = attention.stable_softmax, attention.attention_scores"
    for name, code in gallery_cells().values():
        cells += [code, f"check({name})"]
    cells += ["hint('causal_mask', 1)", "progress()"]
    tagged = {"tags": ["raises-exception"]}  # the notebook goes on after a card that says no
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell, metadata=tagged) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, lessons / LESSON / "gallery.ipynb")
    return lessons / LESSON / "gallery.ipynb"


def write_solved(
    lessons: Path, lesson: str = LESSON, experiments: bool = False, demonstrations: bool = True, **instead: str
) -> Path:
    """A lesson with the master's solutions, or other code for single exercises.

    Without `experiments`, which the notebooks' own tests run, and which take the most time; and if so wanted, without
    any code on which no exercise rests.
    """
    path = lessons / lesson / f"{lesson}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    if not experiments:
        notebook["cells"] = [c for c in notebook["cells"] if "experiment" not in c["metadata"].get("tags", [])]
    if not demonstrations:
        notebook["cells"] = [c for c in notebook["cells"] if c["cell_type"] != "code" or not is_demonstration(c)]
    work = {exercise.name: instead.get(exercise.name, solution(exercise.name)) for exercise in get(lesson)}
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in work:
            cell["source"] = work[name]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path
