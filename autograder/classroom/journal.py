"""Verdicts on disk: written before anything else happens, so that a run killed at any point can be taken up again.

A verdict file appears whole or not at all (temporary file, fsync, rename) and holds no clock reading, so that a second
judgement of the same work has the same bytes. `journal.jsonl` has one line per finished judgement, with the seconds.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from autograder.classroom.errors import ClassroomBusy
from autograder.classroom.layout import Classroom, Work

DONE = ("graded", "unreadable")  # `judge_error` is our fault and is judged again
MAX_VERDICT_BYTES = 1 << 20  # ours have some kB; anything larger was not written by us


@contextlib.contextmanager
def only_writer(room: Classroom) -> Iterator[None]:
    """Holds the classroom. The system lets go of the lock when its process dies, however it dies: no lock is stale.

    Raises ClassroomBusy with one sentence while another process holds it.
    """
    path = room.root / ".autograder.lock"
    with open(path, "a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            owner = file.read(20).strip() or "unknown"
            raise ClassroomBusy(
                f"Another run (process {owner}) is at work in {room.root}: wait for its end, or stop it first."
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def write_whole(path: Path, content: bytes) -> None:
    """Puts `content` at `path` so that a reader, or a crash, sees the old file or the new one and nothing between.

    Who else may read it, the user's umask decides.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{secrets.token_hex(8)}.part"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """A rename is on disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_verdict(room: Classroom, student: str, lesson: str) -> dict | None:
    """The verdict on file, or None when there is none or it is damaged: then the work is simply judged again."""
    try:
        path = room.verdict(student, lesson)
        if path.stat().st_size > MAX_VERDICT_BYTES:
            return None
        verdict = json.loads(path.read_bytes())
        exercises = [(e["name"], e["verdict"], float(e["score"]), float(e["max_score"])) for e in verdict["exercises"]]
        consistent = abs(sum(e[2] for e in exercises) - verdict["score"]) < 1e-6
        sound = all(0 <= score <= most for _, _, score, most in exercises)
        named = (verdict["student"], verdict["lesson"]) == (student, lesson)
        complete = all(isinstance(verdict[key], str) for key in ("hash", "judge", "status"))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return verdict if consistent and sound and named and complete else None


def still_holds(verdict: dict | None, work: Work, judge: str) -> bool:
    """Whether the verdict on file is about this very work and by this very judge."""
    return (
        verdict is not None and verdict["status"] in DONE and verdict["hash"] == work.hash and verdict["judge"] == judge
    )


def encode(verdict: dict) -> bytes:
    """The bytes of a verdict file: without clock readings, keys sorted."""
    lasting = {key: value for key, value in verdict.items() if key != "seconds"}
    return (json.dumps(lasting, sort_keys=True, indent=1, ensure_ascii=True, allow_nan=False) + "\n").encode()


def record(room: Classroom, verdict: dict, shown: bytes | None) -> None:
    """Journals one judgement. The rename of the verdict is the moment from which it counts as done."""
    student, lesson = verdict["student"], verdict["lesson"]
    if shown is None:
        room.shown(student, lesson).unlink(missing_ok=True)
    else:
        write_whole(room.shown(student, lesson), shown)
    write_whole(room.verdict(student, lesson), encode(verdict))
    note(room, verdict)


def note(room: Classroom, verdict: dict) -> None:
    """Appends the journal's line of one judgement."""
    keys = ("student", "lesson", "hash", "judge", "status", "seconds")
    line = json.dumps({key: verdict.get(key) for key in keys}, ensure_ascii=True).encode() + b"\n"
    descriptor = os.open(room.journal, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":  # a run was killed within this line
                line = b"\n" + line
        file.write(line)
        os.fsync(descriptor)


def read_journal(room: Classroom) -> list[dict]:
    """The journal's lines, oldest first; a line cut short by a kill is left out."""
    lines = room.journal.read_bytes().splitlines() if room.journal.exists() else []
    entries = []
    for line in lines:
        with contextlib.suppress(ValueError):
            entries.append(json.loads(line))
    return [entry for entry in entries if isinstance(entry, dict)]


def mend(room: Classroom, verdicts: list[dict]) -> None:
    """Adds the lines of verdicts whose run was killed between the verdict's rename and its line."""
    known = {(e.get("student"), e.get("lesson"), e.get("hash"), e.get("judge")) for e in read_journal(room)}
    for verdict in verdicts:
        if (verdict["student"], verdict["lesson"], verdict["hash"], verdict["judge"]) not in known:
            note(room, verdict)


def tidy(room: Classroom) -> None:
    """Removes the temporary files of runs that were killed while they wrote one."""
    for left in (room.root / "verdicts").rglob(".*.part"):
        left.unlink(missing_ok=True)
