"""Grades a class: finds the work, judges it in parallel, journals every verdict at once. Called by `autograder grade`.

First come all pages, then the first hidden case is sent to anybody's kernel: whatever code finds out of hidden inputs,
of its own or of others, and leaves behind on the machine, if only in its caches, comes too late for every page.
Killed at any point and started again, it ends with the same verdicts, and judges nothing that has one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from autograder.classroom import journal
from autograder.classroom.errors import ClassroomError
from autograder.classroom.layout import Classroom, Work, find_work, read_work
from autograder.classroom.pages import Pages
from autograder.classroom.pool import Done, Lost, Pool, process_pool, run_all
from autograder.classroom.worker import Task, judge, judge_version, page
from autograder.course import LESSONS, check_lesson
from autograder.exercises import get
from autograder.kernels import SandboxMissing, mounts

SAFE = re.compile(r"tls://|([a-z]+://)?(127\.0\.0\.1|localhost|\[::1\])(:|$)")  # addresses of a scheduler
FATAL = (SandboxMissing,)  # ends the whole run
LINKED = "its file has, or had, another name (a hard link), and may be somebody else's; put a copy in its place"


@dataclass(frozen=True)
class Progress:
    """What the caller is told after each submission. reused: the verdict was on file from an earlier run."""

    done: int
    total: int
    verdict: dict
    reused: bool = False


def grade_class(
    classroom: Path | str,
    lessons: list[str] | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    fresh: bool = False,
    pictures: bool = False,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    on_page: Callable[[int, int], None] = lambda done, total: None,
    on_note: Callable[[str], None] = lambda sentence: None,
    page: Callable[[Task], bytes | None] = page,
    judge: Callable[[Task], dict] = judge,
) -> list[dict]:
    """The verdicts (DESIGN §7, with `seconds`) of all submissions, in order of lesson and student.

    lessons: all that were handed in, unless given. workers: one per core. scheduler: address of a `distributed`
    scheduler, instead of processes on this machine. fresh: judge again what has a verdict. pictures: run the lesson's
    own demonstrations too, for the pages. on_page: hears how many pages are made, of how many. on_note: hears about
    entries that were passed over.
    Raises SandboxMissing, ClassroomError and ValueError (an unknown lesson) with one sentence each.
    """
    room = Classroom(Path(classroom).resolve())
    for place in room.places():
        if mounts.shows(place):
            raise ClassroomError(f"Every submission could read {place}: move it out of /usr and of Python.")
    lessons = list(dict.fromkeys(map(check_lesson, lessons or LESSONS)))
    pairs, refused = find_work(room, lessons)
    for sentence in refused:
        on_note(sentence)
    workers = workers or os.cpu_count() or 1
    verdicts: dict[tuple[str, str], dict] = {}

    def finish(verdict: dict, reused: bool = False) -> None:
        verdicts[verdict["student"], verdict["lesson"]] = verdict
        on_progress(Progress(len(verdicts), len(pairs), verdict, reused))

    with journal.only_writer(room):
        secret = room.secret()
        on_file, linked = _on_file(room, pairs, fresh, on_note)
        journal.tidy(room)
        journal.mend(room, list(on_file.values()))
        for verdict in on_file.values():
            finish(verdict, reused=True)
        pending = [pair for pair in pairs if pair not in on_file and pair not in linked]
        with Pages(room.root) as pages, Pool(*_executors(workers, scheduler)) as pool:
            run = _Run(room, secret, pictures, pool, pages, finish)
            run.refuse(linked)
            run.make_pages(pending, page, on_page)
            run.judge(pending, judge)
    return [verdicts[pair] for pair in pairs]


def _on_file(
    room: Classroom, pairs: list[tuple[str, str]], fresh: bool, on_note: Callable[[str], None]
) -> tuple[dict[tuple[str, str], dict], list[tuple[str, str]]]:
    """The earlier verdicts that still hold, with the seconds that they took, and whose files have other names.

    All are looked at before anything is written or removed: the other name may be that of a file of ours. For the same
    reason a file that once had another name is known again, though it may have none by now. A verdict on the very same
    content is not taken away by a link, nor by `fresh` then: anybody could make one to a neighbour's file.
    """
    seconds = {(e.get("student"), e.get("lesson")): e.get("seconds") for e in journal.read_journal(room)}
    kept, linked = {}, []
    for student, lesson in pairs:
        work, verdict = read_work(room, student, lesson), journal.read_verdict(room, student, lesson)
        holds = not fresh and journal.still_holds(verdict, work, judge_version(lesson))
        if not holds and _is_linked(work, verdict):
            holds = verdict is not None and journal.still_holds(verdict, work, verdict["judge"])
            if holds:
                on_note(f"{student} keeps an earlier verdict on {lesson}, for the file has another name (a hard link).")
            else:
                linked.append((student, lesson))
        if holds:
            kept[student, lesson] = verdict | {"seconds": seconds.get((student, lesson)) or 0.0}
    return kept, linked


def _is_linked(work: Work, verdict: dict | None) -> bool:
    return work.linked or (verdict is not None and verdict.get("linked", "") == work.file != "")


@dataclass
class _Run:
    """One run over work without a verdict; `finish` hears of each verdict when it is on file."""

    room: Classroom
    secret: bytes
    pictures: bool
    pool: Pool
    pages: Pages
    finish: Callable[[dict], None]
    shown: dict[tuple[str, str], str] = field(default_factory=dict)  # the hash of the work of which there is a page

    def refuse(self, pairs: list[tuple[str, str]]) -> None:
        """A page would show whatever the grader can read; whose it is, only people can tell."""
        for task in self._tasks(pairs):
            self._record(Lost(task, LINKED))

    def make_pages(self, pairs: list[tuple[str, str]], page: Callable, on_page: Callable[[int, int], None]) -> None:
        number = 0
        for number, end in enumerate(run_all(self._owned(pairs), page, self.pool, FATAL), 1):
            if isinstance(end, Done):
                work = end.job.work
                self.shown[work.student, work.lesson] = work.hash
                self.pages.put((work.student, work.lesson), end.result)
            else:
                self._record(end)
            on_page(number, len(pairs))
        if number < len(pairs):  # some were not to be shown
            on_page(len(pairs), len(pairs))

    def judge(self, pairs: list[tuple[str, str]], judge: Callable[[Task], dict]) -> None:
        for end in run_all(self._unchanged(pairs), judge, self.pool, FATAL):
            self._record(end)

    def _tasks(self, pairs: list[tuple[str, str]]) -> Iterator[Task]:
        """Reads each notebook only when a worker is about to be free: a class may not fit into memory."""
        for student, lesson in pairs:
            yield Task(read_work(self.room, student, lesson), self.secret, self.pictures)

    def _owned(self, pairs: list[tuple[str, str]]) -> Iterator[Task]:
        """Without what has become a link since all were looked at."""
        for task in self._tasks(pairs):
            if task.work.linked:
                self._record(Lost(task, LINKED))
            else:
                yield task

    def _unchanged(self, pairs: list[tuple[str, str]]) -> Iterator[Task]:
        """What was changed since is asked nothing: its page will be made in a run that comes after."""
        for task in self._owned([pair for pair in pairs if pair in self.shown]):
            if task.work.hash == self.shown[task.work.student, task.work.lesson]:
                yield task
            else:
                self._record(Lost(task, "its file was changed meanwhile"))

    def _record(self, end: Done[Task, dict] | Lost[Task]) -> None:
        work, done = end.job.work, isinstance(end, Done)
        stamp = {"student": work.student, "lesson": work.lesson, "hash": work.hash}
        verdict = (end.result if done else _judge_error(work, end)) | stamp | {"judge": judge_version(work.lesson)}
        journal.record(self.room, verdict, self.pages.get((work.student, work.lesson)) if done else None)
        self.finish(verdict)


def _executors(workers: int, scheduler: str | None) -> tuple[Callable[[], Executor], int]:
    """How to open an executor, and for how many jobs at once it is good."""
    if scheduler is not None and not SAFE.match(scheduler):  # each task holds the secret of the hidden inputs
        raise ClassroomError(
            f"Who reaches {scheduler} could read the hidden inputs there: give an address with tls://, and "
            "certificates in dask's configuration, or one of this machine."
        )
    if scheduler is None:
        return lambda: process_pool(workers), workers
    try:
        from distributed import Client
    except ImportError:
        raise ClassroomError("--scheduler needs the package `distributed`: pip install distributed") from None
    try:
        client = Client(scheduler)
    except (OSError, ValueError):
        raise ClassroomError(f"No scheduler answers at {scheduler}.") from None
    # pure: the scheduler would answer a second attempt with the failure of the first
    return lambda: client.get_executor(pure=False), max(1, sum(client.ncores().values()))


def _judge_error(work: Work, lost: Lost[Task]) -> dict:
    """The verdict on work that we failed to judge: it costs nothing, is not booked, and the next run tries again."""
    exercises, linked = get(work.lesson), lost.reason == LINKED
    advice = "Then grade it again." if linked else "That is no fault of its author; grade it again."
    return {
        "student": work.student,
        "lesson": work.lesson,
        "status": "judge_error",
        "score": 0.0,
        "max_score": sum(exercise.max_score for exercise in exercises),
        "seconds": 0.0,
        "message": f"This notebook was not graded: {lost.reason}. {advice}",
        "exercises": [],
    } | ({"linked": work.file} if linked else {})
