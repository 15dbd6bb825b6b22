"""What each product was made from: `manifest/<lesson>.json`, beside this file and committed. Used by the build.

A product is fresh if it was made from what is there today (`made_from`) and nobody has touched it since (`sha256`).
"""

from __future__ import annotations

import json
from pathlib import Path

from autograder.build.files import digest_of, write

FOLDER = Path(__file__).parent / "manifest"


class Manifest:
    """The records of one lesson, by product path relative to the repository."""

    def __init__(self, lesson: str, root: Path) -> None:
        self._path = FOLDER / f"{lesson}.json"
        self._root = root
        try:
            self._records = json.loads(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            self._records = {}  # nothing is known, so everything is stale

    def fresh(self, path: Path, made_from: str) -> bool:
        """Is the product at `path` what the build would make from the inputs with the digest `made_from`?"""
        return self._records.get(self._name(path)) == {"made_from": made_from, "sha256": digest_of(path)}

    def record(self, path: Path, made_from: str) -> None:
        """Remembers that the product at `path` has just been made from these inputs."""
        self._records[self._name(path)] = {"made_from": made_from, "sha256": digest_of(path)}
        write(self._path, (json.dumps(self._records, indent=1, sort_keys=True) + "\n").encode())

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()
