"""Runs that are killed: nothing is left of them but verdicts, and the next run takes them up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from autograder.classroom import grade, journal
from autograder.classroom.grade import grade_class
from autograder.classroom.settings import ROOT
from tests.classroom.fakes import COUNT, LESSON, AtOnce, fake_judge, fake_page, verdict_bytes, write_class


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(grade, "_executors", lambda workers, scheduler: (AtOnce, workers))


WITH_PAGES = ("s00", "s10")


def run(room):
    def page(task):
        return fake_page(task) if task.work.student in WITH_PAGES else None

    return grade_class(room.root, [LESSON], workers=2, page=page, judge=fake_judge)


KILLED_RUN = """
from tests.classroom.fakes import LESSON, endless_judge, fake_page
from autograder.classroom.grade import grade_class

if __name__ == "__main__":
    grade_class({root!r}, [LESSON], workers=1, page=fake_page, judge=endless_judge)
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


# Each page and each verdict takes: fsync, rename, fsync of the folder; the journal's line an fsync; the first run also
# writes the key.
STEPS_OF_A_CLASS_OF_20 = 20 * 4 + len(WITH_PAGES) * 3 + 1


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
