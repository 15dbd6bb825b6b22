"""Grading a class with a fake judge: nothing lost, nothing twice, whatever dies in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from autograder.classroom import grade, journal
from autograder.classroom.errors import ClassroomBusy, ClassroomError
from autograder.classroom.grade import grade_class
from autograder.classroom.settings import ROOT
from autograder.kernels import SandboxMissing
from tests.classroom.fakes import COUNT, CRASHES, FAILS, LESSON, AtOnce, fake_judge, verdict_bytes, write_class


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(grade, "_executors", lambda workers, scheduler: (AtOnce, workers))


def run(room, **options):
    return grade_class(room.root, [LESSON], workers=2, judge=fake_judge, **options)


def test_every_submission_gets_a_verdict_in_the_order_of_names(tmp_path, at_once):
    room = write_class(tmp_path, ["b", "a", "c"])
    steps = []
    verdicts = run(room, on_progress=steps.append)
    assert [verdict["student"] for verdict in verdicts] == ["a", "b", "c"]
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]


def test_a_worker_that_dies_costs_only_its_own_submission(tmp_path):
    room = write_class(tmp_path, ["a", "b", CRASHES, "d", "e"])
    status = {verdict["student"]: verdict["status"] for verdict in run(room)}
    assert status == {"a": "graded", "b": "graded", CRASHES: "judge_error", "d": "graded", "e": "graded"}
    line = journal.read_verdict(room, CRASHES, LESSON)
    assert "no fault of its author" in line["message"]


def test_a_failing_judge_is_tried_twice_and_costs_no_point(tmp_path, at_once, monkeypatch):
    room = write_class(tmp_path, ["a", FAILS])
    monkeypatch.setenv(COUNT, str(tmp_path / "count"))
    verdicts = run(room)
    assert [verdict["status"] for verdict in verdicts] == ["graded", "judge_error"]
    assert Counter((tmp_path / "count").read_text().split("\n"))[f"{FAILS} {LESSON}"] == 2


def test_a_missing_sandbox_ends_the_run(tmp_path, at_once):
    room = write_class(tmp_path, ["a"])

    def refuses(task):
        raise SandboxMissing("install bubblewrap")

    with pytest.raises(SandboxMissing, match="install bubblewrap"):
        grade_class(room.root, [LESSON], judge=refuses)
    assert not verdict_bytes(room)


def test_a_second_run_judges_only_what_changed_or_failed(tmp_path, at_once, monkeypatch):
    room = write_class(tmp_path, ["a", "b", FAILS])
    run(room)
    room.submission("b", LESSON).write_text('{"cells": [], "new": 1}')
    monkeypatch.setenv(COUNT, str(tmp_path / "count"))
    steps = []
    run(room, on_progress=steps.append)
    assert set((tmp_path / "count").read_text().split()) == {"b", FAILS, LESSON}
    assert [(step.reused, step.verdict["seconds"]) for step in steps if step.verdict["student"] == "a"] == [(True, 0.1)]


def test_fresh_judges_everything_again_to_the_same_bytes(tmp_path, at_once, monkeypatch):
    room = write_class(tmp_path, ["a", "b"])
    run(room)
    first = verdict_bytes(room)
    monkeypatch.setenv(COUNT, str(tmp_path / "count"))
    run(room, fresh=True)
    assert len((tmp_path / "count").read_text().splitlines()) == 2
    assert verdict_bytes(room) == first


def test_another_version_of_the_judge_judges_again(tmp_path, at_once, monkeypatch):
    room = write_class(tmp_path, ["a"])
    run(room)
    monkeypatch.setattr(grade, "judge_version", lambda lesson: "new")
    assert run(room)[0]["judge"] == "new"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b'{"student": "a"}', b"\xff", b"[" * 100_000])
def test_a_damaged_verdict_is_judged_again(tmp_path, at_once, damage):
    room = write_class(tmp_path, ["a", "b"])
    run(room)
    first = verdict_bytes(room)
    room.verdict("a", LESSON).write_bytes(damage)
    run(room)
    assert verdict_bytes(room) == first


@pytest.mark.parametrize("change", [{"score": 99.0}, {"student": "b"}, {"status": "judge_error"}])
def test_an_altered_verdict_is_judged_again(tmp_path, at_once, change):
    room = write_class(tmp_path, ["a"])
    run(room)
    first = verdict_bytes(room)
    path = room.verdict("a", LESSON)
    path.write_text(json.dumps(json.loads(path.read_bytes()) | change))
    run(room)
    assert verdict_bytes(room) == first


def test_only_one_run_at_a_time(tmp_path, at_once):
    room = write_class(tmp_path, ["a"])
    with journal.only_writer(room), pytest.raises(ClassroomBusy, match=f"process {os.getpid()}"):
        run(room)
    run(room)


KILLED_RUN = """
from tests.classroom.fakes import LESSON, endless_judge
from autograder.classroom.grade import grade_class

