"""The command line: exit codes, JSON, and one clear sentence for wrong use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cli import chosen
from autograder.course import ROOT, released, released_path
from autograder.exercises.variants import solution
from autograder.judge.graft import grade_id, is_solution

LESSON = "01_attention"


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "lessons")])
    return subprocess.run(
        [sys.executable, "-m", "autograder", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": paths, "COLUMNS": "200", **environment},
    )


def test_the_untouched_lesson_scores_nothing():
    done = run("check", released_path(LESSON), "--json")
    result = json.loads(done.stdout)
    assert done.returncode == 1 and result["score"] == 0 and result["status"] == "graded"
    assert {item["verdict"] for item in result["exercises"]} == {"missing"}


def test_nothing_that_a_source_makes_python_say_reaches_the_terminal(tmp_path):
    """What newer ones say by themselves, each is made to say here: `<unknown>:2: … invalid escape sequence`, letter by
    letter."""
    notebook = released(LESSON)
    for cell in notebook["cells"]:
        if is_solution(cell):
            cell["source"] = 'x = 1\n"\\\x1b[2J"'
    (tmp_path / f"{LESSON}.ipynb").write_text(json.dumps(notebook))
    done = run("check", tmp_path / f"{LESSON}.ipynb", "--json", PYTHONWARNINGS="always")
    assert json.loads(done.stdout)["status"] == "graded"
    assert "\x1b" not in done.stderr and "<unknown>" not in done.stderr


def test_the_solved_lesson_has_full_marks_and_the_promised_keys(tmp_path):
    notebook = released(LESSON)
    for cell in notebook["cells"]:
        if is_solution(cell):
            cell["source"] = solution(grade_id(cell))
    (tmp_path / f"{LESSON}.ipynb").write_text(json.dumps(notebook))
    done = run("check", tmp_path / f"{LESSON}.ipynb", "--json")
    result = json.loads(done.stdout)
    assert done.returncode == 0 and result["score"] == result["max_score"] == 20
    assert result.keys() >= {"student", "lesson", "status", "score", "max_score", "seconds", "exercises"}
    for item in result["exercises"]:
        assert item.keys() >= {"name", "verdict", "score", "max_score", "mistake", "message"}


def test_a_lesson_named_twice_is_one_lesson():
    """Staged twice for nbgrader, it ended the booking of a class."""
    assert chosen(["01", LESSON]) == [LESSON]


def test_the_table_names_the_exercises():
    assert "causal" in run("check", released_path(LESSON)).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "nowhere.ipynb"), "lesson"),
        (("check", "01_attention.ipynb"), "no file"),
        (("build", "99_nothing", "--check"), "no lesson"),
        (("grade", "--classroom", "nowhere"), "not a folder"),
        (("grade", "--classroom", ".", "--json", "/"), "cannot be written"),
        (("feedback", "--classroom", "nowhere"), "not a folder"),
    ],
)
def test_wrong_use_gets_one_sentence_and_code_2(arguments, words, tmp_path):
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr and "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_a_sample_class_is_not_written_over_a_folder_of_somebody_elses(tmp_path):
    (tmp_path / "submitted" / "alice").mkdir(parents=True)
    done = run("sample-class", tmp_path)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert [path.name for path in (tmp_path / "submitted").iterdir()] == ["alice"]


def test_without_bubblewrap_grade_refuses_and_check_still_works(tmp_path):
    """A PATH on which every program lies but bwrap."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for folder in os.environ["PATH"].split(os.pathsep):
        for program in Path(folder).iterdir() if Path(folder).is_dir() else ():
            link = programs / program.name
            if program.name != "bwrap" and not link.is_symlink():
                link.symlink_to(program)
    place = tmp_path / "class" / "submitted" / "s1" / LESSON
    place.mkdir(parents=True)
    (place / f"{LESSON}.ipynb").write_bytes(released_path(LESSON).read_bytes())
    done = run("grade", "--classroom", tmp_path / "class", PATH=str(programs))
    assert done.returncode == 3 and "apt-get install bubblewrap" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "class" / "gradebook.db").exists()
    assert run("check", released_path(LESSON), PATH=str(programs)).returncode == 1
