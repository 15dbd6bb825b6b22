"""Reads the gallery and turns each sample into a submission on disk. For the tests beside it; pure but for that."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from autograder.course import released
from autograder.exercises import find
from autograder.judge.graft import grade_id
from tests.hostile import notebooks

GALLERY = Path(__file__).parent / "gallery"
HEAD = re.compile(r"# ([A-Z]+): (.*)\n")


@dataclass(frozen=True)
class Sample:
    """One file of the gallery: what it tries, where, and what must come of it."""

    name: str
    intent: str
    exercise: str
    verdicts: tuple[str, ...]
    scores: tuple[float, ...]
    source: str
    technique: int | None = None
    notebook: str | None = None
    review: tuple[str, ...] = ()  # what a person must be told, where reading cannot be sure

    @property
    def lesson(self) -> str:
        return find(self.exercise)[0]


def read(path: Path) -> Sample:
    """A sample from its file. Raises ValueError if its head does not say everything."""
    text, head = path.read_text(encoding="utf-8"), {}
    while match := HEAD.match(text):
        head[match[1]] = match[2]
        text = text[match.end() :]
    try:
        verdicts, scores = head["EXPECT"].split("; score ")
        return Sample(
            name=path.stem,
            intent=head["INTENT"],
            exercise=head["EXERCISE"],
            verdicts=tuple(verdicts.split(" or ")),
            scores=tuple(float(score) for score in scores.split(" or ")),
            source=text,
            technique=int(head["TECHNIQUE"]) if "TECHNIQUE" in head else None,
            notebook=head.get("NOTEBOOK"),
            review=tuple(filter(None, head.get("REVIEW", "").split(", "))),
        )
    except (KeyError, ValueError) as fault:
        raise ValueError(f"the head of {path.name} is incomplete: {fault}") from None


def samples() -> list[Sample]:
    return [read(path) for path in sorted(GALLERY.glob("*.py"))]


def canary(sample: Sample) -> str:
    """What marks this sample's own notebook, and must turn up in nobody else's results."""
    return f"NEIGHBOUR-CANARY-{sample.name}-END"


def hand_in(sample: Sample, folder: Path) -> None:
    """Writes the sample's submission as `folder`/<lesson>/<lesson>.ipynb, whatever kind of file that is."""
    place = folder / sample.lesson / f"{sample.lesson}.ipynb"
    place.parent.mkdir(parents=True)
    notebook = released(sample.lesson)
    for cell in notebook["cells"]:
        if grade_id(cell) == sample.exercise and sample.source.strip():
            cell["source"] = sample.source
    notebook["cells"].append(
        {"cell_type": "markdown", "id": "canary", "metadata": {}, "source": f"<!-- {canary(sample)} -->"}
    )
    change = getattr(notebooks, sample.notebook or "unchanged")
    content = change(notebook, place, sample.exercise)
    if isinstance(content, dict):
        content = json.dumps(content).encode()
    if content is not None:
        place.write_bytes(content)
