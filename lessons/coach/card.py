"""Lays out what `check` found as a card: what was checked, what failed, the smallest failing case, what to do next.

Never the answer, and never "all passed": hidden cases with other sizes and numbers are graded later.
"""

from __future__ import annotations

from coach import phrases, wire
from coach.compare import Difference
from coach.grids import brief, compare_grids
from coach.hints import LEVELS
from coach.result import CheckResult, Failure, main_difference
from coach.show import Block, Card, Grids, Line, Source, Table, Title
from coach.storage import FOLDER, READ_ONLY_NOTE, State

HIDDEN = "Hidden cases with other sizes and numbers are graded later."
MAX_DIFFERENCES = 3  # more than three sentences about one case are not read


def build(result: CheckResult, state: State, notes: tuple[str, ...] = ()) -> Card:
    """The card of one check. `notes`: sentences about names from other cells, or about the learner's folder."""
    if result.passed:
        blocks = _passed(result, READ_ONLY_NOTE not in notes)
    else:
        blocks = _unwritten(result) if result.unwritten else _failed(result)
    blocks += [Line("Note", note) for note in notes]
    if not result.passed:
        blocks.append(_next_hint(result, state))
        if result.name in state.passed:
            blocks.append(Line("", "An earlier version passed; that one stays saved until a new one passes."))
    return Card(tuple(blocks))


def points(value: float) -> str:
    return f"{value:g} point" if value == 1 else f"{value:g} points"


def _passed(result: CheckResult, kept: bool) -> list[Block]:
    saved = f"Saved in `{FOLDER}/{result.book.module}.py` for the lessons to come." if result.source and kept else ""
    blocks = [
        Title(f"`{result.name}`: the public checks pass", "pass"),
        _properties(result),
        Line("", f"{HIDDEN} {saved}".strip()),
    ]
    return blocks + [
        Line("Worth a second look", f"Line {f.line}: `{f.name}`. {f.instead}") for f in result.findings if f.review
    ]


def _unwritten(result: CheckResult) -> list[Block]:
    worth = ", ".join(f"{name} ({points(result.book.points[name])})" for name in result.properties)
    return [Title(f"`{result.name}`: not written yet", "note"), Line("What will be checked", worth)]


def _failed(result: CheckResult) -> list[Block]:
    """What to know first stands first: what is forbidden, else the named mistake, else what differs."""
    refused = [finding for finding in result.findings if not finding.review]
    note, case = (None if refused else result.mistake), result.smallest
    blocks: list[Block] = [Title(f"`{result.name}`: not right yet", "fail")]
    for finding in refused:
        line = f" in line {finding.line} of the cell" if finding.line else ""
        blocks.append(Line("Not allowed here", f"`{finding.name}`{line}. {finding.instead}"))
    if note is not None:
        blocks += [Line("The mistake", note.sentence, strong=True), Line("Why it matters", note.why)]
    early = note is None and not refused
    differing = _differences(result, case, early) if case is not None else []
    blocks += [*(differing if early else []), _properties(result)]
    if case is not None:
        blocks += [_call(result, case), *([] if early else differing)]
        blocks += _pictures(result, case, main_difference(case.differences))
    look = note.look if note is not None else result.book.section
    return [*blocks, Line("Where to look", f"the section “{look}” of this lesson")]


def _properties(result: CheckResult) -> Table:
    rows = []
    for name in result.properties:
        parts = [part for part in result.parts if part.property == name]
        wrong = [part.case for part in parts if not part.passed]
        cases = "; ".join(f"“{case}”" for case in wrong)
        verdict = f"✗ fails: {cases}" if wrong else "✓ public checks pass" if parts else "graded later"
        rows.append((name, points(result.book.points[name]), verdict))
    return Table("What was checked", ("part", "worth", "result"), tuple(rows))


def _differences(result: CheckResult, failure: Failure, strong: bool) -> list[Block]:
    """What is wrong in one failing case, the main thing first and the learner's own line with an exception."""
    first = main_difference(failure.differences)
    told = [first, *(d for d in failure.differences if d is not first)][:MAX_DIFFERENCES]
    blocks: list[Block] = [Line("What differs", phrases.sentence(first, result.names), strong)]
    blocks += [Line("Also", phrases.sentence(d, result.names)) for d in told[1:]]
    fault = _step(failure.reply, first.step).get("raised", {})
    if first.kind in ("raised", "message") and fault.get("line") and result.source:
        lines = result.source.splitlines()
        if 0 < fault["line"] <= len(lines):
            blocks.append(Source(f"It happened in line {fault['line']} of the cell", lines[fault["line"] - 1].strip()))
    return blocks


def _call(result: CheckResult, failure: Failure) -> Block:
    """The inputs of the step that failed, in a line each."""
    steps = failure.case.request["steps"]
    step = steps[min(failure.differences[0].step, len(steps) - 1)]
    names = {f"argument {i + 1}": value for i, value in enumerate(step.get("args", []))} | step.get("kwargs", {})
    shown = []
    for key, data in names.items():
        name = (result.names or {}).get(key, key)
        if isinstance(data, dict) and set(data) == {"ref"}:
            shown.append(f"{name} = {data['ref']}")
            continue
        if isinstance(data, dict) and set(data) == {"refs"}:
            shown.append(f"{name} = [{', '.join(data['refs'])}]")
            continue
        value = wire.decode(data, result.load)
        shown.append(f"{name} = {brief(value) if hasattr(value, 'dim') else repr(value)}")
    label = f"Input of the failing case “{failure.case.name}”"
    return Source(label, "\n".join(shown) or "(none)")


def _pictures(result: CheckResult, failure: Failure, difference: Difference) -> list[Block]:
    got = _find(_step(failure.reply, difference.step), difference.where, result.load)
    want = _find(_step(failure.case.expected, difference.step), difference.where, result.load)
    if got is None or want is None:
        return []
    grids = compare_grids(got, want, difference.index)
    what = phrases.place(difference.where, result.names)
    if not grids:
        return []
    return [Grids(f"Yours and expected, {what}", grids)]


def _step(reply: dict, number: int) -> dict:
    steps = reply.get("steps", [])
    return steps[number] if number < len(steps) else {}


def _find(step: dict, where: str, load):
    """The tensor that a Difference's `where` points to, or None."""
    try:
        if where.startswith("gradient of "):
            value, path = wire.decode(step["grads"][where.removeprefix("gradient of ")], load), ""
        elif where.startswith("output"):
            value, path = wire.decode(step["value"], load), where.removeprefix("output")
        else:
            return None
        for key in path.replace("]", "").split("[")[1:]:
            value = value[key.strip("'") if isinstance(value, dict) else int(key)]
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    return value if hasattr(value, "dim") else None


def _next_hint(result: CheckResult, state: State) -> Line:
    seen = state.hints.get(result.name, 0)
    if seen >= LEVELS:
        return Line("Hints", f'you have seen all {LEVELS}; `hint("{result.name}", {LEVELS})` shows the last one again')
    return Line("Next hint", f'`hint("{result.name}", {seen + 1})`')
