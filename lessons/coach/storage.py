"""What the coach remembers between sessions: exercises passed, hints seen, and the learner's own code.

Used by check, hint, progress and carry_over. Everything lies in one folder, `lessons/my_transformer` or whatever the
environment variable COACH_HOME names (tests and builds set it). A folder that cannot be written is never an error:
each writing function returns a one-sentence note instead, and the session goes on from memory.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = "my_transformer"
STATE_FILE = "progress.json"
# A line of this form starts the cell of an exercise in a saved module; long enough never to occur by accident.
MARKER = "# ==== exercise: {} ===="
_MARKER_LINE = re.compile(r"^# ==== exercise: (\w+) ====$", re.MULTILINE)
READ_ONLY_NOTE = f"The folder {FOLDER} cannot be written, so this is remembered only until the kernel stops."


@dataclass(frozen=True)
class State:
    """passed: exercises whose checks have passed; hints: exercise → highest level seen; note: for the learner."""

    passed: frozenset[str] = frozenset()
    hints: dict[str, int] = field(default_factory=dict)
    note: str = ""


# What could not be written, per folder: {folder: State}, {(folder, module): {exercise: source}}.
_unsaved: dict[Path, State] = {}
_unsaved_cells: dict[tuple[Path, str], dict[str, str]] = {}


def home() -> Path:
    """The learner's folder; it need not exist yet."""
    named = os.environ.get("COACH_HOME")
    return Path(named) if named else Path(__file__).resolve().parent.parent / FOLDER


def write_atomically(path: Path, text: str) -> None:
    """Replaces `path` by `text` in one step, so that a crash leaves the old file or the new one. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def read() -> State:
    """What is remembered. A file that cannot be understood is kept as `.bak`, and the memory starts anew."""
    saved, note = _read_file(home() / STATE_FILE)
    extra = _unsaved.get(home(), State())
    hints = {name: max(saved.hints.get(name, 0), extra.hints.get(name, 0)) for name in saved.hints | extra.hints}
    return State(saved.passed | extra.passed, hints, note)


def _read_file(path: Path) -> tuple[State, str]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        passed, hints = data["passed"], data["hints"]
        if not all(isinstance(name, str) for name in passed) or not all(type(n) is int for n in hints.values()):
            raise ValueError("not a memory of the coach")
        return State(frozenset(passed), dict(hints)), ""
    except OSError:
        return State(), ""
    except (ValueError, KeyError, TypeError, AttributeError):
        backup = path.with_name(path.name + ".bak")
        try:
            os.replace(path, backup)
        except OSError:
            pass
        return State(), f"{path.name} could not be understood: it is kept as {backup.name}, and progress starts anew."


def mark_passed(name: str) -> str:
    """Remembers that an exercise passed; returns a note for the learner, or ""."""
    state = read()
    return _write(State(state.passed | {name}, state.hints, state.note))


def mark_hint(name: str, level: int) -> str:
    """Remembers the highest hint seen; returns a note for the learner, or ""."""
    state = read()
    return _write(State(state.passed, state.hints | {name: max(level, state.hints.get(name, 0))}, state.note))


def _write(state: State) -> str:
    data = {"passed": sorted(state.passed), "hints": dict(sorted(state.hints.items()))}
    try:
        write_atomically(home() / STATE_FILE, json.dumps(data, indent=1) + "\n")
    except OSError:
        _unsaved[home()] = state
        return state.note or READ_ONLY_NOTE
    return state.note


def module_path(module: str) -> Path:
    return home() / f"{module}.py"


def read_cells(module: str) -> dict[str, str]:
    """The saved source per exercise of a module, in file order; {} if nothing readable is there."""
    try:
        text = module_path(module).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    pieces = _MARKER_LINE.split(text)[1:]
    cells = {name: source.strip("\n") + "\n" for name, source in zip(pieces[::2], pieces[1::2], strict=True)}
    return cells | _unsaved_cells.get((home(), module), {})


def save_cell(lesson: str, module: str, order: list[str], setup: str, name: str, source: str) -> str:
    """Writes an exercise's cell into its module, in the lesson's order; returns a note for the learner, or ""."""
    cells = read_cells(module) | {name: source.strip("\n") + "\n"}
    head = (
        f'"""Your own code of lesson {lesson}, as it passed its checks.\n\n'
        f'Written by `check`, read by `carry_over("{module}")`: change the notebook and check again, not this file.\n'
        '"""\n'
    )
    known = [key for key in order if key in cells] + [key for key in cells if key not in order]
    sections = [f"{MARKER.format(key)}\n\n{cells[key]}" for key in known]
    try:
        write_atomically(module_path(module), "\n\n".join([head + "\n" + setup.strip() + "\n", *sections]))
    except OSError:
        _unsaved_cells.setdefault((home(), module), {})[name] = source
        return READ_ONLY_NOTE
    return ""
