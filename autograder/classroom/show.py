"""Runs the grafted notebook once more, for its pictures and cards: DESIGN §4's *show*. Called by `worker`.

This kernel never sees a hidden case, so nothing that it prints can hold one; and nothing that it prints earns a point.
"""

from __future__ import annotations

import copy

from autograder.classroom.sanitise import Page, is_extra, with_clean_prose
from autograder.judge.collect import GRADED_COPY
from autograder.judge.graft import source_of
from autograder.kernels import KernelFactory, Limits

TOO_LONG = "experiment"  # our tag for long training runs; a student's tags are gone by now
SHOW_CELL_S = 10.0  # a picture takes 2 s on a slow machine; a loop without end should not hold up the class
# The notebook saves a learner's progress; in here it goes to the kernel's own empty folder and ends with it.
# Pictures are wanted as outputs, whatever backend the kernel started with.
PRELUDE = """
import os as _os
_os.environ["COACH_HOME"] = _os.path.join(_os.getcwd(), "my_transformer")
get_ipython().run_line_magic("matplotlib", "inline")
del _os
"""
STOP_NOTE = {
    "timeout": f"This cell was stopped after {SHOW_CELL_S:g} seconds; the cells after it were not run.",
    "flood": "This cell printed far too much and was stopped; the cells after it were not run.",
    "dead": "This cell ended its kernel; the cells after it were not run.",
}
# Set on cells that were not run, for the page to leave them out
NOT_RUN = "autograder_not_run"


def show(grafted: dict, kernels: KernelFactory, limits: Limits, pictures: bool = False) -> dict:
    """A copy of the notebook with outputs, sanitised. Whatever the code does becomes an output.

    Outputs are sanitised as they come: of three hundred cells, each may give a hundred times what a page can hold.

    The lesson's own demonstrations take ten times as long as everything else together (5 s of 5.4 s in lesson 1), and
    show a teacher nothing new: they run only with `pictures`, or if cells of the student's own come after them, which
    may use what they define. Raises KernelFailure when no kernel starts.
    """
    notebook, page = copy.deepcopy(grafted), Page()
    notebook["metadata"] = notebook.get("metadata", {}) | {GRADED_COPY: True}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    own = [place for place, cell in enumerate(notebook["cells"]) if is_extra(cell) and cell["cell_type"] == "code"]
    last = len(notebook["cells"]) if pictures else max(own, default=-1)
    with kernels.open() as kernel:
        kernel.execute(PRELUDE, timeout=limits.start_s)
        for place, cell in enumerate(notebook["cells"]):
            if cell["cell_type"] != "code" or not source_of(cell).strip():
                continue
            if TOO_LONG in cell["metadata"].get("tags", []) or (place > last and is_demonstration(cell)):
                cell["metadata"][NOT_RUN] = True
                continue
            done = kernel.execute(source_of(cell), timeout=min(SHOW_CELL_S, limits.cell_s), capture=True)
            note = [_said(STOP_NOTE[done.status])] if done.status in STOP_NOTE else []
            cell["outputs"] = page.take([*done.outputs, *note])
            if note:
                break
    return with_clean_prose(notebook)


def is_demonstration(cell: dict) -> bool:
    """Whether a code cell is ours and nothing graded rests on it."""
    needed = "setup" in cell["metadata"].get("tags", []) or "nbgrader" in cell["metadata"]
    source = source_of(cell)
    return not (needed or is_extra(cell) or "from coach import" in source or "carry_over(" in source)


def _said(sentence: str) -> dict:
    return {"output_type": "stream", "name": "stdout", "text": sentence + "\n"}
