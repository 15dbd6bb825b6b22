"""Outputs of student code on a page: text stays text, pictures are pictures, everything else is gone."""

from __future__ import annotations

import base64
import struct
import zlib

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.classroom import sanitise
from autograder.classroom.sanitise import (
    MAX_DEPTH,
    clean_data,
    clean_html,
    clean_outputs,
    clean_png,
    depth,
    fenced,
    with_clean_outputs,
    with_clean_prose,
)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 1, height: int = 1, *extra: bytes, end: bytes = b"") -> str:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    whole = sanitise.PNG + header + b"".join(extra) + pixels + chunk(b"IEND", b"") + end
    return base64.b64encode(whole).decode()


HOSTILE_HTML = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src='https://example.org'></iframe>",
    "<link rel=stylesheet href='https://example.org'>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<form action='https://example.org'><input name=a></form>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<base href='https://example.org'>",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<details ontoggle=alert(1) open>x</details>",
    "<p id=results class='score correct'>20 of 20</p>",
    "<td style=\"background:rgba(214,96,20,0.50)\" onclick='alert(1)'>x</td>",
    "<object data=x></object><embed src=x><video src=x><audio src=x>",
]
NEVER = [
    "<script",
    "onerror",
    "onload",
    "javascript:",
    "<iframe",
    "<link",
    "<style",
    "style=",
    "<form",
    "<meta",
    "<base",
]
NEVER += [
    "ontoggle",
    "onclick",
    "id=",
    "score",
    "<object",
    "<embed",
    "<video",
    "<audio",
    "<svg",
    "<img",
    "<input",
    "href",
]


@pytest.mark.parametrize("page", HOSTILE_HTML)
def test_nothing_active_is_left_of_html(page):
    clean = clean_html(page)
    assert not [part for part in NEVER if part in clean]


@given(st.text(alphabet="<>/=\"' abcsvgimonerrscriptyl:&;!-`\x00", max_size=80))
@settings(max_examples=200, deadline=None)
def test_what_was_cleaned_stays_as_it_is(page):
    assert clean_html(clean_html(page)) == clean_html(page)
    assert "<script" not in clean_html(page).lower()


def test_the_cards_of_the_coach_stay_whole():
    title = '<p class="coach-title" role="heading" aria-level="4">not right yet</p>'
    card = f'<section class="coach-card coach-fail" aria-label="x">{title}</section>'
    assert clean_html(card) == card


def test_the_tints_of_a_heat_map_become_steps():
    table = '<table><tbody><tr><td style="background:rgba(30,110,210,0.37)">1</td></tr></tbody></table>'
    assert '<td data-shade="cold-3">' in clean_html(table)
    assert nh3.clean(clean_html(table), tags=set()) == "1"


def test_a_picture_keeps_its_pixels_and_loses_its_texts():
    noisy = png(1, 1, chunk(b"tEXt", b"Comment\0<script>"), chunk(b"iCCP", b"x\0\0y"), end=b"<script>")
    assert clean_png(noisy) == png()


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "no base64!",
        '" onload="alert(1)',
        base64.b64encode(b"<svg/>").decode(),
        png()[: len(png()) // 2 // 4 * 4],
        png(5000, 1),
        png(0, 1),
        base64.b64encode(base64.b64decode(png()).replace(b"IDAT", b"IDAX")).decode(),
        base64.b64encode(sanitise.PNG + chunk(b"IDAT", b"") + chunk(b"IEND", b"")).decode(),
        base64.b64encode(sanitise.PNG + b"\xff" * 40).decode(),
        "A" * (3 << 20),
    ],
)
def test_what_is_no_sound_picture_is_dropped(encoded):
    assert clean_png(encoded) is None


