"""What hostile students do to the notebook itself. Each function gets the notebook, its place and the exercise, and
returns the notebook (a dict), the bytes of the file, or None when it has made the file itself. Called by `samples`.
"""

from __future__ import annotations

import copy
import io
import json
import os
import zipfile
from pathlib import Path

from autograder.course import LESSONS, released

MARKUP = "<script>alert('XSS')</script><img src=x onerror=alert('XSS')> [x](javascript:alert('XSS'))"


def unchanged(notebook: dict, place: Path, exercise: str) -> dict:
    return notebook


def _tests(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]


def _solution(notebook: dict, exercise: str) -> dict:
    return next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == exercise)


def skip_tags(notebook: dict, place: Path, exercise: str) -> dict:
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "nbval-skip", "experiment"]
    return notebook


def duplicate_tests(notebook: dict, place: Path, exercise: str) -> dict:
    notebook["cells"] += [copy.deepcopy(cell) | {"id": f"again-{n}"} for n, cell in enumerate(_tests(notebook))]
    return notebook


def strip_tests(notebook: dict, place: Path, exercise: str) -> dict:
    for cell in _tests(notebook):
        cell["metadata"] = {"nbgrader": {}}
    return notebook


def delete_tests(notebook: dict, place: Path, exercise: str) -> dict:
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in _tests(notebook)]
    return notebook


def rename_tests(notebook: dict, place: Path, exercise: str) -> dict:
    cells = _tests(notebook)
    names = [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells]
    for cell, name in zip(cells, reversed(names), strict=True):
        cell["metadata"]["nbgrader"]["grade_id"] = name
    return notebook


def retype_tests(notebook: dict, place: Path, exercise: str) -> dict:
    for cell in _tests(notebook):
        cell["cell_type"] = "markdown"
    return notebook


def reverse(notebook: dict, place: Path, exercise: str) -> dict:
    notebook["cells"].reverse()
    return notebook


def raise_points(notebook: dict, place: Path, exercise: str) -> dict:
    for cell in notebook["cells"]:
        cell["metadata"].setdefault("nbgrader", {"grade_id": "x"}).update(points=500, solution=True, grade=True)
    return notebook


def nan_points(notebook: dict, place: Path, exercise: str) -> bytes:
    for number, cell in enumerate(_tests(notebook)):
        cell["metadata"]["nbgrader"]["points"] = float("nan") if number % 2 else float("inf")
    return json.dumps(notebook).encode()


def forge_outputs(notebook: dict, place: Path, exercise: str) -> dict:
    for cell in _tests(notebook):
        cell["outputs"] = [
            {"output_type": "execute_result", "data": {"text/plain": "3.0"}, "metadata": {}, "execution_count": 1}
        ]
    return notebook


def solution_first_right(notebook: dict, place: Path, exercise: str) -> dict:
    right = copy.deepcopy(_solution(notebook, exercise)) | {"id": "first"}
    right["source"] = "def causal_mask(length): return torch.ones(length, length, dtype=torch.bool).tril()"
    notebook["cells"].insert(0, right)
    return notebook


def other_kernel(notebook: dict, place: Path, exercise: str) -> dict:
    notebook["metadata"] = {
        "kernelspec": {"name": "bash", "display_name": "bash", "argv": ["sh", "-c", "touch /tmp/HOSTILE_KERNEL"]}
    }
    return notebook


def attachments(notebook: dict, place: Path, exercise: str) -> dict:
    notebook["metadata"]["widgets"] = {"state": MARKUP}
    notebook["cells"].append(
        {
            "cell_type": "markdown",
            "id": "attached",
            "metadata": {},
            "source": "![x](attachment:x.svg)",
            "attachments": {"x.svg": {"image/svg+xml": MARKUP, "text/html": MARKUP}},
        }
    )
    return notebook


def odd_cells(notebook: dict, place: Path, exercise: str) -> dict:
    notebook["cells"] += [None, 3, [], "text", {}, {"cell_type": 5}, {"metadata": [], "source": {}}, True]
    return notebook


def odd_sources(notebook: dict, place: Path, exercise: str) -> dict:
    for number, cell in enumerate(notebook["cells"]):
        cell["source"] = [5, {"a": 1}, None, [1, 2], [["x"]]][number % 5]
    return notebook


def many_cells(notebook: dict, place: Path, exercise: str) -> dict:
    notebook["cells"] += [
        {"cell_type": "code", "id": f"n{n}", "metadata": {}, "source": f"x = {n}", "outputs": []} for n in range(2000)
    ]
    return notebook


