"""`autograder grade` from end to end: judge, book, write the pages, print the table. Called by the command line."""

from __future__ import annotations

import json
import time
from pathlib import Path

from rich.console import Console

from autograder.classroom.feedback import write_feedback
from autograder.classroom.grade import grade_class
from autograder.classroom.gradebook import book
from autograder.classroom.journal import write_whole
from autograder.classroom.table import progress_bar, results_tables


def grade_command(
    classroom: Path,
    lessons: list[str] | None,
    workers: int | None = None,
    scheduler: str | None = None,
    json_file: Path | None = None,
    fresh: bool = False,
    pictures: bool = False,
) -> None:
    """Grades, books and writes the pages of a class. Raises ClassroomError, SandboxMissing with one sentence each."""
    console, notes = Console(), Console(stderr=True, soft_wrap=True)
    start = time.monotonic()
    with progress_bar(console) as (advance, turn):
        verdicts = grade_class(
            classroom,
            lessons,
            workers=workers,
            scheduler=scheduler,
            fresh=fresh,
            pictures=pictures,
            on_progress=advance,
            on_page=turn,
            on_note=lambda sentence: notes.print(sentence, markup=False, highlight=False),
        )
    judged = time.monotonic()
    if json_file is not None:
        write_whole(json_file, json.dumps({"submissions": verdicts}, indent=1, ensure_ascii=False).encode())
    if not verdicts:
        notes.print("No submissions were found: they belong into submitted/<student>/<lesson>/<lesson>.ipynb.")
        return
    for table in results_tables(verdicts):
        console.print(table)
    with console.status("booking into gradebook.db"):
        book(classroom, verdicts)
    booked = time.monotonic()
    pages = write_feedback(classroom, lessons)
    console.print(
        f"{len(verdicts)} submissions judged in {judged - start:.1f} s, booked in {booked - judged:.1f} s; "
        f"{pages} feedback pages are in {classroom / 'feedback'}.",
        markup=False,
        highlight=False,
    )
    failed = sum(verdict["status"] == "judge_error" for verdict in verdicts)
    if failed:
        notes.print(f"{failed} submissions could not be judged, by no fault of their authors; the table says why.")
