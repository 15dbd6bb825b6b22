"""What an exercise is made of: the reference earns all points, and answers without a thought earn next to none."""

from __future__ import annotations

import importlib
import math

import pytest
import torch
from coach.checking import evaluate
from coach.course import LESSONS

from autograder.analysis.catalogue import ENTRIES
from autograder.analysis.judging import bench_of
from autograder.analysis.readme import catalogue_lines, lines_in_readme
from autograder.course import master
from autograder.exercises import find
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, build, raises
from autograder.exercises.requests import prepare
from autograder.exercises.variants import mistaken, namespace_of, reference, solution
from autograder.judge.verdict import Verdict
from tests.exercises.conftest import EXERCISES, SECRET, book_of
from tests.exercises.lazy import LAZY


@pytest.fixture
def bench(exercise):
    return bench_of(exercise.name, SECRET)


def beside(exercise, target) -> dict:
    """`target` as this exercise, among the right answers to the others: a case may need a decoder to run."""
    return reference(find(exercise.name)[0]) | {exercise.name: target}


def judged(bench, target):
    return bench.judged(bench.outcomes(beside(bench.exercise, target)))[0]


def test_reference_is_right(exercise, bench):
    namespace = reference(find(exercise.name)[0])
    outcomes = bench.outcomes(namespace)
    verdict, names = bench.judged(outcomes)
    assert (verdict.verdict, verdict.score, names) == (Verdict.CORRECT, exercise.max_score, [])
    assert evaluate(namespace[exercise.name], "", book_of(exercise)).passed


def test_stand_ins_are_right_too(exercise, bench):
    """Whoever goes on with a stand-in goes on with the right thing."""
    module = importlib.import_module(f"coach.standins.{LESSONS[find(exercise.name)[0]]}")
    verdict = bench.judged(bench.outcomes(vars(module)))[0]
    assert (verdict.verdict, verdict.score) == (Verdict.CORRECT, exercise.max_score), verdict.message


def form(request: dict) -> list[tuple]:
    """What can be told from a request without a look at its numbers and shapes."""
    return [
        (step["do"], step["name"], len(step.get("args", [])), sorted(step.get("kwargs", {})), "state" in step)
        for step in request["steps"]
    ]


def test_what_is_to_be_refused_begins_like_what_is_not(exercise, bench):
    """Code that refuses by the form of a question, and never looks at sizes, must not earn the points for that."""
    refused = [(case, form(request)) for case, request, right in bench.prepared if "raised" in right["steps"][-1]]
    others = [form(request) for _, request, right in bench.prepared if "raised" not in right["steps"][-1]]
    for case, asked in refused:
        assert any(other[: len(asked)] == asked for other in others), case.name


def magnitudes(steps: list[dict]) -> dict[str, int]:
    """What of a request can be told by one number."""
    given = [value for step in steps for value in [*step.get("args", []), *step.get("kwargs", {}).values()]]
    return {
        "the largest size": max((size for x in given if isinstance(x, torch.Tensor) for size in x.shape), default=0),
        "the largest whole number": max((x for x in given if isinstance(x, int)), default=0),
        "the number of steps": len(steps),
    }


def test_a_refused_build_must_say_which_weights_it_would_have_had():
    exercise = find("MultiHeadAttention")[1]
    case = Case("errors", "heads", lambda draw: raises(build(10, 3), 10, 3))
    with pytest.raises(ValueError, match="MultiHeadAttention: a build is refused"):
        prepare(exercise, case, SECRET, "anna")


def test_what_is_to_be_refused_is_not_larger_than_all_that_is_not(exercise):
    """Code that refuses whatever is large, and compares nothing, must not earn the points for that."""
    refused, others = [], []
    for student in range(10):
        for case in exercise.cases:
            steps = case.steps(Draw(b"secret", str(student), case.name))
            steps = steps if isinstance(steps, list) else [steps]
            (refused if any("sizes" in step for step in steps) else others).append(magnitudes(steps))
    for what in magnitudes([]) if refused else ():
        assert min(found[what] for found in refused) <= max(found[what] for found in others), what
    for what in ("the largest size", "the number of steps") if refused else ():
        assert max(found[what] for found in refused) >= min(found[what] for found in others), what