def _extra(notebook: dict, place: int, source: str, kind: str = "code") -> dict:
    cell = {"cell_type": kind, "id": f"own-{place}", "metadata": {}, "source": source}
    notebook["cells"].insert(place, cell | ({"outputs": [], "execution_count": None} if kind == "code" else {}))
    return notebook


def patch_first(notebook: dict, place: Path, exercise: str) -> dict:
    source = (
        "import torch, coach.compare, coach.checking\n"
        "torch.equal = torch.allclose = lambda *a, **k: True\n"
        "coach.compare.differences = lambda *a, **k: []\n"
        "coach.checking.check = lambda *a, **k: print('full marks')\n"
    )
    return _extra(notebook, 0, source)


def failing_extra(notebook: dict, place: Path, exercise: str) -> dict:
    _extra(notebook, len(notebook["cells"]), "1 / 0")
    return _extra(notebook, 3, "notes = 'my own'")


def markdown_script(notebook: dict, place: Path, exercise: str) -> dict:
    return _extra(notebook, 2, MARKUP, "markdown")


def list_sources(notebook: dict, place: Path, exercise: str) -> dict:
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True) if isinstance(cell["source"], str) else cell["source"]
    return notebook


def odd_metadata(notebook: dict, place: Path, exercise: str) -> dict:
    notebook["metadata"] |= {"colab": {"name": "x"}, "language_info": {"version": "2.7"}}
    for cell in notebook["cells"]:
        cell["metadata"] |= {"id": "abc", "colab": {}, "ExecuteTime": {}, "collapsed": True}
    return notebook


def surrogates(notebook: dict, place: Path, exercise: str) -> bytes:
    text = json.dumps(notebook)
    return text.replace("def causal_mask(length)", "# \\ud800 \\udfff \\u0000\\ndef causal_mask(length)").encode()


def raw_empty(notebook: dict, place: Path, exercise: str) -> bytes:
    return b""


