"""A small class through everything: the real judge in its sandbox, the gradebook, the pages."""

from __future__ import annotations

import csv
import json
import shutil

from nbconvert import HTMLExporter

from autograder.classroom.command import grade_command
from autograder.classroom.journal import read_journal
from autograder.classroom.layout import Classroom
from autograder.classroom.sample import write_sample_class
from tests.classroom.fakes import LESSON, verdict_bytes
from tests.classroom.test_feedback import assert_harmless
from tests.classroom.test_gradebook import nbgrader

# student -> points of 20; the others in the sample class are judged in the judge's own tests
EXPECTED = {
    "right": 20.0,
    "right-with-own-cells": 20.0,
    "right-tests-twice": 20.0,
    "half-done": 11.0,
    "untouched": 0.0,
    "exits-the-process": 16.0,
    "half-a-file": 0.0,
    "link-to-the-gradebook": 0.0,
}


def test_a_class_is_judged_booked_and_told_and_a_second_run_changes_nothing(tmp_path, capsys):
    write_sample_class(tmp_path, lessons=[LESSON])
    for folder in (tmp_path / "submitted").iterdir():
        if folder.name not in EXPECTED and folder.name != "mistakes-01":
            shutil.rmtree(folder)
    room = Classroom(tmp_path)
    grade_command(tmp_path, [LESSON], workers=2, json_file=tmp_path / "all.json")
    told = json.loads((tmp_path / "all.json").read_text())["submissions"]
    scores = {submission["student"]: submission["score"] for submission in told}
    assert {student: scores[student] for student in EXPECTED} == EXPECTED

    planned = json.loads((tmp_path / "sample.json").read_text())["mistakes"][LESSON]["mistakes-01"]
    wrong = next(submission for submission in told if submission["student"] == "mistakes-01")
    assert {exercise["name"]: exercise["mistake"] for exercise in wrong["exercises"]} == planned

    assert nbgrader(room, "export").returncode == 0
    with (tmp_path / "grades.csv").open() as file:
        assert {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)} == scores

    for student in scores:
        assert_harmless(room.feedback(student, LESSON).read_text())
    page = room.feedback("right-with-own-cells", LESSON).read_text()
    assert "data:image/png;base64," in page and "<b>bold</b>" in page

    # What nbgrader's own pages show a teacher, who is logged in
    path = tmp_path / "autograded" / "right-with-own-cells" / LESSON / f"{LESSON}.ipynb"
    teachers_page, _ = HTMLExporter(template_name="basic").from_filename(str(path))
    assert "onerror=alert" in teachers_page  # the note is shown, letter by letter
    assert "<img src=x" not in teachers_page and "</b><script>" not in teachers_page

    before = verdict_bytes(room)
    grade_command(tmp_path, [LESSON], workers=2)
    assert verdict_bytes(room) == before and len(read_journal(room)) == len(scores)
    assert "mistakes-01" in capsys.readouterr().out
