"""Copies of this repository and a toy course of one lesson, for the tests of the build. Used by this folder's tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "my_transformer", ".*")

TOY_MASTER = '''# %% [markdown]
# # A toy lesson

# %% tags=["setup"]
#| export
import math
from fractions import Fraction

# %%
from coach import carry_over, check

# %% tags=["setup"]
#| export
earlier = carry_over("earlier")  # its own code

# %% exercise="double"
#| export
def double(x: Fraction) -> Fraction:
    """Twice x."""
    ### BEGIN SOLUTION
    two  =  2  # the formatter has something to do here
    return two * x
    ### END SOLUTION

# %% test="double"
check(double)

# %% [markdown]
# The end.

# %% tags=["experiment"]
print(double(Fraction(3, 7)))
'''
TOY_COACH = """
def carry_over(module):
    return None


def check(target):
    print(f"{target.__name__} passed")
"""
TOY_STOCK = """
def grade(name, target):
    return 4.0
"""
TOY_EXERCISES = """
from types import SimpleNamespace

from autograder.reference.toy import double


def get(lesson):
    return [SimpleNamespace(name=double.__name__, max_score=4.0)]
"""
TOY_PUBLISH = """
def write_cases(lesson, path):
    path.write_bytes(b"cases of " + lesson.encode())
"""


def copy_of_repository(folder: Path) -> Path:
    """Everything that the build reads or writes, in `folder`."""
    for name in ("autograder", "lessons", "solutions"):
        shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
    for name in ("pyproject.toml", "constraints.txt", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def toy_course(folder: Path) -> Path:
    """A course with the one lesson `00_toy`: the real build, and as little as possible of everything else."""
    shutil.copytree(ROOT / "autograder" / "build", folder / "autograder" / "build", ignore=LEFT_OUT)
    for made in ("manifest", "source_cells"):
        shutil.rmtree(folder / "autograder" / "build" / made, ignore_errors=True)
    shutil.copy(ROOT / "autograder" / "course.py", folder / "autograder" / "course.py")
    shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
    contents = (ROOT / "lessons" / "coach" / "course.py").read_text(encoding="utf-8")
    start = contents.index("LESSONS:")
    end = contents.index("}", start) + 1
    files = {
        "autograder/__init__.py": "",
        "autograder/reference/__init__.py": "",
        "autograder/reference/earlier.py": "",
        "autograder/judge/__init__.py": "",
        "autograder/judge/stock.py": TOY_STOCK,
        "autograder/exercises/__init__.py": TOY_EXERCISES,
        "autograder/exercises/publish.py": TOY_PUBLISH,
        "lessons/coach/__init__.py": TOY_COACH,
        "lessons/coach/course.py": contents[:start] + 'LESSONS = {"00_toy": "toy"}' + contents[end:],
        "solutions/00_toy.py": TOY_MASTER,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(tree: Path, code: str) -> subprocess.CompletedProcess:
    """Python code in a fresh process that finds the packages of `tree` first."""
    path = os.pathsep.join([str(tree), str(tree / "lessons")])
    env = dict(os.environ) | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-c", code], cwd=tree, env=env, capture_output=True, text=True, check=False)


def build(tree: Path, *, check: bool = False) -> subprocess.CompletedProcess:
    """`autograder build [--check]` on a copy."""
    return run(tree, f"import sys; from autograder.build import command; sys.exit(command([], check={check}))")


def contents(tree: Path) -> dict[str, bytes]:
    """Every file of a tree, by its place."""
    return {str(path.relative_to(tree)): path.read_bytes() for path in sorted(tree.rglob("*")) if path.is_file()}