def test_cases_are_drawn_again_alike_and_differ_between_students(exercise):
    def drawn(student: str) -> list[dict]:
        return [prepare(exercise, case, b"secret", student)[0]["steps"] for case in exercise.cases]

    assert drawn("a") == drawn("a")
    assert drawn("a") != drawn("b")


def unwritten(*args, **kwargs):
    raise NotImplementedError


def nothing(*args, **kwargs):
    return None


def refuse(*args, **kwargs):
    raise ValueError(" ".join(str(tuple(arg.shape)) for arg in args if isinstance(arg, torch.Tensor)) + f" {args}")


@pytest.mark.parametrize("target", [unwritten, nothing, refuse])
def test_empty_stubs_earn_nothing(bench, target):
    verdict = judged(bench, target)
    assert verdict.score == 0
    assert verdict.verdict in (Verdict.ERROR, Verdict.WRONG)


def test_answers_without_a_thought_earn_nothing_for_values(exercise, bench):
    main = next(iter(exercise.points))
    for name, target in LAZY[exercise.name].items():
        outcomes = bench.outcomes(beside(exercise, target))
        verdict, names = bench.judged(outcomes)
        assert verdict.verdict == Verdict.WRONG, name
        # one row or one key can be right by chance; nothing that the main property is about
        free = {"causal_mask": 1.0}.get(exercise.name, 0.0)
        assert verdict.score <= free, (name, verdict)
        assert any(o.case.property == main and not o.passed for o in outcomes), name
        assert names in ([], [verdict.mistake]), name


def test_points_and_names_make_sense(exercise):
    assert all(points > 0 and math.isfinite(points) for points in exercise.points.values())
    assert exercise.max_score == sum(exercise.points.values())
    for items in (exercise.cases, exercise.catalogue):
        assert len({item.name for item in items}) == len(items)
    assert any(case.public for case in exercise.cases) and len(exercise.hints) == 3


def test_patches_fit_the_reference(exercise):
    for mistake in exercise.catalogue:
        assert mistaken(exercise, mistake) != solution(exercise.name), mistake.name
        assert callable(namespace_of(exercise, mistake)[exercise.name])


def test_the_lesson_has_the_headings_that_mistakes_send_to(exercise):
    lines = master(find(exercise.name)[0]).read_text(encoding="utf-8").splitlines()
    headings = {line.lstrip("# ").split(" · ", 1)[-1] for line in lines if line.startswith("# #")}
    assert exercise.section in headings
    for mistake in exercise.mistakes:
        assert mistake.look in headings, (mistake.name, mistake.look)


def test_words_are_sentences_and_hold_no_line_of_the_answer(exercise):
    lines = [line.split("#")[0].strip() for line in solution(exercise.name).split('"""')[-1].splitlines()]
    code = [rest for line in lines if len(rest := line.removeprefix("return ")) > 12]  # shorter: a mere name
    for mistake in exercise.mistakes:
        for text in (mistake.sentence, mistake.why):
            assert text.endswith((".", "?")) and len(text.split()) >= 3, text
            assert not any(line in text for line in code), text
    for hint in exercise.hints:
        assert not any(line in hint for line in code), hint


def test_the_catalogue_is_complete_and_true():
    known = {f"{exercise.name}/{mistake.name}" for exercise in EXERCISES for mistake in exercise.mistakes}
    numbers = [entry.number for entry in ENTRIES]
    assert numbers == list(range(1, 107)), "every entry once, in order"
    for entry in ENTRIES:
        assert bool(entry.here) != bool(entry.later), entry
        assert set(entry.here) <= known, entry
    assert set(catalogue_lines()) <= set(lines_in_readme()), "make kill-table writes the table anew"
    assert len(known) >= 30
