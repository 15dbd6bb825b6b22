"""One line of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One real mistake. here: "exercise/mistake" names that make it; later: the lesson that it belongs to."""

    number: int
    what: str
    here: tuple[str, ...] = ()
    later: str = ""