def test_only_text_html_and_png_get_through():
    data = {
        kind: "x" for kind in ("text/plain", "text/latex", "text/markdown", "image/svg+xml", "application/javascript")
    }
    data |= {"application/vnd.jupyter.widget-view+json": {"a": 1}, "image/jpeg": "x"}
    assert clean_data(data) == {"text/plain": "x"}


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["output_type", "text", "data", "name", "traceback", "text/html", "image/png"]),
                inner | st.sampled_from(["stream", "error", "display_data", "execute_result"]),
                max_size=5,
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=300, deadline=None)
def test_no_output_however_malformed_raises(output):
    for kind in ("stream", "error", "display_data", "execute_result"):
        whole = {**output, "output_type": kind} if isinstance(output, dict) else output
        assert all(isinstance(clean, dict) for clean in clean_outputs([whole, output]))
    assert list(clean_outputs(output)) == [] or isinstance(output, list)


def test_few_pages_are_read_whose_elements_lie_inside_one_another(monkeypatch):
    """Each takes half a second to read, and nothing of it is left: without a limit, a student has a minute of ours."""
    read: list[str] = []
    monkeypatch.setattr(sanitise, "clean_html", lambda page: read.append(page) or "")

    def pages_read(page: str) -> int:
        read.clear()
        output = {"output_type": "display_data", "data": {"text/html": page}}
        cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "outputs": [output] * 40}
        with_clean_outputs({"cells": [cell] * 5})
        return len(read)

    assert 0 < pages_read("<nav>" * 6000) <= 6
    assert pages_read("<table>" + "<tr><td>1</td></tr>" * 600 + "</table>") >= 30


def test_long_outputs_are_cut_and_the_whole_has_a_limit():
    long = {"output_type": "stream", "name": "stdout", "text": "x" * 100_000}
    cells = [
        {"cell_type": "code", "id": str(n), "metadata": {}, "source": "", "outputs": [long] * 100} for n in range(20)
    ]
    clean = with_clean_outputs({"cells": cells})
    sizes = [len(output["text"]) for cell in clean["cells"] for output in cell["outputs"]]
    assert max(sizes) < sanitise.MAX_TEXT + 50 and sum(sizes) <= sanitise.MAX_TOTAL
    assert len(clean["cells"][0]["outputs"]) == sanitise.MAX_OUTPUTS


@pytest.mark.parametrize("text", ["<script>x</script>", "```\n<b>", "~~~\n`````` <i>", ""])
def test_a_students_markdown_is_shown_letter_by_letter(text):
    from markdown_it import MarkdownIt

    page = MarkdownIt().render(fenced(text))
    assert page.count("<") == page.count("<pre") + page.count("<code") + page.count("</")
    assert "<script" not in page and "<b>" not in page and "<i>" not in page


@pytest.mark.parametrize(
    "page",
    ["<details open><summary>x" * 100, "<table><tr><td>" * 40, '<table><tr><td colspan="1000" rowspan="65534">x</td>'],
    ids=["nested", "tables", "spans"],
)
def test_no_page_keeps_a_browser_busy_for_minutes(page):
    shown = clean_data({"text/html": page}).get("text/html", "")
    assert depth(shown) <= MAX_DEPTH and "000" not in shown and "65534" not in shown
    assert clean_data({"text/html": '<table><tr><td colspan="3">x</td></tr></table>'})["text/html"].count('colspan="3"')


@pytest.mark.parametrize("source", ["." * 90_000, "x" * 30_000, "'" + r"\N{" * 20_000], ids=["dots", "long", "names"])
def test_what_takes_minutes_to_colour_is_cut(source):
    """nbgrader's own pages colour every cell, and Pygments takes quadratic time for some."""
    cell = {"cell_type": "code", "source": source, "id": "extra-1", "metadata": {}}
    (shown,) = with_clean_prose({"cells": [cell]})["cells"]
    assert len(shown["source"]) < 1_100 and f"has {len(source)} characters" in shown["source"]


def test_code_that_people_write_is_shown_whole():
    cell = {"cell_type": "code", "source": "x = 1  # " + "." * 80 + "\n" * 9_000, "id": "extra-1", "metadata": {}}
    assert with_clean_prose({"cells": [cell]})["cells"] == [cell]
