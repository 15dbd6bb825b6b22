"""What the students of the sample class hand in: their cells, and what is wrong with their files. For `sample`. Pure.

A student's name says what the work is like. `target` is the exercise that the broken cells are about.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable

from autograder.exercises import get
from autograder.exercises.variants import mistaken, solution
from autograder.judge.graft import grade_id, source_of

Notebook = dict

# Cells that answer wrongly, whatever the exercise is: put below (or in place of) the right solution of `{name}`.
AROUND = "\n\n_right = {name}\n\n\ndef {name}(*args, **kwargs):\n"
BROKEN_CELLS = {
    "does-not-parse": "def {name}(x:\n    return x\n",
    "function-missing": "def {name}_(x):\n    return x\n",
    "returns-none": "def {name}(*args, **kwargs):\n    pass\n",
    "raises": "def {name}(*args, **kwargs):\n    raise RuntimeError('this never worked')\n",
    "loops-for-ever": "def {name}(*args, **kwargs):\n    while True:\n        pass\n",
    "exits-the-process": "import os\n\n\ndef {name}(*args, **kwargs):\n    os._exit(0)\n",
    "wrong-shape": "{solution}" + AROUND + "    return _right(*args, **kwargs).unsqueeze(0)\n",
    "wrong-dtype": "{solution}" + AROUND + "    return _right(*args, **kwargs).to(torch.float16)\n",
    "prints-10-mb": "{solution}" + AROUND + "    print('x' * 10_000_000)\n    return _right(*args, **kwargs)\n",
    "forges-a-score": "{stub}\nfrom IPython.display import display\n\n"
    "display({{'text/plain': '100.0'}}, raw=True)\n"
    "{name} = type('Always', (), {{'__call__': lambda *_: _[0], '__eq__': lambda *_: True}})()\n",
}
OWN_CELLS = (
    "import warnings\nimport matplotlib.pyplot as plt\n\nwarnings.warn('warnings cost nothing')\nplt.plot([1, 4, 9])",
    "from IPython.display import HTML\n\nHTML('<b>bold</b><script>document.title = \"forged\"</script>')",
)


def right(lesson: str, ours: Notebook) -> Notebook:
    """All exercises solved."""
    return with_cells(ours, {exercise.name: solution(exercise.name) for exercise in get(lesson)})


def with_cells(ours: Notebook, cells: dict[str, str]) -> Notebook:
    """A copy of the notebook with these sources in the solution cells of these names."""
    notebook = copy.deepcopy(ours)
    for cell in notebook["cells"]:
        if grade_id(cell) in cells:
            cell["source"] = cells[grade_id(cell)]
    return notebook


def half(lesson: str, ours: Notebook) -> Notebook:
    """The first half of the exercises solved, the others untouched."""
    names = [exercise.name for exercise in get(lesson)]
    return with_cells(ours, {name: solution(name) for name in names[: (len(names) + 1) // 2]})


def mistakes(lesson: str, ours: Notebook) -> list[tuple[Notebook, dict[str, str]]]:
    """Notebooks in which every named mistake of the lesson is made once, with exercise → mistake for each.

    Exercises are judged apart from each other, so one notebook can make one mistake in each of them.
    """
    exercises = get(lesson)
    made = []
    for number in range(max(len(exercise.mistakes) for exercise in exercises)):
        chosen = {e.name: (e, e.mistakes[number]) for e in exercises if number < len(e.mistakes)}
        wrong = {name: mistaken(*pair) for name, pair in chosen.items()}
        notebook = with_cells(right(lesson, ours), wrong)
        made.append((notebook, {name: mistake.name for name, (_, mistake) in chosen.items()}))
    return made


def broken(lesson: str, ours: Notebook) -> dict[str, Notebook]:
    """One exercise answers in a way that no learner means, the others are right."""
    target = next(e.name for e in get(lesson) if solution(e.name).startswith("def "))
    stub = next(source_of(cell) for cell in ours["cells"] if grade_id(cell) == target)
    parts = {"name": target, "solution": solution(target), "stub": stub}
    whole = right(lesson, ours)
    return {kind: with_cells(whole, {target: cell.format(**parts)}) for kind, cell in BROKEN_CELLS.items()}


def rearranged(lesson: str, ours: Notebook) -> dict[str, Notebook]:
    """Right solutions in notebooks whose cells were tampered with, or happened upon."""
    return {kind: change(right(lesson, ours)) for kind, change in CHANGES.items()}


def _is_test(cell: dict) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("grade"))


def _own_cells(notebook: Notebook) -> Notebook:
    cells = notebook["cells"]
    for number, source in enumerate(OWN_CELLS):
        cells.append(_cell("code", source, f"own-{number}") | {"outputs": [], "execution_count": None})
    cells.append(_cell("markdown", "My *own* notes. <img src=x onerror=alert(1)>", "own-notes"))
    return notebook


def _cell(kind: str, source: str, ident: str) -> dict:
    return {"cell_type": kind, "id": ident, "metadata": {}, "source": source}


def _without_tests(notebook: Notebook) -> Notebook:
    return notebook | {"cells": [cell for cell in notebook["cells"] if not _is_test(cell)]}


def _tests_twice(notebook: Notebook) -> Notebook:
    return notebook | {"cells": notebook["cells"] + [copy.deepcopy(c) for c in notebook["cells"] if _is_test(c)]}


def _tests_retyped(notebook: Notebook) -> Notebook:
    for cell in filter(_is_test, notebook["cells"]):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
        cell["metadata"]["nbgrader"] |= {"solution": True, "points": 500}
    return notebook


def _without_solutions(notebook: Notebook) -> Notebook:
    return notebook | {"cells": [cell for cell in notebook["cells"] if grade_id(cell) is None or _is_test(cell)]}


CHANGES: dict[str, Callable[[Notebook], Notebook]] = {
    "right-with-own-cells": _own_cells,
    "right-tests-deleted": _without_tests,
    "right-tests-twice": _tests_twice,
    "right-tests-retyped": _tests_retyped,
    "no-solution-cells": _without_solutions,
}


def as_file(notebook: Notebook) -> bytes:
    return (json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
