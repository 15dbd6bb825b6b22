"""No solution and no hidden case is in what students receive: canaries planted in a copy, and the real products."""

from __future__ import annotations

import ast
import json
import re
import zipfile

import numpy as np
import pytest
from coach.course import LESSONS

from tests.build.trees import ROOT, contents, copy_of_repository, run

SOLUTION = "canary_of_a_solution"
HIDDEN_NAME = "canary of a hidden case"
HIDDEN_NUMBER = 123456.789
MISTAKE = "canary_of_a_mistake"
SHORTEST_TELLING_LINE = 20  # characters; "return output" may stand anywhere
IDIOMS = ("if ", "for ", "raise ", "with ")  # "if mask is not None:" solves nothing; what computes does
STOCK_LAYER = re.compile(r"self\.\w+ = nn\.\w+\([\w, ]*\)")  # nor does a layer that many a model has

PLANTED_EXERCISES = f"""

def _planted(exercise):
    import dataclasses
    import torch
    from autograder.exercises.model import Case, Mistake, call

    def steps(draw):
        return call(torch.full((2, 3, 4), {HIDDEN_NUMBER}, dtype=torch.float64))

    mistake = exercise.mistakes[0]
    code = f"def {{exercise.name}}(*args, **kwargs):\\n    raise RuntimeError('{MISTAKE}')\\n"
    wrong = Mistake("planted", mistake.sentence, mistake.why, mistake.look, code=code)
    hidden = Case(exercise.cases[0].property, "{HIDDEN_NAME}", steps)
    return dataclasses.replace(exercise, cases=(*exercise.cases, hidden), mistakes=(*exercise.mistakes, wrong))


EXERCISES = tuple(_planted(exercise) for exercise in EXERCISES)
"""
# Canaries are planted in two lessons, for the build makes all alike: one has functions, the other has classes too, and
# leans on an earlier one. The executed notebook stays with the teacher and takes long: it is left as it is.
PLANTED = ("01_attention", "02_multi_head")
BUILD_ALL_BUT_RUNS = f"""
from autograder.build import build, products
products.execute = lambda lesson, teacher: teacher
made = build({PLANTED})
assert any(name.startswith("lessons/") and name.endswith(".ipynb") for name in made), made
assert any(name.endswith(".npz") for name in made), made
"""


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A copy of the repository with canaries in solutions, as hidden cases and in mistakes; built."""
    tree = copy_of_repository(tmp_path_factory.mktemp("planted"))
    for lesson in PLANTED:
        master = tree / "solutions" / f"{lesson}.py"
        lines = master.read_text().splitlines()
        marked = []
        for line in lines:
            marked.append(line)
            if "### BEGIN SOLUTION" in line:
                marked.append(line.replace("### BEGIN SOLUTION", f"{SOLUTION} = 1  # {SOLUTION}"))
        master.write_text("\n".join(marked) + "\n")
        path = tree / "autograder" / "exercises" / LESSONS[lesson] / "__init__.py"
        path.write_text(path.read_text() + PLANTED_EXERCISES)
    done = run(tree, BUILD_ALL_BUT_RUNS)
    assert done.returncode == 0, done.stderr
    return tree


def everything_students_get(tree):
    """(name, bytes) of every file in lessons/ and, for an archive, of everything packed in it."""
    for name, data in contents(tree / "lessons").items():
        yield name, data
        if name.endswith(".npz"):
            with zipfile.ZipFile(tree / "lessons" / name) as archive:
                for member in archive.namelist():
                    yield f"{name}:{member}", archive.read(member)


def test_the_canaries_were_planted(planted):
    """Otherwise the tests below could not fail."""
    for lesson in PLANTED:
        assert SOLUTION in (planted / "autograder" / "reference" / f"{LESSONS[lesson]}.py").read_text()


@pytest.mark.parametrize(
    "canary",
    [SOLUTION.encode(), HIDDEN_NAME.encode(), MISTAKE.encode(), np.float64(HIDDEN_NUMBER).tobytes()]
    + [np.float32(HIDDEN_NUMBER).tobytes()],
    ids=["solution", "hidden case", "mistake", "hidden float64", "hidden float32"],
)
def test_no_canary_reaches_the_students(planted, canary):
    found = [name for name, data in everything_students_get(planted) if canary in data]
    assert found == []


def test_no_line_of_a_solution_reaches_the_students():
    """Of the real lessons: no telling line of a solution region is a line of any file in lessons/."""
    given = {name: code_lines(name, data) for name, data in everything_students_get(ROOT)}
    for master in (ROOT / "solutions").glob("*.py"):
        for line in solution_lines(master.read_text()):
            holders = [name for name, lines in given.items() if line in lines]
            assert holders == [], f"{line!r} of {master.name}"


def code_lines(name, data):
    """The lines of a file without indentation and comments; of a notebook, those of its cells."""
    text = data.decode("utf-8", "ignore")
    if name.endswith(".ipynb"):
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    elif not name.endswith(".py"):
        text = text.replace("\\n", "\n")  # source in a JSON text, such as a book of cases
    return {bare(line) for line in text.splitlines()}


def bare(line):
    return line.split("  #")[0].strip()


def solution_lines(text):
    """The lines of code between the markers that say something, without their comments."""
    inside, lines = False, []
    for line in text.splitlines():
        if "END SOLUTION" in line:
            inside = False
        if inside:
            lines.append(bare(line))
        if "BEGIN SOLUTION" in line:
            inside = True
    telling = [line for line in lines if not line.startswith(("#", *IDIOMS)) and not STOCK_LAYER.fullmatch(line)]
    return [line for line in telling if len(line) >= SHORTEST_TELLING_LINE]


def test_no_master_and_no_part_of_the_autograder_lies_in_lessons():
    names = set(contents(ROOT / "lessons"))
    assert not names & {f"{lesson}.py" for lesson in LESSONS}
    for lesson in LESSONS:
        assert {name for name in names if name.startswith(f"{lesson}/") and "checkpoint" not in name} == {
            f"{lesson}/{lesson}.ipynb"
        }
        text = (ROOT / "lessons" / lesson / f"{lesson}.ipynb").read_text()
        for word in ("SOLUTION", "HIDDEN TESTS", "autograder.", "#| export"):
            assert word not in text


def test_the_coach_never_imports_the_autograder():
    for path in (ROOT / "lessons" / "coach").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] == "autograder"], path
