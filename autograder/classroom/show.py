"""Runs the grafted notebook once more, for its pictures and cards: DESIGN §4's *show*. Called by `worker`.

This kernel never sees a hidden case, so nothing that it prints can hold one; and nothing that it prints earns a point.
"""

from __future__ import annotations

import copy

from autograder.judge.graft import source_of
from autograder.kernels import KernelFactory, Limits

SKIPPED = "experiment"  # our tag for long training runs; a student's tags are gone by now
SHOW_CELL_S = 15.0  # a picture takes 2 s on a slow machine; a loop without end should not hold up the class
# The notebook saves a learner's progress; in here it goes to the kernel's own empty folder and ends with it.
# Pictures are wanted as outputs, whatever backend the kernel started with.
PRELUDE = """
import os as _os
_os.environ["COACH_HOME"] = _os.path.join(_os.getcwd(), "my_transformer")
get_ipython().run_line_magic("matplotlib", "inline")
del _os
"""
SKIP_NOTE = "This cell trains or experiments at length; it is not run while grading."
STOP_NOTE = {
    "timeout": f"This cell was stopped after {SHOW_CELL_S:g} seconds; the cells after it were not run.",
    "flood": "This cell printed far too much and was stopped; the cells after it were not run.",
    "dead": "This cell ended its kernel; the cells after it were not run.",
}


def show(grafted: dict, kernels: KernelFactory, limits: Limits) -> dict:
    """A copy of the notebook with outputs, not yet sanitised. Whatever the code does becomes an output.

    Raises KernelFailure when no kernel starts.
    """
    notebook = copy.deepcopy(grafted)
    with kernels.open() as kernel:
        kernel.execute(PRELUDE, timeout=limits.start_s)
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code" or not source_of(cell).strip():
                continue
            if SKIPPED in cell["metadata"].get("tags", []):
                cell["outputs"] = [_said(SKIP_NOTE)]
                continue
            done = kernel.execute(source_of(cell), timeout=min(SHOW_CELL_S, limits.cell_s), capture=True)
            cell["outputs"] = list(done.outputs)
            if done.status in STOP_NOTE:
                cell["outputs"].append(_said(STOP_NOTE[done.status]))
                break
    return notebook


def _said(sentence: str) -> dict:
    return {"output_type": "stream", "name": "stdout", "text": sentence + "\n"}
