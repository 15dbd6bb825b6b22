"""Grading a class with a fake judge: nothing lost, nothing twice, whatever dies in between."""

from __future__ import annotations

import json
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.classroom import grade, journal
from autograder.classroom.errors import ClassroomBusy, ClassroomError
from autograder.classroom.grade import grade_class
from autograder.classroom.layout import Classroom
from autograder.kernels import SandboxMissing, mounts
from tests.classroom.fakes import (
    COUNT,
    CRASHES,
    FAILS,
    LESSON,
    AtOnce,
    fake_judge,
    fake_page,
    verdict_bytes,
    write_class,
)


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(grade, "_executors", lambda workers, scheduler: (AtOnce, workers))


def run(room, **options):
    return grade_class(room.root, [LESSON], workers=2, **{"page": fake_page, "judge": fake_judge} | options)


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


def test_a_classroom_that_every_submission_could_read_is_refused(tmp_path, at_once, monkeypatch):
    """`submitted`, the gradebook and the secret would lie in every sandbox."""
    room = write_class(tmp_path / "lib" / "class", ["a"])
    monkeypatch.setattr(mounts, "SYSTEM", tmp_path)
    with pytest.raises(ClassroomError, match=r"^[^\n]*move it out of /usr[^\n]*\.$"):
        run(room)
    assert not (room.root / "secret").exists() and not verdict_bytes(room)


@pytest.mark.parametrize("part", ["feedback", "verdicts", "submitted"])
def test_no_part_of_a_classroom_may_lie_where_every_submission_could_read_it(part, tmp_path, at_once, monkeypatch):
    room = write_class(tmp_path / "class", ["a"])
    place = tmp_path / "usr" / "lib" / part
    place.mkdir(parents=True)
    (room.root / part).rename(place) if part == "submitted" else None
    (room.root / part).symlink_to(place)
    monkeypatch.setattr(mounts, "SYSTEM", tmp_path / "usr")
    with pytest.raises(ClassroomError, match=f"could read .*lib/{part}"):
        run(room)


def test_a_missing_sandbox_ends_the_run(tmp_path, at_once):
    room = write_class(tmp_path, ["a"])

    def refuses(task):
        raise SandboxMissing("install bubblewrap")

    for refused in ({"page": refuses}, {"judge": refuses}):
        with pytest.raises(SandboxMissing, match="install bubblewrap"):
            run(room, **refused)
    assert not verdict_bytes(room)


def test_all_pages_are_made_before_anybody_is_judged(tmp_path, at_once):
    """What code finds out of hidden inputs and leaves on the machine comes too late for every page."""
    room, calls, pages = write_class(tmp_path, ["a", "b", "c"]), [], []

    def page(task):
        calls.append("page")
        return fake_page(task)

    def judge(task):
        calls.append("judge")
        return fake_judge(task)

    run(room, page=page, judge=judge, on_page=lambda *place: pages.append(place))
    assert calls == ["page"] * 3 + ["judge"] * 3 and pages == [(1, 3), (2, 3), (3, 3)]
    for student in "abc":
        assert room.shown(student, LESSON).read_bytes() == room.submission(student, LESSON).read_bytes()


def test_work_that_changes_between_its_page_and_its_verdict_is_graded_again(tmp_path, at_once):
    room, judged = write_class(tmp_path, ["a", "b"]), []

    def judge(task):
        judged.append(task.work.student)
        return fake_judge(task)

    def change(done, total):
        room.submission("b", LESSON).write_text('{"cells": [], "new": 1}')

    _, changed = run(room, judge=judge, on_page=change)
    assert judged == ["a"]  # code of which there is no page yet is asked nothing
    assert changed["status"] == "judge_error" and "changed meanwhile" in changed["message"]
    assert [verdict["status"] for verdict in run(room)] == ["graded", "graded"]


def test_a_page_that_cannot_be_made_is_no_verdict_and_no_old_page(tmp_path, at_once):
    room = write_class(tmp_path, ["a"])
    run(room)

    def page(task):
        raise OSError

    assert run(room, page=page, fresh=True)[0]["status"] == "judge_error"
    assert not room.shown("a", LESSON).exists()
    assert run(room)[0]["status"] == "graded"


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


@pytest.mark.parametrize(
    "other", ["submitted/a/01_attention/01_attention.ipynb", "submitted/a/draft.ipynb", "verdicts/a.ipynb"]
)
def test_a_hard_link_is_for_a_person(tmp_path, at_once, other):
    """An archive can hold one: to a neighbour's notebook, or to whatever else the grader can read."""
    room = write_class(tmp_path, ["a", "b", "c"])
    path = tmp_path / other
    path.parent.mkdir(exist_ok=True)
    path.touch()
    room.submission("b", LESSON).unlink()
    room.submission("b", LESSON).hardlink_to(path)
    first = "judge_error" if path == room.submission("a", LESSON) else "graded"  # whose it is, nobody here can know
    assert [verdict["status"] for verdict in run(room)] == [first, "judge_error", "graded"]
    assert "hard link" in journal.read_verdict(room, "b", LESSON)["message"]
    assert not room.shown("b", LESSON).exists()


