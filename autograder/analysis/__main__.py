"""`make kill-table`: prints what the hidden cases notice and what the mistakes are called; exit 1 if something is off.

`python -m autograder.analysis [EXERCISE…] [--short]`. Without names it also brings the README up to date.
"""

from __future__ import annotations

import argparse
import sys

from coach.course import LESSONS

from autograder.analysis import readme
from autograder.analysis.judging import SECRETS
from autograder.analysis.survivors import Mutation, mutation_of
from autograder.analysis.table import NAMED_SHARE, Table, shares, table_of
from autograder.exercises import get


def main(arguments: list[str] | None = None) -> int:
    everything = [exercise for lesson in LESSONS for exercise in get(lesson)]
    parser = argparse.ArgumentParser(prog="make kill-table", description=__doc__)
    names = [exercise.name for exercise in everything]
    parser.add_argument("exercises", nargs="*", metavar="EXERCISE", help=f"default: all; {', '.join(names)}")
    parser.add_argument("--short", action="store_true", help="only the figures")
    chosen = parser.parse_args(arguments)
    unknown = sorted(set(chosen.exercises) - set(names))
    if unknown:
        parser.error(f"there is no exercise {unknown[0]!r}; the exercises are {', '.join(names)}")
    tables, mutations = [], []
    for exercise in everything:
        if chosen.exercises and exercise.name not in chosen.exercises:
            continue
        tables.append(table_of(exercise))
        mutations.append(mutation_of(exercise))
        if not chosen.short:
            print("\n".join([*grid(tables[-1]), *confusion(tables[-1])]), flush=True)
    print(readme.block(tables, mutations).split("\n\n| entry")[0])
    found = faults(tables, mutations)
    if found:
        print("\n".join(["", *found]), file=sys.stderr)
        return 1
    if not chosen.exercises and readme.write(tables, mutations):
        print(f"\n{readme.README.name} is up to date again.")
    return 0


def faults(tables: list[Table], mutations: list[Mutation]) -> list[str]:
    """All that is wrong, one sentence each."""
    said = [fault for table in tables for fault in table.faults]
    total = shares([row for table in tables for row in table.rows])
    for who, named in (("The judge", total.judge), ("check", total.check)):
        if named < NAMED_SHARE * total.total:
            said.append(f"{who} names {named} of {total.total} mistakes: fewer than {NAMED_SHARE:.0%}.")
    for mutation in mutations:
        said += [f"{mutation.exercise}: nothing notices the change {m.change}" for m in mutation.survivors]
        said += [f"{mutation.exercise}: listed as equivalent, but is not: {change}" for change in mutation.stale]
    return said


def grid(table: Table) -> list[str]:
    """Mistakes × cases: # fails in every draw, + in some, · in none."""
    exercise = table.exercise
    width = max(len(row.mistake.name) for row in table.rows)
    lines = ["", f"{exercise.name}: {exercise.max_score:g} points, {len(exercise.cases)} cases, {len(SECRETS)} draws"]
    for number, case in enumerate(exercise.cases, 1):
        lines.append(f"  {number:2} {case.property}: {case.name}{' (public)' if case.public else ''}")
    lines.append(" " * width + "  " + " ".join(f"{number:2}" for number in range(1, len(exercise.cases) + 1)))
    for row in table.rows:
        marks = ["·" if not count else "#" if count == len(SECRETS) else "+" for count in row.kills]
        lines.append(f"{row.mistake.name:{width}}  " + " ".join(f"{mark:>2}" for mark in marks))
    return lines


def confusion(table: Table) -> list[str]:
    """Made × named, for judge and check: one column for each name, in the order of the rows, and one for none."""
    names = [row.mistake.name for row in table.rows]
    width = max(map(len, names))
    lines = ["", f"{'made':{width}}  {'named by the judge':{len(names) + 1}}  named by check"]
    for row in table.rows:
        both = []
        for given in (set(row.judge), {row.check}):
            single = {name for names_given in given for name in names_given.split(" or ")}
            both.append("".join("#" if name in single else "·" for name in names) + ("?" if "" in given else " "))
        lines.append(f"{row.mistake.name:{width}}  {both[0]:{max(18, len(names) + 1)}}  {both[1]}".rstrip())
    return lines


if __name__ == "__main__":
    sys.exit(main())
