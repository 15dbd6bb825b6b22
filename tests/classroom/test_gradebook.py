"""Booking by stock nbgrader: its gradebook, its export and its late penalties agree with our verdicts, to the point."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.classroom import journal
from autograder.classroom.errors import BookingError
from autograder.classroom.gradebook import book, timestamp
from autograder.classroom.layout import Classroom, read_work
from autograder.classroom.settings import ROOT
from autograder.course import released
from tests.classroom.fakes import LESSON, verdict_for, write_class

PENALTY = '\nc.LateSubmissionPlugin.penalty_method = "zero"\n'
SHARES = {"ada": 1.0, "bob": 0.3, "cleo": 0.0}


def nbgrader(room: Classroom, *arguments: str) -> subprocess.CompletedProcess:
    """What a teacher types in the classroom's folder."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    packages = os.pathsep.join([str(ROOT), str(ROOT / "lessons")])
    environment = os.environ | {"PATH": path, "PYTHONPATH": packages, "COACH_HOME": str(room.root / "home")}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(command, cwd=room.root, env=environment, capture_output=True, text=True, check=False)


@contextmanager
def gradebook(room: Classroom) -> Iterator[Gradebook]:
    with closing(Gradebook(f"sqlite:///{room.gradebook}")) as opened:
        yield opened


def scores(room: Classroom) -> dict[str, float]:
    with gradebook(room) as opened:
        return {s.student.id: s.score for s in opened.assignment_submissions(LESSON)}


def judged(room: Classroom, student: str, share: float, **changes: object) -> dict:
    """A verdict on file on what is handed in, with the released notebook as the one that was shown."""
    verdict = verdict_for(student, LESSON, read_work(room, student, LESSON).hash, share) | changes
    journal.record(room, verdict, json.dumps(released(LESSON)).encode())
    return verdict


@pytest.fixture(scope="module")
def booked(tmp_path_factory):
    """A class of three, booked once, of whom one handed in late."""
    room = write_class(tmp_path_factory.mktemp("class") / "a class", list(SHARES))
    room.submission("bob", LESSON).with_name("timestamp.txt").write_text("2026-03-02 10:00:00 UTC")
    room.submission("ada", LESSON).with_name("timestamp.txt").write_text("no time at all")
    room.submission("ada", LESSON).with_name("link").symlink_to(room.gradebook)
    book(room.root, [judged(room, student, share) for student, share in SHARES.items()])
    return room


def test_the_gradebook_has_our_scores_and_the_export_too(booked):
    verdicts = {student: journal.read_verdict(booked, student, LESSON)["score"] for student in SHARES}
    assert scores(booked) == verdicts
    assert nbgrader(booked, "export").returncode == 0
    with (booked.root / "grades.csv").open() as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert exported == verdicts


def test_nothing_but_our_notebook_and_a_sound_time_reaches_nbgrader(booked):
    copied = {str(path.relative_to(booked.root)) for path in (booked.root / "autograded").rglob("*.*")}
    assert copied == {f"autograded/{student}/{LESSON}/{LESSON}.ipynb" for student in SHARES} | {
        f"autograded/bob/{LESSON}/timestamp.txt"
    }
    assert not list(booked.root.glob(".booking-*"))


def test_what_a_teacher_types_books_the_same_and_runs_nothing(booked):
    done = nbgrader(booked, "autograde", LESSON, "--force", "--student=bob")
    assert done.returncode == 0, done.stderr
    assert scores(booked) == {student: journal.read_verdict(booked, student, LESSON)["score"] for student in SHARES}


def test_what_lies_beside_a_notebook_is_not_handed_back(booked):
    """nbgrader follows links when it copies: another.s work or the secret would end among a student's feedback."""
    beside = booked.submission("bob", LESSON).parent
    (beside / "data.txt").symlink_to(booked.gradebook)
    (beside / "own.html").write_text("<script>")
    (beside / "more").mkdir()
    done = nbgrader(booked, "autograde", LESSON, "--force", "--student=bob")
    assert done.returncode == 0, done.stderr
    copied = booked.root / "autograded" / "bob" / LESSON
    assert {path.name for path in copied.iterdir()} == {f"{LESSON}.ipynb", "timestamp.txt"}


