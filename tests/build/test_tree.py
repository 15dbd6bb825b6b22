"""The committed products of the real course: up to date, and stale as soon as a word of a master changes."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys

import pytest
from coach.course import LESSONS

from autograder.build.inquire import environment
from tests.build.trees import ROOT, build, copy_of_repository


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return copy_of_repository(tmp_path_factory.mktemp("copy"))


def test_a_word_of_a_master_makes_its_products_stale_and_all_others_are_up_to_date(tree):
    lesson = "01_attention"
    master = tree / "solutions" / f"{lesson}.py"
    text = master.read_text()
    master.write_text(text + "\n# %% [markdown]\n# One word more.\n")
    done = build(tree, check=True)
    master.write_text(text)
    assert done.returncode == 1
    assert f"lessons/{lesson}/{lesson}.ipynb" in done.stdout and f"solutions/{lesson}/{lesson}.ipynb" in done.stdout
    assert f"{lesson}.npz" not in done.stdout
    others = [other for other in LESSONS if other != lesson]
    assert not any(other in done.stdout for other in others)


def test_expected_numbers_do_not_depend_on_how_many_cores_there_are(monkeypatch):
    """With two threads a matrix product is summed in another order: cases changed by a last digit."""
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    asked = [sys.executable, "-c", "import torch; print(torch.get_num_threads())"]
    assert subprocess.run(asked, env=environment(), capture_output=True, text=True, check=True).stdout == "1\n"


# All lessons in one process: nbgrader takes seconds to start
GENERATE = """
import sys
from nbgrader.apps import NbGraderApp
from nbgrader.apps.api import NbGraderAPI

root, *lessons = sys.argv[1:]
app = NbGraderApp()
app.load_config_file()
app.config.CourseDirectory.root = root
app.config.CourseDirectory.release_directory = root + "/release"
api = NbGraderAPI(config=app.config)
for lesson in lessons:
    api.coursedir.db_url = f"sqlite:///{root}/{lesson}.db"
    done = api.generate_assignment(lesson)
    assert done["success"], done
"""


# nbgrader treats all lessons alike: the smallest one and the largest one stand for them
GENERATED = (next(iter(LESSONS)), list(LESSONS)[-1])


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """What a teacher gets who runs stock `nbgrader generate_assignment` with this repository's configuration."""
    folder = tmp_path_factory.mktemp("generated")
    command = [sys.executable, "-c", GENERATE, str(folder), *GENERATED]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("lesson", GENERATED)
def test_a_gradebook_filled_by_nbgrader_from_solutions_agrees_with_the_source_cells(lesson, generated):
    made = (generated / "release" / lesson / f"{lesson}.ipynb").read_text()
    assert json.loads(made) == json.loads((ROOT / "lessons" / lesson / f"{lesson}.ipynb").read_text())
    with sqlite3.connect(generated / f"{lesson}.db") as connection:
        rows = connection.execute("select name, source, checksum from source_cell order by name").fetchall()
    ours = json.loads((ROOT / "autograder" / "build" / "source_cells" / f"{lesson}.json").read_text())["cells"]
    assert [(cell["grade_id"], cell["source"], cell["checksum"]) for cell in ours] == rows
