"""Hashes, and writing whole files or nothing. Used by the build alone."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def digest(data: bytes | str) -> str:
    """SHA-256 of bytes, or of a text as UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file, or "missing"."""
    try:
        return digest(path.read_bytes())
    except FileNotFoundError:
        return "missing"


def digest_all(root: Path, paths: Iterable[Path]) -> str:
    """One digest of many files: their places below `root` and their contents."""
    return digest("\n".join(f"{path.relative_to(root).as_posix()} {digest_of(path)}" for path in sorted(paths)))


def write(path: Path, data: bytes) -> bool:
    """Puts `data` at `path`, wholly or not at all; True if that changed the file."""
    if digest_of(path) == digest(data):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)  # mkstemp makes private files; a product is for everybody
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True
