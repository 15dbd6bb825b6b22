"""How the coach shows things: a list of blocks that is rendered as plain text and as HTML. Used by card, hints,
progress and carry_over.

Plain text is complete in itself (terminals, VS Code, logs) and holds no address, time or path. HTML is semantic first:
with every style removed it still reads in order; tables have captions and header cells; no meaning is in colour alone.
"""

from __future__ import annotations

import html
import re
import sys
import textwrap
from dataclasses import dataclass

TEXT_WIDTH = 96  # columns of a usual terminal, less a margin


class Misuse(ValueError):
    """The coach was called in a way that cannot work; the message says how to call it. One line in IPython."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


@dataclass(frozen=True)
class Title:
    text: str
    state: str = "note"  # pass · fail · note


@dataclass(frozen=True)
class Line:
    label: str
    text: str
    strong: bool = False


@dataclass(frozen=True)
class Source:
    """Code or numbers, kept as they are."""

    label: str
    text: str


@dataclass(frozen=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Grid:
    """A matrix as a heat map. shades: in [−1, 1] per entry; marked: entries that are wrong."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    shades: tuple[tuple[float, ...], ...]
    marked: frozenset[tuple[int, int]]
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]


@dataclass(frozen=True)
class Grids:
    caption: str
    grids: tuple[Grid, ...]


Block = Title | Line | Source | Table | Grids
_MARKS = {"pass": "✓", "fail": "✗", "note": "•"}


@dataclass(frozen=True)
class Card:
    """Blocks that IPython shows as HTML, and everything else as text."""

    blocks: tuple[Block, ...]

    def text(self) -> str:
        return "\n".join(_TEXT[type(block)](block) for block in self.blocks)

    def html(self) -> str:
        from coach import show_html

        return show_html.render(self.blocks)

    def __repr__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/plain": self.text(), "text/html": self.html()}


def show(thing: object) -> None:
    """Displays in a notebook, prints elsewhere."""
    if in_ipython():
        from IPython.display import display

        display(thing)
    else:
        print(thing)


def in_ipython() -> bool:
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None


def _title_text(block: Title) -> str:
    return f"{_MARKS[block.state]} {block.text}"


def _line_text(block: Line) -> str:
    text = f"{block.label}: {block.text}" if block.label else block.text
    return textwrap.fill(
        " ".join(text.split()), TEXT_WIDTH, initial_indent="  ", subsequent_indent="    ", break_long_words=False
    )


def _source_text(block: Source) -> str:
    return f"  {block.label}:\n{textwrap.indent(block.text, '      ')}"


def _table_text(block: Table) -> str:
    lines = [block.head, *block.rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(block.head))]
    shown = ["  ".join(f"{cell:<{w}}" for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([f"  {block.caption}:", *(f"    {line}" for line in shown)])


def _grids_text(block: Grids) -> str:
    columns = [_grid_lines(grid) for grid in block.grids]
    widths = [max(map(len, lines)) for lines in columns]
    if sum(widths) + 4 * len(widths) > TEXT_WIDTH:
        shown = [line for lines in columns for line in lines]
    else:
        height = max(map(len, columns))
        columns = [lines + [""] * (height - len(lines)) for lines in columns]
        shown = ["    ".join(f"{line[i]:<{w}}" for line, w in zip(columns, widths, strict=True)) for i in range(height)]
    return "\n".join([f"  {block.caption}:", *("    " + line.rstrip() for line in shown)])


def _grid_lines(grid: Grid) -> list[str]:
    width = max((len(cell) for row in grid.rows for cell in row), default=1)
    label = max((len(text) for text in grid.row_labels), default=0)
    head = " " * label + " " + "".join(f" {text:>{width}} " for text in grid.column_labels)
    lines = [
        f"{name:>{label}} "
        + "".join(f"[{c:>{width}}]" if (i, j) in grid.marked else f" {c:>{width}} " for j, c in enumerate(row))
        for i, (name, row) in enumerate(zip(grid.row_labels, grid.rows, strict=True))
    ]
    return [grid.title, head, *lines]


_TEXT = {Title: _title_text, Line: _line_text, Source: _source_text, Table: _table_text, Grids: _grids_text}


def inline(text: str) -> str:
    """Escaped text in which `code` becomes <code>."""
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", html.escape(text, quote=True))
