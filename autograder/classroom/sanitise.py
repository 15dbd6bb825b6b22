"""Makes a notebook that ran student code harmless: for the feedback page, and for nbgrader's own pages. Pure.

Kept: text, PNG pictures that are really PNG pictures, and HTML reduced to a list of harmless elements. Everything
else – scripts, SVG, LaTeX, Markdown and widgets among it – is dropped, and everything has a size.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Iterator

import nh3

MAX_TEXT = 20_000  # characters of one output; a traceback has below 5,000
MAX_HTML = 60_000  # a data frame of 60 rows
# HTML repeats a <b> that was never closed in every later paragraph: 60 kB can unfold to 150 MB, and 5 GB to read it. So
# no more of these elements times all elements; the coach's largest card has 1,200.
MAX_UNFOLDED = 100_000
MAX_TAGS = 6_000  # of one output; if all are open at once, the time to read them grows with the square:
NESTED = 50  # n elements inside one another count as n² / 50 letters, so that a notebook has a few such pages, not 66
MAX_DEPTH = 60  # of elements inside one another; the lessons' deepest has 5
MAX_SPAN = 20  # columns or rows of one cell: 57 kB of cells that overlap kept a browser busy for 44 s
FORMATTING = re.compile(r"<(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b", re.I)
MAX_IMAGE = 1 << 20  # a figure of the lessons has below 0.1 MB
MAX_SIDE = 4096  # pixels: a small file can unpack into a picture that eats the reader's memory
MAX_OUTPUTS = 40  # per cell
MAX_TOTAL = 4 << 20  # of a whole notebook; a page must open on a telephone
MAX_SOURCE = 100_000

PNG = b"\x89PNG\r\n\x1a\n"
PNG_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"pHYs", b"IDAT", b"IEND"}  # none carries text or a profile

TAGS = set(
    "div span p br hr pre code b i em strong small sub sup u h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote "
    "table caption thead tbody tfoot tr th td details summary section figure figcaption".split()
)
EMPTY = {"br", "hr"}
# No style, id, href or src: a page can then forbid all styling but its own, and nothing points outside it.
ATTRIBUTES = {
    "*": {"class", "title", "lang", "dir", "role", "aria-label", "aria-level"},
    "td": {"colspan", "rowspan", "data-shade"},
    "th": {"colspan", "rowspan", "scope"},
    "details": {"open"},
}
OUR_CLASS = re.compile(r"coach-[a-z-]+|dataframe")  # others could dress up as the page's own parts
# The coach's heat maps tint their cells by a style attribute; the page has a rule for each of these steps instead.
TINT = re.compile(r'style="background:rgba\((214,96,20|30,110,210),0\.(\d)\d\)"')
# More than anybody writes; and what Pygments, which colours the cells of nbgrader's pages, takes quadratic time for
MAX_COLOURED, BEGINNING, SLOW_TO_COLOUR = 20_000, 1_000, re.compile(r"\.{100}|(?:\\N\{){20}")
SHADE = re.compile(r"(warm|cold)-\d")


def with_clean_prose(notebook: dict) -> dict:
    """A copy that nbgrader's own pages may show, once its outputs are clean: a student's Markdown letter by letter.

    Sources of code cells stay as they are, but for those that a page would take minutes to colour; whoever shows them
    escapes them, as nbgrader does.
    """
    cells = [dict(cell) for cell in notebook["cells"]]
    for cell in cells:
        source = text_of(cell.get("source", ""))
        if cell["cell_type"] == "code" and (len(source) > MAX_COLOURED or SLOW_TO_COLOUR.search(source)):
            cell["source"] = f"{source[:BEGINNING]}\n# … cut here: the cell has {len(source)} characters"
        if cell["cell_type"] != "code" and (is_extra(cell) or cell["cell_type"] != "markdown"):
            cell |= {"cell_type": "markdown", "source": fenced(text_of(cell.get("source", "")))}
    return {**notebook, "cells": cells}


def is_extra(cell: dict) -> bool:
    """Whether the graft took this cell from the student, outside the exercises."""
    return str(cell.get("id", "")).startswith("extra-")


def with_clean_outputs(notebook: dict) -> dict:
    """A copy with harmless outputs, of a size that a page can hold."""
    page, cells = Page(), []
    for cell in notebook["cells"]:
        cell = dict(cell)
        if cell["cell_type"] == "code":
            cell["outputs"] = page.take(cell.get("outputs", []))
        cells.append(cell)
    return {**notebook, "cells": cells}


class Page:
    """Takes the outputs of one notebook, cell by cell: nobody has to keep more of them than a page can hold."""

    def __init__(self) -> None:
        self.room = MAX_TOTAL

    def take(self, given: object) -> list[dict]:
        """The harmless part of a cell's outputs, as far as there is room."""
        outputs = []
        for output in given[:MAX_OUTPUTS] if isinstance(given, list) else []:
            self.room -= cost_of_html(output)  # to read it takes time, also where nothing of it is left
            for clean in clean_outputs([output]) if self.room > 0 else ():
                self.room -= size_of(clean)
                if self.room >= 0:
                    outputs.append(clean)
        return outputs