def raw_half(notebook: dict, place: Path, exercise: str) -> bytes:
    data = json.dumps(notebook).encode()
    return data[: len(data) // 2]


def raw_deep(notebook: dict, place: Path, exercise: str) -> bytes:
    return b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def raw_huge_integer(notebook: dict, place: Path, exercise: str) -> bytes:
    return b'{"cells": [], "nbformat": ' + b"9" * 1_000_000 + b"}"


def raw_large(notebook: dict, place: Path, exercise: str) -> bytes:
    return json.dumps(notebook).encode() + b" " * (11 << 20)


def raw_utf16(notebook: dict, place: Path, exercise: str) -> bytes:
    return json.dumps(notebook).encode("utf-16")


def raw_zip(notebook: dict, place: Path, exercise: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../../tmp/HOSTILE_ZIP", "x")
    return buffer.getvalue()


def raw_cells(notebook: dict, place: Path, exercise: str) -> bytes:
    return b'{"cells": [' + b",".join([b"{}"] * 10_000) + b"]}"


def raw_old(notebook: dict, place: Path, exercise: str) -> bytes:
    return json.dumps({"nbformat": 3, "worksheets": [{"cells": notebook["cells"]}]}).encode()


def other_lesson(notebook: dict, place: Path, exercise: str) -> dict:
    return released(next(name for name in LESSONS if name != place.parent.name))


def link(notebook: dict, place: Path, exercise: str) -> None:
    place.symlink_to("/etc/passwd")


def fifo(notebook: dict, place: Path, exercise: str) -> None:
    os.mkfifo(place)


def folder(notebook: dict, place: Path, exercise: str) -> None:
    place.mkdir()


SABOTAGE = """import sys
sys.modules["coach.watch"].Watch.note = lambda self, name: None
helper = F.scaled_dot_product_attention
def causal_mask(length): raise ValueError
"""


SLOWED = """import builtins, time
honest = builtins.compile
def slow(source, filename, *rest, **more):
    end = time.time() + 60 * ("standins" in str(filename))
    while time.time() < end: pass
    return honest(source, filename, *rest, **more)
builtins.compile = slow
def padding_mask(lengths, max_length): raise ValueError
"""


def lay_attention_ready(notebook: dict, place: Path, exercise: str) -> dict:
    _solution(notebook, "causal_mask")["source"] = SABOTAGE
    return notebook


def long_cells_that_name_everything(notebook: dict, place: Path, exercise: str) -> dict:
    names = ";".join(cell["metadata"]["nbgrader"]["grade_id"] for cell in _tests(notebook)).replace("test_", "")
    source = f"{names};x=[" + "[]," * 29_000 + "]"
    return {"cells": [{"cell_type": "code", "source": source, "metadata": {}}] * 100}


def many_prints(notebook: dict, place: Path, exercise: str) -> dict:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cell["source"] = "print('x' * 500_000)"
    notebook["cells"] += [cell | {"id": f"print-{number}"} for number in range(250)]
    return notebook


def a_lesson_s_name_for_torch(notebook: dict, place: Path, exercise: str) -> dict:
    _solution(notebook, "FeedForward")["source"] = "encoder = nn\nclass FeedForward: pass"
    return notebook


def many_remarks(notebook: dict, place: Path, exercise: str) -> dict:
    cell = _solution(notebook, exercise)
    cell["source"] = "class Kept: _x = 1\nkept = Kept()\n" + "kept._x\n" * 12_000 + cell["source"]
    return notebook


def a_very_long_name(notebook: dict, place: Path, exercise: str) -> dict:
    for cell in _tests(notebook):
        name = cell["metadata"]["nbgrader"]["grade_id"].removeprefix("test_")
        _solution(notebook, name)["source"] = f"import coach.{'é' * 99_000}"
    return notebook


def our_code_takes_for_ever(notebook: dict, place: Path, exercise: str) -> dict:
    _solution(notebook, "padding_mask")["source"] = SLOWED
    return notebook


def many_pages_of_html(notebook: dict, place: Path, exercise: str) -> dict:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cell["source"] = "for _ in range(17): display(HTML(page))"
    behind = notebook["cells"].index(_solution(notebook, exercise)) + 1
    notebook["cells"][behind:behind] = [cell | {"id": f"page-{number}"} for number in range(60)]
    return notebook


def many_cells_of_errors(notebook: dict, place: Path, exercise: str) -> dict:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "publish_errors()"}
    notebook["cells"] += [cell | {"id": f"errors-{number}"} for number in range(60)]
    return notebook


def a_name_of_many_parts(notebook: dict, place: Path, exercise: str) -> dict:
    cell = _solution(notebook, exercise)
    cell["source"] = f"import a{'.a' * 49_000}\n" + cell["source"]
    return notebook


CAUSAL_MASK = "def causal_mask(length): return torch.ones(length, length, dtype=torch.bool).tril()"


def right_beside_its_cell(notebook: dict, place: Path, exercise: str) -> dict:
    """Right code wherever else a reader might take the cell's source from."""
    own = _solution(notebook, exercise)
    mark = own["metadata"]["nbgrader"]
    metadata = [
        {},
        {"nbgrader": mark | {"grade_id": [exercise]}},
        {"nbgrader": [mark]},
        {"Nbgrader": mark, "nbgrader": {"grade_id": f"{exercise}\u200b", "solution": True}},
    ]
    cells = [
        copy.deepcopy(own) | {"source": CAUSAL_MASK, "metadata": data, "id": f"r-{n}"}
        for n, data in enumerate(metadata)
    ]
    own["attachments"] = {"source": {"text/plain": CAUSAL_MASK}}
    own["input"] = own["Source"] = CAUSAL_MASK
    behind = notebook["cells"].index(own) + 1
    notebook["cells"][behind:behind] = cells
    return notebook


def cells_and_sources_twice(notebook: dict, place: Path, exercise: str) -> bytes:
    """Keys of JSON that occur twice, and right code under the ones that a reader passes over."""
    right = copy.deepcopy(notebook)
    _solution(right, exercise)["source"] = CAUSAL_MASK
    wrong = json.dumps(_solution(notebook, exercise)["source"])
    twice = f'"source": {json.dumps(CAUSAL_MASK)}, "source": {wrong}'
    last = json.dumps(notebook["cells"]).replace(f'"source": {wrong}', twice)
    first, rest = json.dumps(right["cells"]), json.dumps({key: notebook[key] for key in notebook if key != "cells"})
    return f'{{"cells": {first}, "cells": {last}, "Cells": {first}, "worksheets": [], {rest[1:]}'.encode()


HANDS_ON = """import sys
heads = sys.modules["coach.standins.multi_head"]
heads.MultiHeadAttention.forward = lambda self, query, key, value, mask=None: (query, None)
def FeedForward(*sizes): raise ValueError
"""


def carried_heads_hand_on(notebook: dict, place: Path, exercise: str) -> dict:
    _solution(notebook, "FeedForward")["source"] = HANDS_ON
    return notebook
