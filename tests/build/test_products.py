"""The five products of a toy master: what is in them, when they are stale, and what a broken master is told."""

from __future__ import annotations

import json

import pytest

from autograder.build.master import BuildError, read
from tests.build.trees import TOY_MASTER, build, contents, toy_course

RELEASED = "lessons/00_toy/00_toy.ipynb"
EXECUTED = "solutions/00_toy/00_toy.ipynb"
REFERENCE = "autograder/reference/toy.py"
CASES = "lessons/coach/cases/00_toy.npz"
SOURCE_CELLS = "autograder/build/source_cells/00_toy.json"
ALL = {RELEASED, EXECUTED, REFERENCE, CASES, SOURCE_CELLS}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A toy course after its first build."""
    tree = toy_course(tmp_path_factory.mktemp("toy"))
    done = build(tree)
    assert done.returncode == 0, done.stderr
    return tree


@pytest.fixture
def edited(built):
    """`edit(file, old, new)`; every file is as before afterwards."""
    before = {}

    def edit(name, old, new):
        text = (built / name).read_text()
        before.setdefault(name, text)
        assert old in text
        (built / name).write_text(text.replace(old, new))
        return built

    yield edit
    for name, text in before.items():
        (built / name).write_text(text)


def stale(tree):
    """The names that `--check` gives."""
    done = build(tree, check=True)
    names = {line.strip() for line in done.stdout.splitlines() if line.startswith("  ")}
    assert done.returncode == (1 if names else 0), done.stdout + done.stderr
    return names


def cells(tree, name):
    return json.loads((tree / name).read_text())["cells"]


def source(tree, name, cell_id):
    return next("".join(cell["source"]) for cell in cells(tree, name) if cell["id"] == cell_id)


def test_all_products_are_there_and_fresh(built):
    assert set(contents(built)) >= ALL
    assert stale(built) == set()


def test_a_second_build_writes_nothing(built):
    times = {name: (built / name).stat().st_mtime_ns for name in contents(built)}
    done = build(built)
    assert "up to date" in done.stdout
    assert {name: (built / name).stat().st_mtime_ns for name in contents(built)} == times


def test_the_released_notebook_has_neither_solution_nor_hidden_test_nor_output(built):
    text = (built / RELEASED).read_text()
    for word in ("two", "SOLUTION", "HIDDEN", "autograder", "#| export", "passed"):
        assert word not in text
    assert source(built, RELEASED, "double").endswith("# YOUR CODE HERE\n    raise NotImplementedError()")
    assert source(built, RELEASED, "test_double") == "check(double)"


def test_the_executed_notebook_shows_outputs_and_keeps_no_times(built):
    text = (built / EXECUTED).read_text()
    assert "6/7" in text and "double passed" in text
    assert "iopub" not in text and '"version"' not in text


def test_the_reference_is_the_exported_cells_without_markers(built):
    text = (built / REFERENCE).read_text()
    assert "Generated from solutions/00_toy.py" in text
    assert "from autograder.reference import earlier\n" in text and "carry_over" not in text
    assert "two = 2  #" in text and "SOLUTION" not in text and "check" not in text and "#|" not in text


def test_the_source_cells_hold_points_and_the_hidden_region(built):
    graded = {cell["grade_id"]: cell for cell in cells(built, SOURCE_CELLS)}
    assert graded["test_double"]["points"] == 4.0
    assert 'grade("double", double)' in graded["test_double"]["source"]
    assert graded["double"]["points"] is None


def test_a_word_of_text_makes_the_notebooks_stale_and_nothing_else(edited):
    assert stale(edited("solutions/00_toy.py", "The end.", "The End.")) == {RELEASED, SOURCE_CELLS, EXECUTED}


def test_a_word_of_a_solution_makes_everything_stale(edited):
    assert stale(edited("solutions/00_toy.py", "two * x", "x * two")) == ALL


def test_check_writes_nothing(edited):
    tree = edited("solutions/00_toy.py", "The end.", "The End.")
    before = contents(tree)
    assert stale(tree)
    assert contents(tree) == before


def test_products_edited_by_hand_are_stale(edited):
    by_hand = ALL - {CASES}
    for product in by_hand:
        tree = edited(product, "Twice", "Thrice")
    assert stale(tree) == by_hand


def test_two_builds_of_one_master_agree(built, tmp_path):
    tree = toy_course(tmp_path)
    assert build(tree).returncode == 0
    assert {name: contents(tree)[name] for name in ALL} == {name: contents(built)[name] for name in ALL}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("### BEGIN SOLUTION\n", "", "needs `#| export`"),
        ('# %% test="double"', "# %%", "no test cell"),
        ('# %% test="double"', '# %% test="treble"', "does not follow its exercise"),
        ('exercise="double"', 'exercise="treble"', "does not follow its exercise"),
        ('# %% tags=["setup"]', '# %% tag="setup"', "unknown cell metadata tag"),
    ],
)
def test_a_master_that_breaks_the_format_is_refused_with_one_sentence(tmp_path, old, new, sentence):
    (tmp_path / "00_toy.py").write_text(TOY_MASTER.replace(old, new))
    with pytest.raises(BuildError, match=sentence) as refused:
        read(tmp_path / "00_toy.py")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('# %% test="double"', "# %%", "no test cell"),
        ("return two * x", "return two *", "not valid Python"),
        ("print(double", "print(1 / 0, double", "raises ZeroDivisionError"),
    ],
)
def test_a_broken_master_is_refused_with_one_sentence(edited, old, new, sentence):
    done = build(edited("solutions/00_toy.py", old, new))
    assert done.returncode == 1
    assert sentence in done.stderr and "Traceback" not in done.stderr
