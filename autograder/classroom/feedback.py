"""Writes one page per submission: points, what is wrong and where to look, and the student's notebook as it ran.

Called by `autograder feedback`. The page holds text that students wrote. It escapes all of it, lets no script, style,
link or picture of theirs through, and forbids the browser by a Content-Security-Policy whatever may have slipped by.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from pathlib import Path

import jinja2
from coach.show_html import STYLE as CARD_STYLE
from markupsafe import Markup

from autograder.classroom.errors import ClassroomError
from autograder.classroom.journal import only_writer, read_verdict, write_whole
from autograder.classroom.layout import STUDENT_NAME, Classroom
from autograder.classroom.sanitise import MAX_SOURCE, clean_html, clean_png, is_extra, text_of, with_clean_outputs
from autograder.classroom.show import NOT_RUN
from autograder.course import LESSONS, check_lesson
from autograder.exercises import get

TEMPLATES = Path(__file__).parent / "templates"
MAX_SHOWN_BYTES = 32 << 20  # a sanitised notebook has at most 4 MB of outputs and some of sources
# What a terminal takes for a command, and what no reader can see; tabs and ends of lines stay.
INVISIBLE = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
)

FENCE = re.compile(r"\A(`{3,})text\n(.*)\n\1\Z", re.S)  # see sanitise.fenced

# In the words of the page; "correct" says what was tried, not that nothing else can be wrong
WORDS = {
    "correct": "correct in all graded cases",
    "partial": "partly right",
    "wrong": "not right yet",
    "error": "raises an error",
    "missing": "not written",
    "forbidden": "uses what it should build",
    "timeout": "ran out of time",
    "memory": "ran out of memory",
    "killed": "ended its process",
}


def write_feedback(classroom: Path | str, lessons: list[str] | None = None) -> int:
    """Writes `feedback/<student>/<lesson>/<lesson>.html` for every verdict on file; returns how many.

    Raises ValueError (unknown lesson) and ClassroomError (nothing graded yet, or busy) with one sentence.
    """
    room = Classroom(Path(classroom).resolve())
    pages = 0
    wanted = [check_lesson(lesson) for lesson in lessons or LESSONS]
    if not (room.root / "verdicts").is_dir():
        raise ClassroomError(f"Nothing is graded in {room.root} yet: run `autograder grade` first.")
    with only_writer(room):
        for lesson in wanted:
            for path in sorted((room.root / "verdicts" / lesson).glob("*.json")):
                verdict = read_verdict(room, path.stem, lesson) if STUDENT_NAME.fullmatch(path.stem) else None
                if verdict is not None:
                    page = render(verdict, read_shown(room, path.stem, lesson))
                    write_whole(room.feedback(path.stem, lesson), page.encode())
                    pages += 1
    return pages


def read_shown(room: Classroom, student: str, lesson: str) -> dict | None:
    """The notebook with outputs; None where there is none or it is damaged."""
    path = room.shown(student, lesson)
    try:
        if path.stat().st_size > MAX_SHOWN_BYTES:
            return None
        return with_clean_outputs(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def render(verdict: dict, notebook: dict | None) -> str:
    """The page. Pure; `notebook` is sanitised."""
    style = (TEMPLATES / "feedback.css").read_text("utf-8") + card_style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    sections = {exercise.name: exercise.section for exercise in get(verdict["lesson"])}
    return _template().render(
        verdict=verdict,
        words=WORDS,
        sections=sections,
        cells=[view for cell in notebook["cells"] if (view := cell_view(cell))] if notebook else [],
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'",
        points=points,
    )


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("feedback.html")


def card_style() -> str:
    """The rules of the coach's cards, and one for each step of its heat maps."""
    shades = "".join(
        f'.coach-card td[data-shade="{name}-{step}"]{{background:rgba({colour},0.{step}5)}}'
        for name, colour in (("warm", "214,96,20"), ("cold", "30,110,210"))
        for step in range(10)
    )
    return CARD_STYLE.removeprefix("<style>").removesuffix("</style>") + shades


def points(number: float) -> str:
    """2, 2.5, 0.33"""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def cell_view(cell: dict) -> dict | None:
    """What the page shows of a cell: our prose only by its headings, nothing of what was not run, the rest in full."""
    if cell.get("metadata", {}).get(NOT_RUN):
        return None
    source = plain(text_of(cell.get("source", "")))
    if cell["cell_type"] == "code":
        outputs = [view for output in cell.get("outputs", []) for view in output_views(output)]
        return {"kind": "code", "source": source[:MAX_SOURCE], "outputs": outputs}
    if is_extra(cell):
        return {"kind": "note", "source": FENCE.sub(r"\2", source)[:MAX_SOURCE]}
    heading = next((line for line in source.splitlines() if line.startswith("#")), None)
    return {"kind": "heading", "source": heading.lstrip("#").strip().replace("`", "")} if heading else None


def output_views(output: dict) -> list[dict]:
    """One output as text, picture or reduced HTML; the best of its forms."""
    if output["output_type"] == "stream":
        return [{"kind": "text", "text": plain(output["text"])}]
    if output["output_type"] == "error":
        text = "\n".join(output["traceback"]) or f"{output['ename']}: {output['evalue']}"
        return [{"kind": "text", "text": plain(text)}]
    data = output["data"]
    if "image/png" in data:
        picture = clean_png(data["image/png"])
        return [{"kind": "picture", "data": picture}] if picture else []
    if "text/html" in data:
        return [{"kind": "html", "html": Markup(clean_html(data["text/html"]))}]
    return [{"kind": "text", "text": plain(data.get("text/plain", ""))}]


def plain(text: str) -> str:
    """Text without terminal colours, control characters and marks that reverse the reading direction."""
    return INVISIBLE.sub("", text)
