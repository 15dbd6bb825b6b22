"""Runs a teacher's notebook and keeps its outputs, which nbval compares later. Called by `products`."""

from __future__ import annotations

import copy
import tempfile

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from autograder.build.inquire import environment
from autograder.build.master import LANGUAGE, BuildError

CELL_SECONDS = 300  # a lesson is meant to take 60 s from top to bottom; a loaded machine gets five times that

# The same for the build and for nbval.
SETTINGS = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NBGRADER_EXECUTION": "",  # set while nbgrader grades; a notebook that asks must hear "no"
}


def execute(lesson: str, teacher: NotebookNode) -> NotebookNode:
    """A copy of `teacher` with the outputs of a fresh kernel. Raises BuildError naming the cell that fails."""
    notebook = copy.deepcopy(teacher)
    with tempfile.TemporaryDirectory(prefix="execute-") as folder:
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            kernel_name="python3",
            resources={"metadata": {"path": folder}},
            record_timing=False,
            coalesce_streams=True,  # how a stream is cut into messages is chance
            # Sockets in the private folder instead of TCP ports: nobody else can connect, and no port is fought over.
            config=Config(KernelManager={"transport": "ipc", "connection_file": f"{folder}/kernel.json"}),
        )
        try:
            # COACH_HOME: the outputs must not depend on what somebody has solved on this machine.
            client.execute(env=environment(COACH_HOME=folder, **SETTINGS))
        except CellExecutionError as error:
            raise BuildError(f"{lesson}: {_place(notebook)} raises {error.ename}: {error.evalue}") from error
        except CellTimeoutError as error:
            raise BuildError(f"{lesson}: {_place(notebook)} takes longer than {CELL_SECONDS} s.") from error
        except DeadKernelError as error:
            raise BuildError(f"{lesson}: the kernel dies in {_place(notebook)}.") from error
    notebook.metadata["language_info"] = LANGUAGE
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


def _place(notebook: NotebookNode) -> str:
    """The cell that was running: the last code cell with an output or a number."""
    ran = [cell for cell in notebook.cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)]
    first_line = (ran[-1].source.splitlines() or [""])[0] if ran else "the first cell"
    return f"the cell that begins with {first_line!r}" if ran else first_line
