"""`evaluate`, the pure half of `check`: what is right, what is wrong, and which mistake it is."""

import pytest
from coach.checking import CheckFailed, check, evaluate
from coach.course import LESSONS
from coach.show import Misuse

from autograder.exercises import find, get
from autograder.exercises.variants import mistaken, reference, solution

EXERCISES = [exercise.name for lesson in LESSONS for exercise in get(lesson)]
# The kill table names every mistake, from the cases as they are; here the built ones, in a learner's notebook
MISTAKEN = ("masked_mean", "causal_mask", "scaled_dot_product_attention")
MISTAKES = [(name, mistake.name) for name in MISTAKEN for mistake in find(name)[1].mistakes]


@pytest.mark.parametrize("name", EXERCISES)
def test_the_masters_solution_passes(name, home):
    result = evaluate(reference(find(name)[0])[name], solution(name))
    assert result.passed and result.error is None and result.mistake is None
    assert not home.exists(), "evaluate is pure: it saves nothing"


@pytest.mark.parametrize(("name", "mistake"), MISTAKES)
def test_a_mistake_is_never_given_another_ones_name(name, mistake, run_cell):
    lesson, exercise = find(name)
    variant = next(m for m in exercise.mistakes if m.name == mistake)
    namespace = run_cell(mistaken(exercise, variant)) | {}
    for other in get(lesson):  # earlier exercises that the variant calls
        if other.name != name and other.name not in namespace:
            run_cell(solution(other.name))
    result = evaluate(run_cell("pass\n")[name])
    if result.passed:
        assert result.mistake is None  # only hidden cases tell
    else:
        assert result.error
        assert result.mistake is None or result.mistake.name == mistake


def test_a_wrong_constant_factor_is_reported_as_the_ratio(run_cell):
    cell = "def attention_scores(query, key):\n    return query @ key.mT / math.sqrt(query.shape[-1]) * 3\n"
    assert evaluate(run_cell(cell)["attention_scores"]).error == "The result is 3.00 × expected, everywhere."


def test_an_untouched_stub_is_unwritten(run_cell):
    stub = "def causal_mask(length):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"
    result = evaluate(run_cell(stub)["causal_mask"])
    assert result.unwritten and not result.passed
    assert result.error == "not written yet."


def test_an_exercise_that_calls_an_empty_stub_is_not_itself_unwritten(run_cell):
    run_cell("def attention_scores(query, key):\n    raise NotImplementedError()\n")
    run_cell(solution("stable_softmax"))
    name = "scaled_dot_product_attention"
    result = evaluate(run_cell(solution(name))[name])
    assert not result.unwritten and "NotImplementedError" in result.error


def test_a_forgotten_return_is_suggested(run_cell):
    result = evaluate(run_cell("def causal_mask(length):\n    torch.ones(length, length).tril()\n")["causal_mask"])
    assert "Is a `return` missing?" in result.error


def test_what_an_exercise_is_about_may_not_be_called(run_cell):
    cell = solution("stable_softmax").replace("maximum = scores", "scores.softmax(dim); maximum = scores", 1)
    result = evaluate(run_cell(cell)["stable_softmax"])
    assert not result.passed
    assert [finding.name.rsplit(".", 1)[-1] for finding in result.findings] == ["softmax"]


def test_a_hidden_call_is_seen_while_it_runs(run_cell):
    cell = "def stable_softmax(scores, dim=-1):\n    return scores.softmax(dim)\n"
    result = evaluate(run_cell(cell)["stable_softmax"], source="")
    assert any("softmax" in finding.name for finding in result.findings)
    assert not result.passed


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("stable_softmax", "without quotes"),
        (None, "was given None"),
        (3.5, "was given a float"),
        (print, "print is not an exercise of this course"),
    ],
)
def test_bad_use_gets_one_clear_sentence(target, words):
    with pytest.raises(Misuse, match=words) as caught:
        check(target)
    assert len(caught.value._render_traceback_()) == 1


def test_missing_cases_are_told(run_cell, monkeypatch, tmp_path):
    monkeypatch.setattr("coach.casebook.CASES", tmp_path / "nothing")
    target = run_cell("def causal_mask(length):\n    return None\n")["causal_mask"]
    lacking = ", ".join(f"{lesson}.npz" for lesson in LESSONS)
    with pytest.raises(Misuse, match=f"lacks {lacking}; download the course again"):
        check(target)


def test_a_failed_check_raises_an_assertion_error_of_one_line(run_cell, capsys):
    target = run_cell("def causal_mask(length):\n    return torch.ones(length, length).tril()\n")["causal_mask"]
    with pytest.raises(AssertionError) as caught:
        check(target)
    assert isinstance(caught.value, CheckFailed)
    (line,) = caught.value._render_traceback_()
    assert line.startswith("CheckFailed: causal_mask: ") and "\n" not in line
    assert "causal_mask`: not right yet" in capsys.readouterr().out


def test_the_learners_interrupt_stops_the_check(run_cell):
    target = run_cell("def causal_mask(length):\n    raise KeyboardInterrupt\n")["causal_mask"]
    with pytest.raises(KeyboardInterrupt):
        evaluate(target)
