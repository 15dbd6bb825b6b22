"""The feedback page: says what was graded, and nothing that a student wrote can do anything in it."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import re

import pytest

from autograder.classroom import journal
from autograder.classroom.errors import ClassroomError
from autograder.classroom.feedback import WORDS, render, write_feedback
from autograder.classroom.layout import Classroom
from autograder.classroom.sanitise import with_clean_prose
from autograder.judge.verdict import Verdict
from tests.classroom.fakes import LESSON, verdict_for
from tests.classroom.test_sanitise import HOSTILE_HTML, png

ATTACK = "</code></pre><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"


class Tags(html.parser.HTMLParser):
    """What a browser would take for elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.seen.append((tag, dict(attrs)))


def notebook(*outputs: dict, source: str = "x = 1", kind: str = "code", ident: str = "a") -> dict:
    cell = {"cell_type": kind, "id": ident, "metadata": {}, "source": source, "outputs": list(outputs)}
    return {"cells": [cell]}


def shown(data: dict) -> dict:
    return {"output_type": "display_data", "metadata": {}, "data": data}


def assert_no_live_markup(page: str) -> None:
    for tag, attributes in Tags(page).seen:
        assert tag not in {"script", "iframe", "object", "embed", "link", "form", "svg", "math", "base", "a"}
        assert not [name for name in attributes if name.startswith("on") or name in ("href", "style", "srcset")]
        if "src" in attributes:
            assert re.fullmatch(r"data:image/png;base64,[A-Za-z0-9+/=]+", attributes["src"])


def assert_harmless(page: str) -> None:
    assert_no_live_markup(page)
    assert not re.search(r"https?://", page)


def test_text_of_a_student_is_escaped_wherever_it_may_stand(tmp_path):
    verdict = verdict_for("eve", LESSON, "0" * 64) | {"message": ATTACK}
    verdict["exercises"][0] |= {"message": ATTACK, "mistake": ATTACK, "verdict": "wrong"}
    pages = [render(verdict, None)]
    pages.append(render(verdict, notebook(source=ATTACK)))
    pages.append(render(verdict, notebook(source="# " + ATTACK, kind="markdown")))
    pages.append(render(verdict, notebook(source=ATTACK, kind="markdown", ident="extra-1")))
    pages.append(render(verdict, notebook({"output_type": "stream", "name": "stdout", "text": ATTACK})))
    error = {"output_type": "error", "ename": ATTACK, "evalue": ATTACK, "traceback": [ATTACK]}
    pages.append(render(verdict, notebook(error)))
    for page in pages:
        assert_harmless(page)
        assert "49" not in re.sub(r"[0-9a-f]{16}|sha256-\S+|<style>.*?</style>", "", page, flags=re.S)


@pytest.mark.parametrize("page", HOSTILE_HTML)
def test_html_outputs_are_harmless_even_in_a_file_that_was_not_sanitised(page):
    assert_harmless(render(verdict_for("eve", LESSON, "0" * 64), notebook(shown({"text/html": page}))))


def test_pictures_are_shown_and_forged_ones_are_not():
    verdict = verdict_for("eve", LESSON, "0" * 64)
    assert png() in render(verdict, notebook(shown({"image/png": png()})))
    assert "<img" not in render(verdict, notebook(shown({"image/png": '" onerror="alert(1)'})))


def test_the_policy_allows_our_style_and_nothing_else():
    page = render(verdict_for("eve", LESSON, "0" * 64), None)
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(a["content"] for tag, a in Tags(page).seen if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_every_verdict_has_words_and_none_says_that_all_is_well():
    assert set(WORDS) == {str(verdict) for verdict in Verdict}
    page = render(verdict_for("ada", LESSON, "0" * 64, share=1.0), None)
    assert "20 of 20" in re.sub("<[^>]+>", "", page) and "from cases that are not in the notebook" in page
    assert "all passed" not in page.lower() and "perfect" not in page.lower()


def test_an_unreadable_file_gets_its_sentence_and_no_table():
    verdict = verdict_for("ada", LESSON, "0" * 64, share=0.0) | {"status": "unreadable", "message": "It is empty."}
    page = render(verdict, None)
    assert "It is empty." in page and "<table" not in page and "<strong>0</strong> of 20" in page


def test_work_that_was_not_graded_shows_no_points():
    verdict = verdict_for("ada", LESSON, "0" * 64, share=0.0) | {"status": "judge_error", "exercises": []}
    assert "not graded yet" in render(verdict, None) and "of 20 points" not in render(verdict, None)


def test_terminal_commands_and_invisible_marks_are_removed():
    output = {"output_type": "stream", "name": "stdout", "text": "\x1b[31mred\x1b[0m a\u202eb\x00c\td"}
    assert "red abc\td" in render(verdict_for("ada", LESSON, "0" * 64), notebook(output))


def test_a_note_of_the_student_is_shown_as_it_was_written():
    note = {"cell_type": "markdown", "id": "extra-1", "metadata": {}, "source": "my ```note```\n# <b>"}
    page = render(verdict_for("ada", LESSON, "0" * 64), with_clean_prose({"cells": [note]}))
    assert ">my ```note```\n# &lt;b&gt;</pre>" in page


def test_pages_are_written_for_every_verdict_and_damaged_notebooks_do_no_harm(tmp_path):
    room = Classroom(tmp_path)
    (tmp_path / "verdicts").mkdir()
    for student, text in {"a": "{", "b": '{"cells": [1, null]}', "c": json.dumps(notebook())}.items():
        journal.record(room, verdict_for(student, LESSON, "0" * 64), text.encode())
    room.verdict("d", LESSON).write_text("{}")
    assert write_feedback(tmp_path) == 3
    assert "x = 1" in room.feedback("c", LESSON).read_text()


def test_nothing_graded_is_one_sentence(tmp_path):
    with pytest.raises(ClassroomError, match="Nothing is graded"):
        write_feedback(tmp_path)
