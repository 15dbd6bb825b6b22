"""`progress()`: the whole course in one table, what is passed and what is open, and what to do next."""

from __future__ import annotations

from coach import casebook, storage, targets
from coach.card import HIDDEN, points
from coach.course import LESSONS
from coach.show import Card, Line, Table, Title, show


def progress() -> None:
    """Shows every exercise of the course with its worth and whether its public checks have passed."""
    show(overview(storage.read()))


def overview(state: storage.State) -> Card:
    """The table as a card. Pure but for reading the public cases."""
    rows, open_ones, gained, total, count = [], [], 0.0, 0.0, 0
    for lesson in LESSONS:
        if not targets.has_cases(lesson):
            rows.append((lesson, "(cases missing)", "", ""))
            continue
        for exercise in casebook.load(lesson).exercises:
            done = exercise.name in state.passed
            hints = f", {state.hints[exercise.name]} of 3 hints seen" if state.hints.get(exercise.name) else ""
            rows.append((lesson, exercise.name, points(exercise.max_score), ("✓ passed" if done else "open") + hints))
            count, total = count + 1, total + exercise.max_score
            if done:
                gained += exercise.max_score
            else:
                open_ones.append((lesson, exercise.name))
    done = count - len(open_ones)
    blocks = [
        Title(f"Your way through the course: {done} of {count} exercises"),
        Table("Exercises", ("lesson", "exercise", "worth", "state"), tuple(rows)),
        Line("", f"The public checks of {gained:g} of {points(total)} have passed. {HIDDEN}"),
    ]
    if open_ones:
        lesson, name = open_ones[0]
        blocks.append(Line("Next", f"`{name}` in lesson {lesson}"))
    elif count:
        blocks.append(Line("Next", "hand in your notebooks, or pick a claim from a lesson and test it yourself"))
    if state.note:
        blocks.append(Line("Note", state.note))
    return Card(tuple(blocks))