def test_without_a_verdict_a_teacher_gets_one_sentence(booked):
    path = booked.submission("dora", LESSON)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(released(LESSON)))
    path.with_name("data.txt").symlink_to(booked.gradebook)
    done = nbgrader(booked, "autograde", LESSON, "--student=dora")
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1 and last.startswith(
        "There is no verdict on 01_attention of 'dora' yet. Run: autograder"
    )
    assert "Traceback" not in done.stderr
    assert not list((booked.root / "autograded" / "dora").rglob("data.txt"))


def test_a_folder_that_is_never_graded_is_not_sent_to_be_graded(booked):
    path = booked.submission("o'brien", LESSON)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(released(LESSON)))
    done = nbgrader(booked, "autograde", LESSON, "--student=o'brien")
    shutil.rmtree(path.parents[1])
    assert done.returncode == 1 and "Rename the folder" in done.stderr.strip().splitlines()[-1]


def test_work_handed_in_again_is_not_booked_by_an_old_verdict(booked):
    judged(booked, "cleo", 0.0)
    text = booked.submission("cleo", LESSON).read_text()
    booked.submission("cleo", LESSON).write_text(text.replace('"cells"', ' "cells"'))
    done = nbgrader(booked, "autograde", LESSON, "--student=cleo", "--force")
    booked.submission("cleo", LESSON).write_text(text)
    assert done.returncode == 1 and "changed 01_attention after it was graded" in done.stderr


def test_booked_again_no_earlier_score_stays_and_late_work_is_late(booked):
    with gradebook(booked) as opened:
        opened.update_or_create_assignment(LESSON, duedate="2026-03-01 00:00:00 UTC")
    settings = booked.root / "nbgrader_config.py"
    settings.write_text(settings.read_text() + PENALTY)
    nothing = {"exercises": [], "score": 0.0}
    book(
        booked.root,
        [
            judged(booked, "ada", 0.0, status="unreadable"),
            judged(booked, "bob", 1.0),
            judged(booked, "cleo", 0.0, status="judge_error", **nothing),
        ],
    )
    with gradebook(booked) as opened:
        found = {s.student.id: s for s in opened.assignment_submissions(LESSON)}
        assert (found["ada"].score, found["ada"].late_submission_penalty) == (0.0, 0.0)
        assert (found["bob"].score, found["bob"].late_submission_penalty) == (20.0, 20.0)
        assert found["cleo"].needs_manual_grade and not found["ada"].needs_manual_grade


def test_a_path_that_nbgrader_takes_for_a_pattern_is_refused(tmp_path):
    with pytest.raises(BookingError, match="move the classroom"):
        book(tmp_path / "[2026]", [])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026-03-02 10:00:00 UTC", True),
        ("2026-03-02 10:00:00.123456 Europe/Berlin\n", True),
        ("2026-03-02 10:00:00 +0100", True),
        ("2026-03-02 10:00:00", True),
        ("2026-13-02 10:00:00 UTC", False),
        ("0001-01-01 00:00:00 +9999", False),
        ("9999-12-31 23:59:59 -1200", False),
        ("tomorrow", False),
        ("", False),
        ("2026-03-02 10:00:00 UTC" + " " * 10_000_000 + "x", False),
        ("２０２６-03-02 10:00:00 UTC", False),
    ],
)
def test_only_a_time_that_nbgrader_can_read_is_passed_on(tmp_path, text, kept):
    room = write_class(tmp_path, ["ada"])
    room.submission("ada", LESSON).with_name("timestamp.txt").write_text(text)
    assert timestamp(tmp_path / "submitted", "ada", LESSON) == (text.strip() if kept else None)


@pytest.mark.parametrize("link", ["ada/" + LESSON + "/timestamp.txt", "ada/" + LESSON, "ada"])
def test_no_link_is_followed_to_a_time(tmp_path, link):
    room = write_class(tmp_path, ["ada", "bob"])
    for student in ("ada", "bob"):
        room.submission(student, LESSON).with_name("timestamp.txt").write_text("2026-03-02 10:00:00 UTC")
    assert timestamp(tmp_path / "submitted", "ada", LESSON) is not None
    path = tmp_path / "submitted" / link
    path.rename(tmp_path / "moved")
    path.symlink_to(tmp_path / "submitted" / link.replace("ada", "bob"))
    assert timestamp(tmp_path / "submitted", "ada", LESSON) is None
