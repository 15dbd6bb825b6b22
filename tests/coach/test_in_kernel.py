"""The coach in a real kernel: what a notebook receives, and that importing it is light."""

import subprocess
import sys
from pathlib import Path

import coach
import nbclient
import nbformat
import pytest

from autograder.exercises.variants import solution

# As the second cell of every lesson: the coach need not be installed.
HERE = f"import sys; sys.path.append({str(Path(coach.__file__).parents[1])!r})\n"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    home = tmp_path_factory.mktemp("kernel")
    cells = [
        f"{HERE}import os\nos.environ['COACH_HOME'] = {str(home)!r}\n"
        "import math, torch\nfrom torch import Tensor\n"
        "from coach import CheckFailed, check, hint, carry_over, progress",
        solution("causal_mask") + "\nprint('hello')",
        "check(causal_mask)",
        "def causal_mask(length):\n    return torch.ones(length, length)",
        "check(causal_mask)",
        "check(None)",
        "hint(causal_mask)",
        "attention = carry_over('attention')\nattention",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, allow_errors=True, kernel_name="python3", timeout=120).execute()
    return [cell.outputs for cell in notebook.cells]


def test_a_check_shows_html_and_text(outputs):
    (shown,) = outputs[2]
    assert shown.data["text/plain"].startswith("✓ `causal_mask`: the public checks pass")
    assert '<section class="coach-card coach-pass"' in shown.data["text/html"]


def test_a_failed_check_ends_in_one_line(outputs):
    card, error = outputs[4]
    assert card.data["text/plain"].startswith("✗ `causal_mask`: not right yet")
    assert error.ename == "CheckFailed"
    assert error.traceback == [f"CheckFailed: {error.evalue}"]


def test_bad_use_ends_in_one_line(outputs):
    (error,) = outputs[5]
    assert error.ename == "Misuse" and len(error.traceback) == 1


def test_a_hint_is_markdown(outputs):
    assert set(outputs[6][0].data) == {"text/markdown", "text/plain"}


def test_the_whole_cell_came_back_without_its_print(outputs):
    card, value = outputs[7]
    assert "causal_mask                   your own" in card.data["text/plain"]
    assert value.data["text/plain"].startswith("<carried over: stable_softmax, ")


def test_importing_the_coach_loads_no_pictures_and_no_notebook():
    code = HERE + "import coach; from coach import check, hint, progress, carry_over; print(sorted(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("'matplotlib'", "'IPython'", "'pandas'", "'sklearn'") if name in modules]


@pytest.mark.parametrize("order", ["CheckFailed, check, hint", "progress, carry_over, check", "check, CheckFailed"])
def test_the_functions_are_functions_in_whatever_order_they_are_imported(order):
    code = f"{HERE}from coach import {order}; from coach import check; assert callable(check), check"
    subprocess.run([sys.executable, "-c", code], check=True)
