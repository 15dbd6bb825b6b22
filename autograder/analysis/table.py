"""Which cases notice which mistake, and what judge and check call it: the figures behind the kill table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from coach.casebook import ExerciseBook
from coach.checking import evaluate

from autograder.analysis.equivalent import MISTAKES as EQUIVALENT
from autograder.analysis.judging import SECRETS, Bench, bench_of, book_of
from autograder.exercises.model import Exercise, Mistake
from autograder.exercises.variants import namespace_of

NAMED_SHARE = 0.97  # of all mistakes, in judge and in check; the rest is told as an exact difference


@dataclass(frozen=True)
class Row:
    """One mistake or pair. kills: per case, in how many draws it fails; judge, check: what it is called, how often.

    A name is the mistake's, "" for none, or several joined by " or ".
    """

    mistake: Mistake
    pair: bool
    kills: tuple[int, ...]
    survived: int  # draws in which no case failed
    judge: Counter[str]
    check: str
    seen_by_check: bool

    def right(self, names: Counter[str] | str) -> bool:
        return set([names] if isinstance(names, str) else names) == {self.mistake.name}

    @property
    def wrong_names(self) -> list[str]:
        """Names of other mistakes that it was given, and as the only one."""
        names = {*self.judge, self.check} - {"", self.mistake.name}
        return sorted(name for name in names if " or " not in name)

    @property
    def ambiguous(self) -> list[str]:
        return sorted(name for name in {*self.judge, self.check} if " or " in name)


@dataclass(frozen=True)
class Table:
    """The rows of one exercise."""

    exercise: Exercise
    rows: tuple[Row, ...]
    draws: int

    @property
    def faults(self) -> list[str]:
        """What is wrong with the cases or the mistakes; empty if nothing is."""
        said = []
        for row in self.rows:
            where = f"{self.exercise.name}/{row.mistake.name}"
            if row.survived:
                said.append(f"{where} survives {row.survived} of {self.draws} draws.")
            said += [f"{where} is called {name}." for name in row.wrong_names]
            said += [
                f"{where} cannot be told from others: {names}."
                for names in row.ambiguous
                if (self.exercise.name, names) not in EQUIVALENT
            ]
        return said


def table_of(
    exercise: Exercise, secrets: tuple[bytes, ...] = SECRETS, public: Callable[[Exercise], ExerciseBook] = book_of
) -> Table:
    """Runs every mistake and pair of the exercise on hidden cases of several draws and on the `public` ones."""
    benches = [bench_of(exercise.name, secret) for secret in secrets]
    book = public(exercise)
    rows = tuple(_row(exercise, mistake, benches, book) for mistake in exercise.catalogue)
    return Table(exercise, rows, len(secrets))


def _row(exercise: Exercise, mistake: Mistake, benches: list[Bench], book: ExerciseBook) -> Row:
    namespace = namespace_of(exercise, mistake)
    kills, survived, judge = Counter(), 0, Counter()
    for bench in benches:
        outcomes = bench.outcomes_of(mistake)
        verdict, names = bench.judged(outcomes)
        kills.update(outcome.case.name for outcome in outcomes if not outcome.passed)
        survived += verdict.score >= verdict.max_score
        judge[" or ".join(names)] += 1
    result = evaluate(namespace[exercise.name], "", book)
    return Row(
        mistake,
        mistake not in exercise.mistakes,
        tuple(kills[case.name] for case in exercise.cases),
        survived,
        judge,
        " or ".join(result.mistakes_matching),
        not result.passed,
    )


@dataclass(frozen=True)
class Shares:
    """Counts over some rows."""

    total: int
    killed: int
    judge: int
    check: int
    wrong: int


def shares(rows: list[Row]) -> Shares:
    return Shares(
        total=len(rows),
        killed=sum(not row.survived for row in rows),
        judge=sum(row.right(row.judge) for row in rows),
        check=sum(row.right(row.check) for row in rows),
        wrong=sum(bool(row.wrong_names) for row in rows),
    )
