"""Which cgroup v2 is ours to divide, if any. Called by cgroups.py, and by doctor.py for the reason; only looks.

One is when its memory and pids controllers and its files are ours to use, nobody else manages it, and it holds no
programs but our own. Then it is the top of a hierarchy or of a container's view of it, or was handed to this user, or
systemd says that it has delegated it.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path, PurePosixPath

CONTROLLERS = ("memory", "pids")
LEAF = "autograder-itself"  # below the delegated group: where cgroups.py moves graders
UNITS = (".scope", ".service")  # what systemd calls the groups that it can delegate
TEXT = {"encoding": "utf-8", "errors": "replace"}  # anybody may mount under any name
ASK_S = 5.0  # for one answer of systemd, which takes milliseconds


class NotDelegated(Exception):
    """No cgroup is ours to divide; the message says why, in a few words for a table."""


def find(own: str | None = None, mounts: str | None = None) -> Path:
    """The group to be divided, from the texts of /proc/self/cgroup and mountinfo. Raises NotDelegated."""
    try:
        own = Path("/proc/self/cgroup").read_text(**TEXT) if own is None else own
        mounts = Path("/proc/self/mountinfo").read_bytes().decode(**TEXT) if mounts is None else mounts
    except OSError as fault:
        raise NotDelegated("this system has no cgroups") from fault
    path = next((PurePosixPath(line[3:]) for line in own.splitlines() if line.startswith("0::/")), None)
    reason = "cgroup v2 is not mounted"
    for line in mounts.rstrip("\n").split("\n"):  # a name in it may hold what else ends lines, or is white
        mount, _, kind = line.partition(" - ")
        root, point, options = mount.split(" ")[3:6]
        if not kind.startswith("cgroup2 ") or path is None or ".." in path.parts or not path.is_relative_to(root):
            continue
        top = Path(point)
        group = top / path.relative_to(root)
        if group.name == LEAF:
            group = group.parent
        reason = "cgroup v2 is mounted read-only" if "ro" in options.split(",") else objection(group, top)
        if not reason:
            return group
    raise NotDelegated(reason)


def objection(group: Path, top: Path) -> str:
    """Why this group is not ours to divide, "" if it is; `top` is where its tree is mounted."""
    missing = sorted(set(CONTROLLERS) - words(group / "cgroup.controllers"))
    if missing:
        return f"cgroup v2 lacks {' and '.join(missing)}"
    if not all(os.access(group / name, os.W_OK) for name in ("", "cgroup.procs", "cgroup.subtree_control")):
        return "cgroup v2 is not delegated to us"
    if group != top and os.access(group.parent, os.W_OK) and not delegated_by_systemd(group):
        return "our cgroup is not delegated to us"  # we can write it, as a user's own systemd must, but it is systemd's
    if is_root(group) or all(map(is_ours, processes(group))):
        return ""
    return "our cgroup holds other programs"


def delegated_by_systemd(group: Path) -> bool:
    """Asked, because a user's own systemd leaves no mark on what it delegates."""
    if not group.name.endswith(UNITS):
        return False
    manager = ["--user"] if any(part.startswith("user@") for part in group.parts) else []
    command = ["systemctl", *manager, "show", "--property=Delegate", "--value", group.name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=ASK_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.stdout.strip() == "yes"


def is_root(group: Path) -> bool:
    """Only the root of the hierarchy has no type, and only it may hold processes beside groups with controllers."""
    return not (group / "cgroup.type").exists()


def is_ours(pid: int) -> bool:
    """What runs in our session: our own workers, and the shell or `make` that started us. 0 is another namespace's."""
    try:
        return pid > 0 and os.getsid(pid) == os.getsid(0)
    except ProcessLookupError:  # gone meanwhile
        return True


def words(path: Path) -> set[str]:
    """The words of a short file; none if it cannot be read."""
    try:
        return set(path.read_text(encoding="ascii").split())
    except OSError:
        return set()


def processes(group: Path) -> list[int]:
    return sorted(map(int, words(group / "cgroup.procs")))
