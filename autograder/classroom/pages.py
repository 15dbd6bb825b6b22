"""What is to be shown, from when it was made until its verdict is there. Used by `grade`."""

from __future__ import annotations

import tempfile
from collections.abc import Hashable
from pathlib import Path


class Pages:
    """Contents by key, in one file without a name: it is gone however the run ends. A context manager."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # a class may not fit into memory
        self._places: dict[Hashable, tuple[int, int]] = {}

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *fault: object) -> None:
        self._file.close()

    def put(self, key: Hashable, content: bytes | None) -> None:
        if content is not None:
            self._places[key] = (self._file.seek(0, 2), len(content))
            self._file.write(content)

    def get(self, key: Hashable) -> bytes | None:
        """None if nothing was put there."""
        if key not in self._places:
            return None
        place, size = self._places[key]
        self._file.seek(place)
        return self._file.read(size)
