"""Hints: three of rising strength, and one clear sentence for anything else."""

import pytest
from coach import hint, storage
from coach.course import LESSONS
from coach.hints import Hint
from coach.show import Misuse

from autograder.exercises import find, get

EXERCISES = [exercise.name for lesson in LESSONS for exercise in get(lesson)]


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_exercise_has_every_hint(name, level, capsys):
    hint(name, level)
    text = capsys.readouterr().out
    assert text.startswith(f"Hint {level} of 3 for {name}: {find(name)[1].hints[level - 1]}")
    assert (f'hint("{name}", {level + 1})' in text) == (level < 3)
    assert storage.read().hints == {name: level}


def test_a_function_is_as_good_as_its_name(capsys):
    def causal_mask(length):
        return None

    hint(causal_mask)
    assert capsys.readouterr().out.startswith("Hint 1 of 3 for causal_mask")


@pytest.mark.parametrize("level", [0, 4, -1, "1", 1.0, True, None])
def test_another_level_is_refused(level):
    with pytest.raises(Misuse, match="the hints for causal_mask are 1, 2 and 3"):
        hint("causal_mask", level)


@pytest.mark.parametrize(("target", "words"), [("casual_mask", "is not an exercise"), (None, "needs"), (7, "needs")])
def test_another_name_is_refused(target, words):
    with pytest.raises(Misuse, match=words):
        hint(target)


def test_a_notebook_gets_markdown_and_everything_else_text():
    bundle = Hint("causal_mask", 1, "Think of $j \\le i$.")._repr_mimebundle_()
    assert bundle["text/markdown"].startswith("**Hint 1 of 3 for `causal_mask`.** Think of $j \\le i$.")
    assert bundle["text/plain"].startswith("Hint 1 of 3 for causal_mask: Think of")
