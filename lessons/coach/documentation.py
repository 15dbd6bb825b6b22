"""Python's own documentation as text to learn from: prose of the language reference. Called by lesson 5.

Every Python carries it for `help()`, in `pydoc_data.topics`; so nothing is downloaded, and the text differs a little
between Python versions.
"""

from __future__ import annotations

import re

SHORTEST = 40  # characters; shorter paragraphs are mostly headings and lines of tables
# typographic signs -> what a keyboard has: fewer letters to learn, none of which matters here
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
MARKS = re.compile(r"^[*\d.\s-]+")  # the bullet or number of a list item


def paragraphs() -> list[str]:
    """All different paragraphs of prose, one line each, in the order of the topics' names.

    Tables, code and grammar are left out. Each paragraph starts with a capital letter, ends with a full stop or a
    colon, and holds ASCII characters only.
    """
    from pydoc_data.topics import topics

    found: dict[str, None] = {}  # keeps the order, and drops what stands in several topics
    for name in sorted(topics):
        for block in topics[name].split("\n\n"):
            line = MARKS.sub("", " ".join(block.split()).translate(PLAIN).replace("…", "..."))
            if (
                len(line) >= SHORTEST
                and line[0].isupper()
                and line[-1] in ".:"
                and line.isascii()
                and "::=" not in line
            ):
                found[line] = None
    return list(found)