@pytest.mark.parametrize("fresh", [False, True])
def test_a_hard_link_takes_no_verdict_away(tmp_path, at_once, fresh):
    room = write_class(tmp_path, ["a", "b"])
    first = run(room)
    room.submission("c", LESSON).parent.mkdir(parents=True)
    room.submission("c", LESSON).hardlink_to(room.submission("a", LESSON))
    notes = []
    again = run(room, fresh=fresh, on_note=notes.append)
    assert [verdict["status"] for verdict in again] == ["graded", "graded", "judge_error"]
    assert sum("a keeps an earlier verdict" in note for note in notes) == fresh
    assert [verdict["score"] for verdict in again[:2]] == [verdict["score"] for verdict in first]


def test_a_file_that_had_another_name_is_known_again(tmp_path, at_once):
    """We take names away ourselves, when we write a verdict anew or book it; a copy is another file."""
    room = write_class(tmp_path, ["a", "b"])
    other = tmp_path / "other.ipynb"
    other.hardlink_to(room.submission("b", LESSON))
    run(room)
    other.unlink()
    for fresh in (False, True):
        assert [verdict["status"] for verdict in run(room, fresh=fresh)] == ["graded", "judge_error"]
    room.submission("b", LESSON).write_bytes(room.submission("a", LESSON).read_bytes())  # through the other name, once
    assert [verdict["status"] for verdict in run(room)] == ["graded", "judge_error"]
    content = room.submission("b", LESSON).read_bytes()
    room.submission("b", LESSON).unlink()
    room.submission("b", LESSON).write_bytes(content)  # with the number of the old one, on many disks
    assert [verdict["status"] for verdict in run(room)] == ["graded", "graded"]


def test_a_link_to_what_a_run_removes_is_seen_before(tmp_path, at_once):
    room = write_class(tmp_path, ["a", "b"])
    run(room)
    (tmp_path / "other.ipynb").hardlink_to(room.submission("a", LESSON))
    room.submission("a", LESSON).write_text("[]")  # no verdict holds, so what was shown goes
    room.submission("b", LESSON).unlink()
    room.submission("b", LESSON).hardlink_to(room.shown("a", LESSON))
    assert [verdict["status"] for verdict in run(room)] == ["judge_error", "judge_error"]


@pytest.mark.parametrize("when", ["page", "judge"])
def test_a_hard_link_that_comes_late_is_seen(tmp_path, at_once, when):
    room = write_class(tmp_path, ["a", "b"])

    def link(result):
        own = room.submission("b", LESSON)
        own.unlink(missing_ok=True)
        own.hardlink_to(room.submission("a", LESSON))
        return result

    late = {when: lambda task: link({"page": fake_page, "judge": fake_judge}[when](task))}
    verdicts = grade.grade_class(room.root, workers=1, **{"page": fake_page, "judge": fake_judge} | late)
    assert verdicts[1]["status"] == "judge_error" and "hard link" in verdicts[1]["message"]


def test_a_linked_folder_harms_its_own_student_alone(tmp_path, at_once):
    room = write_class(tmp_path, ["a"])
    (tmp_path / "submitted" / "b").mkdir()
    (tmp_path / "submitted" / "b" / LESSON).symlink_to(f"../a/{LESSON}")
    assert [verdict["status"] for verdict in run(room)] == ["graded", "unreadable"]


def test_only_one_run_at_a_time(tmp_path, at_once):
    room = write_class(tmp_path, ["a"])
    with journal.only_writer(room), pytest.raises(ClassroomBusy, match=f"process {os.getpid()}"):
        run(room)
    run(room)


def test_threads_do_as_well_as_processes(tmp_path, monkeypatch):
    room = write_class(tmp_path, [f"s{number}" for number in range(9)])
    monkeypatch.setattr(grade, "_executors", lambda workers, scheduler: (ThreadPoolExecutor, workers))
    assert len(run(room)) == 9


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.1:8786", "10.0.0.1:8786", "tcp://127.0.0.1.example.org:8786", "ucx://b"]
)
def test_a_scheduler_that_anybody_could_ask_is_refused(tmp_path, address):
    room = write_class(tmp_path, ["a"])
    with pytest.raises(ClassroomError, match="could read the hidden inputs"):
        run(room, scheduler=address)


@pytest.mark.parametrize("address", ["tls://10.0.0.1:8786", "tcp://127.0.0.1:8786", "localhost:8786", "tcp://[::1]:1"])
def test_a_scheduler_that_is_ours_or_has_a_key_is_not(address):
    assert grade.SAFE.match(address)


def test_a_folder_that_is_no_classroom_is_one_sentence(tmp_path):
    with pytest.raises(ClassroomError, match="There is no folder .*submitted"):
        run(Classroom(tmp_path))
