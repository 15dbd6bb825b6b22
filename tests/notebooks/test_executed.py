"""nbval runs all executed masters again, in fresh kernels, and compares every output that is text.

A pytest of its own per notebook: nbval's items must stay together in one process, whatever pytest-xdist does with ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from coach.course import LESSONS

from autograder.build.execute import SETTINGS
from autograder.build.inquire import environment

ROOT = Path(__file__).resolve().parents[2]
SANITIZE = Path(__file__).with_name("sanitize.cfg")
IF_MEANT = "If the new output is right: rm solutions/{lesson}/{lesson}.ipynb && make build"
NOT_NEEDED = ("xdist", "hypothesispytest", "anyio")  # loading them takes two of the three seconds of an empty run
CELL_SECONDS = "300"  # as in the build: five times what a whole lesson is meant to take


def nbval(notebook: Path, home: Path) -> subprocess.CompletedProcess:
    """nbval's verdict on a notebook, run as the build runs it."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no"]
    command += [part for plugin in NOT_NEEDED for part in ("-p", f"no:{plugin}")]
    command += ["--nbval", "--nbval-current-env", f"--nbval-sanitize-with={SANITIZE}"]
    command += [f"--nbval-cell-timeout={CELL_SECONDS}", f"--rootdir={ROOT}", str(notebook)]
    env = environment(COACH_HOME=str(home), **SETTINGS)
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_executed_master_gives_the_same_outputs_again(lesson, tmp_path):
    done = nbval(ROOT / "solutions" / lesson / f"{lesson}.ipynb", tmp_path)
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{IF_MEANT.format(lesson=lesson)}"
    assert " passed" in done.stdout


def test_nbval_would_notice_another_output(tmp_path):
    """A guard for the test above: a changed text output fails. Of lesson 0, down to the first check card."""
    lesson = next(iter(LESSONS))
    notebook = json.loads((ROOT / "solutions" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    cards = [cell for cell in notebook["cells"] if "".join(cell["source"]).startswith("check(")]
    del notebook["cells"][notebook["cells"].index(cards[0]) + 1 :]
    cards[0]["outputs"][0]["data"]["text/html"].append("<p>never printed</p>")
    changed = tmp_path / "changed.ipynb"
    changed.write_text(json.dumps(notebook), encoding="utf-8")
    done = nbval(changed, tmp_path)
    assert done.returncode == 1 and "mismatch" in done.stdout
