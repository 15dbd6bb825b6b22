"""A coach of one's own for every test: public cases built from the exercises, and an empty learner's folder."""

from __future__ import annotations

import linecache
from itertools import count
from pathlib import Path

import pytest
from coach import casebook, storage
from coach.course import LESSONS

from autograder.exercises.publish import write_cases

SETUP = "import math\nimport torch\nimport torch.nn.functional as F\nfrom torch import Tensor, nn\n"
_number = count(1)


@pytest.fixture(scope="session")
def cases(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    for lesson in LESSONS:
        write_cases(lesson, folder / f"{lesson}.npz")
    return folder


@pytest.fixture(autouse=True)
def home(cases, tmp_path, monkeypatch) -> Path:
    """The learner's folder of this test."""
    monkeypatch.setattr(casebook, "CASES", cases)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(storage, "_unsaved", {})
    monkeypatch.setattr(storage, "_unsaved_cells", {})
    casebook.load.cache_clear()
    yield tmp_path / "home"
    casebook.load.cache_clear()


@pytest.fixture
def run_cell():
    """Runs text as IPython runs a cell (known to linecache without being a file); returns the notebook's names."""
    namespace: dict = {}
    exec(SETUP, namespace)

    def run(source: str) -> dict:
        file = f"/tmp/ipykernel_1/{next(_number)}.py"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        exec(compile(source, file, "exec"), namespace)
        return namespace

    return run
