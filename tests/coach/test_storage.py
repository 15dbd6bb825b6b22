"""The coach's memory: whatever happens to the folder, the lesson goes on with a sentence."""

import os

import pytest
from coach import check, hint, progress, storage, targets
from coach.carrying import collect

from autograder.exercises.variants import solution


@pytest.fixture
def no_folder(tmp_path, monkeypatch):
    """A folder that cannot be written, not even by root: its parent is a file."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "file" / "home"))


def test_what_is_remembered_survives_a_new_session(home):
    assert storage.mark_passed("causal_mask") == ""
    assert storage.mark_hint("causal_mask", 2) == ""
    assert storage.mark_hint("causal_mask", 1) == ""
    assert storage.read() == storage.State(frozenset({"causal_mask"}), {"causal_mask": 2})
    assert (home / "progress.json").is_file()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"passed": 3, "hints": {}}', '{"passed": [], "hints": {"a": "b"}}'])
def test_a_memory_that_cannot_be_understood_is_kept_and_started_anew(home, text):
    home.mkdir()
    (home / "progress.json").write_text(text)
    state = storage.read()
    assert (state.passed, state.hints) == (frozenset(), {})
    assert "kept as progress.json.bak" in state.note
    assert (home / "progress.json.bak").read_text() == text
    assert storage.mark_passed("causal_mask") == ""
    assert storage.read().passed == {"causal_mask"}


def test_a_folder_that_cannot_be_written_gets_a_note_and_work_goes_on(no_folder, run_cell, capsys):
    check(run_cell(solution("causal_mask"))["causal_mask"])
    text = " ".join(capsys.readouterr().out.split())
    assert text.count("The folder my_transformer cannot be written") == 1
    assert "Saved in" not in text
    assert storage.read().passed == {"causal_mask"}
    assert collect("attention")[1]["causal_mask"] == ""  # the learner's own, from memory
    hint("causal_mask", 2)
    assert storage.read().hints == {"causal_mask": 2}


def test_a_crash_while_writing_leaves_the_old_file(home, monkeypatch):
    storage.mark_passed("causal_mask")
    before = (home / "progress.json").read_bytes()

    def fails(source, target):
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", fails)
    assert storage.mark_passed("padding_mask") == storage.READ_ONLY_NOTE
    assert (home / "progress.json").read_bytes() == before
    assert sorted(path.name for path in home.iterdir()) == ["progress.json"]


def test_progress_shows_what_is_passed_what_is_open_and_what_is_next(capsys):
    storage.mark_passed("pairwise_dot_products")
    storage.mark_hint("masked_mean", 1)
    progress()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"• Your way through the course: 1 of {len(targets.exercise_names())} exercises"
    table = {line.split()[1]: line for line in lines if line.startswith("    0")}
    assert table["pairwise_dot_products"].endswith("✓ passed")
    assert table["masked_mean"].endswith("open, 1 of 3 hints seen")
    assert lines[-1] == "  Next: `masked_mean` in lesson 00_welcome"