if __name__ == "__main__":
    grade_class({root!r}, [LESSON], workers=1, judge=endless_judge)
"""


def test_no_worker_outlives_a_run_that_was_killed_and_its_lock_is_free(tmp_path):
    room = write_class(tmp_path, ["a"])
    began = tmp_path / "began"
    began.touch()
    script = tmp_path / "run.py"
    script.write_text(KILLED_RUN.format(root=str(room.root)))
    packages = os.pathsep.join([str(ROOT), str(ROOT / "lessons")])
    run_of_it = subprocess.Popen([sys.executable, script], env=os.environ | {"PYTHONPATH": packages, COUNT: str(began)})
    try:
        _wait_until(lambda: began.read_text().endswith("\n"))
    finally:
        run_of_it.kill()
        run_of_it.wait()
    worker = int(began.read_text())
    _wait_until(lambda: not psutil.pid_exists(worker))
    with journal.only_writer(room):
        pass


def _wait_until(condition):
    end = time.monotonic() + 300  # spawning a worker imports torch; nothing here is measured
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_threads_do_as_well_as_processes(tmp_path, monkeypatch):
    room = write_class(tmp_path, [f"s{number}" for number in range(9)])
    monkeypatch.setattr(grade, "_executors", lambda workers, scheduler: (ThreadPoolExecutor, workers))
    assert len(run(room)) == 9


def test_a_folder_that_is_no_classroom_is_one_sentence(tmp_path):
    with pytest.raises(ClassroomError, match="There is no folder .*submitted"):
        grade_class(tmp_path, [LESSON], judge=fake_judge)


# Each verdict takes: fsync, rename, fsync of the folder, fsync of the journal; the first run also writes the key.
STEPS_OF_A_CLASS_OF_20 = 20 * 4 + 1


def test_a_run_killed_at_any_step_is_taken_up_with_the_same_verdicts_and_none_twice(tmp_path, at_once, monkeypatch):
    students = [f"s{number:02}" for number in range(20)]
    whole = write_class(tmp_path / "whole", students)
    run(whole)
    for step in range(1, STEPS_OF_A_CLASS_OF_20 + 1):
        room = write_class(tmp_path / str(step), students)
        monkeypatch.delenv(COUNT, raising=False)
        _run_and_die_at(room, step)
        done = {path.stem for path in room.root.rglob("verdicts/*/*.json")}
        monkeypatch.setenv(COUNT, str(room.root / "count"))
        run(room)
        assert verdict_bytes(room) == verdict_bytes(whole), step
        lines = [(entry["student"], entry["hash"]) for entry in journal.read_journal(room)]
        assert len(lines) == len(set(lines)) == len(students), step
        judged = (room.root / "count").read_text().split()[::2] if len(done) < len(students) else []
        assert sorted([*judged, *done]) == students, step
        assert not list(room.root.rglob("*.part")), step


def _run_and_die_at(room, step):
    """Runs in a process that kills itself before its `step`th write reaches the disk."""
    child = os.fork()
    if child == 0:
        left = step

        def deadly(act):
            def wrapper(*args):
                nonlocal left
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return act(*args)

            return wrapper

        os.fsync, os.replace = deadly(os.fsync), deadly(os.replace)
        try:
            run(room)
        finally:
            os._exit(0)  # not reached while there are steps left
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, f"step {step} was never reached"
