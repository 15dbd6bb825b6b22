"""Reading submissions: whatever the file holds, there is a sentence or a graft, never an exception of ours."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course import released
from autograder.judge.collect import GRADED_COPY, MAX_NOTEBOOK_BYTES, Unreadable, parse_notebook, read_notebook
from autograder.judge.graft import grade_id, graft, is_solution, source_of
from autograder.judge.run import judge_notebook, read_grafted
from autograder.judge.verdict import Status

LESSON = "01_attention"
OURS = released(LESSON)


class NoKernels:
    """Nothing is written in these notebooks, so nothing may be run."""

    def open(self, coach: bool = True):
        raise AssertionError("a kernel was opened for a notebook without a solution")

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    "data",
    [
        b"", b"   ", b"{", b"[]", b"null", b"3", b'{"cells": 3}', b'{"cells": {}}', b"\xff\xfe{\x00", b"\x00" * 10,
        b"[" * 100_000, b'{"cells": ' + b"[" * 100_000, b'{"cells": [], "n": ' + b"1" * 5000 + b"}",
        json.dumps({"worksheets": []}).encode(), b'{"cells": [' + b",".join([b"{}"] * 6000) + b"]}",
    ],
)  # fmt: skip
def test_a_file_that_is_no_notebook_gets_one_sentence(data):
    with pytest.raises(Unreadable) as caught:
        parse_notebook(data, "x.ipynb")
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


def test_links_pipes_folders_missing_and_large_files_are_refused(tmp_path):
    (tmp_path / "real.ipynb").write_text("{}")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "real.ipynb")
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    (tmp_path / "large.ipynb").write_bytes(b" " * (MAX_NOTEBOOK_BYTES + 1))
    for name in ("link", "pipe", "folder", "large", "missing"):
        with pytest.raises(Unreadable):
            read_notebook(tmp_path / f"{name}.ipynb")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
names = st.sampled_from([grade_id(cell) for cell in OURS["cells"] if grade_id(cell)] + ["test_", "", "x"])
cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | json_values,
        "id": st.sampled_from([cell["id"] for cell in OURS["cells"]]) | json_values,
        "source": st.just("") | st.sampled_from(["# YOUR CODE HERE\nraise NotImplementedError"]) | json_values,
        "metadata": st.fixed_dictionaries(
            {},
            optional={"nbgrader": st.fixed_dictionaries({}, optional={"grade_id": names | json_values}) | json_values},
        )
        | json_values,
        "outputs": json_values,
    },
)


def test_a_device_is_refused_before_it_is_opened(monkeypatch):
    """Opening one can wind a tape back, or start a clock that switches the machine off."""
    monkeypatch.setattr(os, "open", lambda *arguments, **options: pytest.fail("it was opened"))
    with pytest.raises(Unreadable, match="zero is not an ordinary file"):
        read_notebook(Path("/dev/zero"))


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.fixed_dictionaries({"cells": st.lists(cells | json_values, max_size=6) | json_values}) | json_values)
def test_two_thousand_malformed_notebooks_get_a_verdict(tmp_path_factory, notebook):
    path = tmp_path_factory.getbasetemp() / f"{LESSON}.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    try:
        theirs = read_notebook(path)
    except Unreadable as fault:
        assert str(fault)
    else:
        grafted = graft(OURS, theirs)
        assert [cell for cell in grafted.notebook["cells"] if not cell["id"].startswith("extra-")]
        tests = [cell["source"] for cell in grafted.notebook["cells"] if str(grade_id(cell)).startswith("test_")]
        assert tests == [cell["source"] for cell in OURS["cells"] if str(grade_id(cell)).startswith("test_")]
        if any(grafted.sources.values()):
            return  # something is written, which the gallery runs
    submission = judge_notebook(path, LESSON, "s", b"k", NoKernels())
    assert submission.status in (Status.GRADED, Status.UNREADABLE)
    assert submission.score == 0 and submission.max_score == 20


def _with(**changes: object) -> dict:
    notebook = json.loads(json.dumps(OURS))
    for cell in notebook["cells"]:
        if is_solution(cell) and grade_id(cell) in changes:
            cell["source"] = changes[grade_id(cell)]
    return notebook


def test_the_graded_copy_of_a_notebook_is_no_hand_in():
    """By a hard link somebody could hand in what was made of another's work."""
    notebook = released(LESSON)
    notebook["metadata"][GRADED_COPY] = True
    with pytest.raises(Unreadable, match="graded copy"):
        read_grafted(json.dumps(notebook).encode(), "x.ipynb", LESSON)


def test_only_the_source_of_solution_cells_is_taken():
    theirs = _with(causal_mask="def causal_mask(length): return 1")
    for cell in theirs["cells"]:
        cell["metadata"]["tags"] = ["skip-execution"]
        cell["outputs"] = [{"output_type": "error"}]
    grafted = graft(OURS, theirs)
    assert grafted.sources["causal_mask"] == "def causal_mask(length): return 1"
    assert [name for name, source in grafted.sources.items() if source] == ["causal_mask"]
    ours = {cell["id"]: cell for cell in OURS["cells"]}
    for cell in grafted.notebook["cells"]:
        assert cell["metadata"] == ours[cell["id"]]["metadata"]
        assert cell.get("outputs", []) == []


def test_the_last_of_two_cells_counts_and_is_told():
    theirs = _with(causal_mask="first = 1")
    again = next(cell for cell in theirs["cells"] if grade_id(cell) == "causal_mask")
    theirs["cells"].append({**again, "source": "second = 2", "id": "again"})
    grafted = graft(OURS, theirs)
    assert grafted.sources["causal_mask"] == "second = 2"
    assert any("more than once" in note for note in grafted.notes)


def test_code_in_a_new_cell_is_not_graded_but_told():
    theirs = _with()
    theirs["cells"] = [cell for cell in theirs["cells"] if grade_id(cell) != "causal_mask"]
    theirs["cells"].append({"cell_type": "code", "metadata": {}, "source": "def causal_mask(length):\n    return 1"})
    grafted = graft(OURS, theirs)
    assert grafted.sources["causal_mask"] is None
    assert any("new cell" in note for note in grafted.notes)


def test_extra_cells_keep_their_place_and_lose_everything_but_their_source():
    theirs = _with()
    extra = {"cell_type": "code", "metadata": {"tags": ["x"]}, "source": "my = 1", "outputs": [1], "id": "mine"}
    theirs["cells"].insert(4, extra)
    cells = graft(OURS, theirs).notebook["cells"]
    assert source_of(cells[4]) == "my = 1" and cells[4]["metadata"] == {} and cells[4]["outputs"] == []
    assert [cell["id"] for cell in cells if not cell["id"].startswith("extra-")] == [c["id"] for c in OURS["cells"]]
