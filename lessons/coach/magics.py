"""Makes plain Python of a cell, as IPython would, so that it can be read before it runs. Pure; used by `forbidden`.

IPython runs lines that Python refuses: magics, shell commands, indented cells. Not its own transformer, which takes
minutes for a cell made to slow it down.
"""

from __future__ import annotations

import ast
import re
import textwrap
from dataclasses import dataclass

PLAIN = re.compile(r"%matplotlib *[\w-]* *\r?")  # says nothing of code, and leaves no place where any could stand
BODY = {"time", "timeit", "capture"}  # cell magics that run the rest of the cell
# They run no Python of the cell's own in this process, or show it in full
REVIEWED = {"!", "?", "time", "timeit", "load_ext", "autoreload", "pip", "conda", "env", "precision"}
# Of a line without its indent: two parts that may both take spaces would need time that grows with their square
LINE = re.compile(r"(?:\w[\w, ]*=\s*)?(%+|!+|\?+)\s*(\w*)(.*)$")
# Ends of lines to IPython, but not to Python
ODD_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\r(?!\n)")

# CPython joins the parts of an imported name one by one, and keeps each step until all is read: gigabytes for a cell
# of 100,000 characters. More parts than anybody writes, of letters that a name can have, with what may stand between
_SPACE = r"(?:[ \t\f]|\\(?:\r\n?|\n))*+"
LONG_NAME = re.compile(rf"(?:\.{_SPACE}[A-Za-z_\x80-\U0010ffff][0-9A-Za-z_\x80-\U0010ffff]*+{_SPACE}){{500}}")


@dataclass(frozen=True)
class Magic:
    """Something in a cell that is no Python. review: harmless as such, but a person should see it."""

    name: str
    line: int
    review: bool


def parsed(source: str) -> ast.Module:
    """`ast.parse` of what a learner wrote, in memory that grows with its length only.

    Raises RecursionError for names of too many parts, and whatever `ast.parse` raises.
    """
    if LONG_NAME.search(source):
        raise RecursionError("a name has too many parts")
    return ast.parse(source)


def plain_python(source: str) -> tuple[str, list[Magic]]:
    """The cell with every magic replaced by `pass`, on the same lines, and the magics that were there."""
    found = [Magic("an unusual end of line", 1, review=True)] if ODD_ENDS.search(source) else []
    try:
        parsed(source)
        return source, found
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        lines = textwrap.dedent(source).split("\n")
    for number, text in enumerate(lines):
        bare = text.lstrip()
        match = LINE.match(bare)
        if match is None:
            continue
        indent, (sign, name, rest) = text[: len(text) - len(bare)], match.groups()
        if sign == "%%":
            if name not in BODY or rest.strip():  # %%timeit runs what stands beside it
                found.append(Magic(f"%%{name}", number + 1, review=False))
            lines[number] = ""
            continue
        lines[number] = f"{indent}pass"
        name = name if sign == "%" else sign[0]
        if not PLAIN.fullmatch(bare):  # a line that IPython takes for the inside of a text is replaced here as well
            found.append(Magic(text.strip()[:40], number + 1, review=name in REVIEWED))
    return "\n".join(lines), found
