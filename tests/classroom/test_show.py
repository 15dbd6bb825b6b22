"""What is run for the feedback page, and what is not, with a kernel that only writes down what it is asked."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest

from autograder.classroom.sanitise import MAX_TOTAL
from autograder.classroom.show import NOT_RUN, PRELUDE, show
from autograder.course import LESSONS, released
from autograder.judge.collect import GRADED_COPY
from autograder.judge.graft import source_of
from autograder.kernels import Execution, Limits


class Scribe:
    """Kernel and factory in one; the execution of `code` ends as `ends[code]` says."""

    def __init__(self, **ends: str) -> None:
        self.asked: list[str] = []
        self.ends = ends
        self.outputs: Callable[[], list[dict]] = list

    def open(self) -> Scribe:
        return self

    def __enter__(self) -> Scribe:
        return self

    def __exit__(self, *_: object) -> None:
        self.asked.append("closed")

    def execute(self, code: str, *, timeout: float, capture: bool = False) -> Execution:
        self.asked.append(code)
        return Execution(self.ends.get(code, "ok"), outputs=tuple(self.outputs()))


def code(source: str, ident: str = "ours", **metadata: object) -> dict:
    return {"cell_type": "code", "id": ident, "metadata": metadata, "source": source, "outputs": []}


SETUP, TEST = code("import torch", tags=["setup"]), code("check(f)", nbgrader={"grade": True})
DEMO, LONG, OWN = code("plot()"), code("train()", tags=["experiment"]), code("mine", "extra-1")
NEEDED = code("from coach import check"), code('attention = carry_over("attention")')


def asked(cells: list[dict], **options: bool) -> list[str]:
    scribe = Scribe()
    show({"cells": cells}, scribe, Limits(), **options)
    assert scribe.asked[0] == PRELUDE and scribe.asked[-1] == "closed"
    return scribe.asked[1:-1]


def test_demonstrations_run_only_before_cells_of_the_student():
    assert asked([SETUP, *NEEDED, DEMO, TEST, LONG]) == [source_of(cell) for cell in (SETUP, *NEEDED, TEST)]
    assert asked([SETUP, DEMO, LONG, OWN, DEMO]) == ["import torch", "plot()", "mine"]
    assert asked([SETUP, DEMO, LONG, TEST], pictures=True) == ["import torch", "plot()", "check(f)"]


def test_what_was_not_run_is_marked_and_the_notebook_given_is_not_touched():
    shown = show({"cells": [SETUP, DEMO]}, Scribe(), Limits())
    assert [cell["metadata"].get(NOT_RUN) for cell in shown["cells"]] == [None, True]
    assert NOT_RUN not in DEMO["metadata"]


@pytest.mark.parametrize("end", ["timeout", "flood", "dead"])
def test_nothing_runs_after_a_cell_that_had_to_be_stopped(end):
    scribe = Scribe(mine=end)
    shown = show({"cells": [OWN, TEST]}, scribe, Limits())
    assert scribe.asked == [PRELUDE, "mine", "closed"]
    assert "the cells after it were not run" in shown["cells"][0]["outputs"][-1]["text"]


@pytest.mark.parametrize(
    "output",
    [
        lambda: {"output_type": "error", "ename": "e", "evalue": "v" * 20_000, "traceback": ["w" * 20_000]},
        lambda: {"output_type": "display_data", "data": {"text/latex": "x" * 50_000}, "metadata": {}},
        lambda: {"output_type": "display_data", "data": {}, "metadata": {}},
    ],
    ids=["errors", "dropped", "empty"],
)
def test_no_more_is_kept_of_many_cells_than_a_page_can_hold(output):
    """Each cell may give a megabyte: three hundred of them, kept until the end, would take the grader's memory."""
    scribe = Scribe()
    scribe.outputs = lambda: [output() for _ in range(50)]
    tracemalloc.start()
    try:
        shown = show({"cells": [OWN] * 100}, scribe, Limits())
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_TOTAL
    finally:
        tracemalloc.stop()
    assert len(str([cell["outputs"] for cell in shown["cells"]])) < 2 * MAX_TOTAL


def test_what_is_shown_is_harmless():
    scribe, note = Scribe(), {"cell_type": "markdown", "id": "extra-2", "metadata": {}, "source": "<script>"}
    scribe.outputs = lambda: [{"output_type": "display_data", "data": {"text/html": "<script>x</script>ok"}}]
    shown = show({"cells": [OWN, note]}, scribe, Limits())["cells"]
    assert shown[0]["outputs"][0]["data"] == {"text/html": "ok"} and shown[1]["source"].startswith("```")


@pytest.mark.parametrize("lesson", LESSONS)
def test_of_a_lesson_everything_runs_that_its_checks_rest_on(lesson):
    ran = asked(released(lesson)["cells"])
    assert any("import torch" in source for source in ran) and any("from coach import" in source for source in ran)
    graded = [cell for cell in released(lesson)["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
    assert {source_of(cell) for cell in graded} <= set(ran)


def test_what_is_shown_is_marked_as_no_hand_in():
    assert show(released("00_welcome"), Scribe(), Limits())["metadata"][GRADED_COPY]
