"""A coach of one's own for every test: an empty learner's folder. The public cases are the built ones."""

from __future__ import annotations

import linecache
from itertools import count
from pathlib import Path

import pytest
from coach import storage

SETUP = """
import math
from collections import Counter
import torch
import torch.nn.functional as F
from torch import Tensor, nn
"""
_number = count(1)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch) -> Path:
    """The learner's folder of this test."""
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(storage, "_unsaved", {})
    monkeypatch.setattr(storage, "_unsaved_cells", {})
    yield tmp_path / "home"


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
