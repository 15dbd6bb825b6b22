"""The short kill table in the maintainers' README, between two markers. Written by the kill table, checked by tests."""

from __future__ import annotations

from pathlib import Path

from autograder.analysis.catalogue import ENTRIES
from autograder.analysis.survivors import Mutation
from autograder.analysis.table import Table, shares

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- kill table: begin (make kill-table writes it) -->", "<!-- kill table: end -->"
HEAD = (
    "| exercise | cases (public) | mistakes + pairs | lose points | named by judge | by `check` | named wrongly |",
    "|---|---|---|---|---|---|---|",
)


def line(table: Table) -> str:
    """The row of one exercise."""
    exercise, figures = table.exercise, shares(table.rows)
    public = sum(case.public for case in exercise.cases)
    return (
        f"| `{exercise.name}` | {len(exercise.cases)} ({public}) | {len(exercise.mistakes)} + {len(exercise.pairs)} "
        f"| {figures.killed} | {figures.judge} | {figures.check} | {figures.wrong} |"
    )


def catalogue_lines() -> list[str]:
    """The rows of the catalogue."""
    rows = ["| entry | what | named |", "|---|---|---|"]
    for entry in ENTRIES:
        names = ", ".join(f"`{name}`" for name in entry.here) or f"later: {entry.later}"
        rows.append(f"| {entry.number} | {entry.what} | {names} |")
    return rows


def block(tables: list[Table], mutations: list[Mutation]) -> str:
    """All that stands between the markers."""
    rows = [row for table in tables for row in table.rows]
    total = shares(rows)
    mutants = sum(mutation.total for mutation in mutations)
    equivalent = sum(mutation.equivalent for mutation in mutations)
    survivors = sum(len(mutation.survivors) for mutation in mutations)
    return "\n".join(
        [
            *HEAD,
            *map(line, tables),
            "",
            f"Of {total.total} mistakes and pairs {total.killed} lose points in every draw, {total.judge} are named by "
            f"the judge, {total.check} by `check`, {total.wrong} are given a wrong name.",
            f"Of {mutants} mechanical changes of the references {mutants - equivalent - survivors} lose points in "
            f"every draw, {equivalent} are equivalent for a reason (`analysis/equivalent`), {survivors} survive.",
            "",
            *catalogue_lines(),
        ]
    )


def parts_of(text: str) -> tuple[str, str, str]:
    """What stands before, between and behind the markers. Raises ValueError if one is missing."""
    before, begin, rest = text.partition(BEGIN)
    between, end, behind = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{README.name} lacks the marker {BEGIN if not begin else END}.")
    return before, between.strip("\n"), behind


def lines_in_readme() -> list[str]:
    return parts_of(README.read_text(encoding="utf-8"))[1].splitlines()


def write(tables: list[Table], mutations: list[Mutation]) -> bool:
    """Puts the table into the README; True if that changed it."""
    old = README.read_text(encoding="utf-8")
    before, _, behind = parts_of(old)
    new = f"{before}{BEGIN}\n{block(tables, mutations)}\n{END}{behind}"
    if new != old:
        README.write_text(new, encoding="utf-8")
    return new != old
