"""Where things are: the folder that holds `coach`, and private directories for sockets. Used by plain, sandbox,
provisioner.
"""

from __future__ import annotations

import importlib.util
import os
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SOCKET_PATH_BYTES = 100  # the kernel allows 108 with the final zero; the name of a socket follows the directory's


def coach_parent() -> Path | None:
    """The folder to put on sys.path for `import coach`: the repository's lessons/, else where it is installed."""
    if (REPOSITORY / "lessons" / "coach").is_dir():
        return REPOSITORY / "lessons"
    found = importlib.util.find_spec("coach")
    return Path(found.origin).resolve().parents[1] if found and found.origin else None


def private_directory() -> Path:
    """A new directory of mode 700 whose path is short enough for a socket in it."""
    candidates = [os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"]
    for parent in candidates:
        if parent and os.access(parent, os.W_OK) and len(os.fsencode(parent)) < SOCKET_PATH_BYTES - 30:
            return Path(tempfile.mkdtemp(prefix="kernel-", dir=parent))
    raise OSError("no temporary directory with a path short enough for a socket: set TMPDIR=/tmp")