def fenced(text: str) -> str:
    """Text that Markdown shows letter by letter: nbgrader's pages would run HTML in a student's Markdown."""
    longest = run = 0
    for letter in text:
        run = run + 1 if letter == "`" else 0
        longest = max(longest, run)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text[:MAX_SOURCE]}\n{fence}"


def clean_outputs(outputs: object) -> Iterator[dict]:
    """The harmless part of a cell's outputs, as nbformat 4 dicts."""
    for output in outputs[:MAX_OUTPUTS] if isinstance(outputs, list) else []:
        kind = output.get("output_type") if isinstance(output, dict) else None
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            yield {"output_type": "stream", "name": name, "text": cut(text_of(output.get("text", "")))}
        elif kind == "error":
            lines = output.get("traceback")
            lines = [str(line) for line in lines] if isinstance(lines, (list, tuple)) else []
            yield {
                "output_type": "error",
                "ename": text_of(output.get("ename", ""))[:200],
                "evalue": cut(text_of(output.get("evalue", ""))),
                "traceback": [cut("\n".join(lines))] if lines else [],
            }
        elif kind in ("display_data", "execute_result"):
            data = clean_data(output.get("data"))
            if data:
                count = {"execution_count": None} if kind == "execute_result" else {}
                yield {"output_type": kind, "metadata": {}, "data": data} | count


def clean_data(data: object) -> dict[str, str]:
    """The harmless representations of one value: text always, HTML reduced, a PNG rebuilt from its own pixels."""
    if not isinstance(data, dict):
        return {}
    clean = {}
    if isinstance(text := data.get("text/plain"), (str, list)):
        clean["text/plain"] = cut(text_of(text))
    if isinstance(page := data.get("text/html"), (str, list)) and is_readable(text_of(page)):
        html = clean_html(text_of(page))
        if depth(html) <= MAX_DEPTH:
            clean["text/html"] = html
    if isinstance(image := data.get("image/png"), (str, list)):
        rebuilt = clean_png(text_of(image))
        if rebuilt is not None:
            clean["image/png"] = rebuilt
    return clean


def is_readable(page: str) -> bool:
    """Whether HTML is of a size that can be read, and stays of such a size when it is."""
    tags = page.count("<")
    return len(page) <= MAX_HTML and tags <= MAX_TAGS and tags * len(FORMATTING.findall(page)) <= MAX_UNFOLDED


def cost_of_html(output: object) -> int:
    """How many letters of HTML there are to read in an output, however malformed, or what takes as long as they."""
    data = output.get("data") if isinstance(output, dict) else None
    page = data.get("text/html") if isinstance(data, dict) else None
    text = text_of(page) if isinstance(page, (str, list)) else ""
    return max(len(text), text.count("<") ** 2 // NESTED) if is_readable(text) else len(text)


def clean_html(page: str) -> str:
    """HTML without script, style, link or picture."""
    page = TINT.sub(lambda tint: f'data-shade="{"warm" if tint[1][0] == "2" else "cold"}-{tint[2]}"', page)
    return nh3.clean(
        page,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        clean_content_tags={"script", "style"},
        link_rel=None,
    )


def depth(html: str) -> int:
    """How many elements lie inside one another in HTML that nh3 has written: it closes all but the empty ones."""
    deepest = now = 0
    for closing, name in re.findall(r"<(/?)([a-z0-9]+)", html):
        if name not in EMPTY:
            now += -1 if closing else 1
            deepest = max(deepest, now)
    return deepest


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if OUR_CLASS.fullmatch(word)) or None
    if name in ("colspan", "rowspan") and not (value.isdecimal() and len(value) < 3 and int(value) <= MAX_SPAN):
        return None
    if name == "data-shade" and not SHADE.fullmatch(value):
        return None
    return value


def clean_png(encoded: str) -> str | None:
    """The picture again, as base64, with nothing in it but pixels; None for anything that is no sound PNG."""
    try:
        data = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(data) > MAX_IMAGE or not data.startswith(PNG):
        return None
    kept, place, last = [PNG], len(PNG), b""
    while place < len(data) and last != b"IEND":
        if place + 12 > len(data):
            return None
        length, last = struct.unpack(">I4s", data[place : place + 8])
        end = place + 12 + length
        if end > len(data) or zlib.crc32(data[place + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            return None
        if len(kept) == 1:  # the first chunk holds the size
            if last != b"IHDR" or length != 13:
                return None
            width, height = struct.unpack(">II", data[place + 8 : place + 16])
            if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
                return None
        if last in PNG_CHUNKS:
            kept.append(data[place:end])
        place = end
    return base64.b64encode(b"".join(kept)).decode("ascii") if last == b"IEND" else None


def text_of(text: object) -> str:
    """nbformat allows a text or a list of lines. A lone surrogate can be written in JSON but not in a file."""
    joined = "".join(part for part in text if isinstance(part, str)) if isinstance(text, list) else text
    return joined.encode("utf-8", "replace").decode("utf-8") if isinstance(joined, str) else ""


def cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + f"\n… ({len(text) - MAX_TEXT} more characters)"


def size_of(output: dict) -> int:
    """Characters that one output adds to a page."""
    texts = [output.get("text", ""), output.get("evalue", ""), *output.get("traceback", ())]
    return sum(map(len, texts)) + sum(map(len, output.get("data", {}).values()))
