"""The sample class: everything that the issue asks for is in it, and it overwrites nothing of a teacher's."""

from __future__ import annotations

import json

import pytest

from autograder.classroom.errors import SampleError
from autograder.classroom.sample import MARK, submissions, write_sample_class
from autograder.course import LESSONS
from autograder.exercises import get
from autograder.judge.collect import Unreadable, parse_notebook

BAD_INPUT = {
    "empty-file", "half-a-file", "other-lesson", "no-solution-cells", "right-tests-twice", "right-tests-deleted",
    "right-tests-retyped", "does-not-parse", "function-missing", "returns-none", "wrong-shape", "wrong-dtype",
    "raises", "prints-10-mb", "loops-for-ever", "exits-the-process",
}  # fmt: skip


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_named_mistake_and_every_bad_input_is_in_the_class(lesson):
    made = submissions(lesson)
    assert BAD_INPUT <= set(made)
    mistakes = {(exercise, name) for _, names in made.values() for exercise, name in names.items()}
    assert mistakes == {(exercise.name, mistake.name) for exercise in get(lesson) for mistake in exercise.mistakes}


@pytest.mark.parametrize("lesson", LESSONS)
def test_only_the_files_meant_to_be_unreadable_are(lesson):
    unreadable = set()
    for student, (content, _) in submissions(lesson).items():
        try:
            parse_notebook(content or b"")
        except Unreadable:
            unreadable.add(student)
    assert unreadable == {"empty-file", "half-a-file", "link-to-the-gradebook"}


def _files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*.ipynb")) if not p.is_symlink()}


def test_it_is_the_same_every_time_and_may_be_written_again(tmp_path):
    count = write_sample_class(tmp_path / "a")
    write_sample_class(tmp_path / "b")
    assert _files(tmp_path / "a") == _files(tmp_path / "b")
    (tmp_path / "a" / "gradebook.db").touch()
    assert write_sample_class(tmp_path / "a") == count
    assert count >= 12 * len(LESSONS) and json.loads((tmp_path / "a" / MARK).read_text())["mistakes"]


def test_a_class_may_be_smaller_or_larger_than_one_of_each_kind(tmp_path):
    kinds = len({kind for lesson in LESSONS for kind in submissions(lesson)})
    write_sample_class(tmp_path / "small", students=3)
    write_sample_class(tmp_path / "large", students=kinds + 2)
    assert len(list((tmp_path / "small" / "submitted").iterdir())) == 3
    names = {path.name for path in (tmp_path / "large" / "submitted").iterdir()}
    assert len(names) == kinds + 2 and {"right", "right-2"} <= names


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(SampleError, match="holds no sample class"):
        write_sample_class(tmp_path)
    with pytest.raises(SampleError, match="not a folder"):
        write_sample_class(tmp_path / "thesis.txt")
    with pytest.raises(SampleError, match="at least one"):
        write_sample_class(tmp_path / "new", students=0)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
