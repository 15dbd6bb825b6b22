"""What this machine has and lacks, and the command that mends it: `autograder doctor`. Changes nothing."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent  # not from autograder.course, which cannot be imported without torch
OLDEST_PYTHON = (3, 11)  # nbgrader 0.9.6 asks for it
FREE_BYTES = 2 << 30  # torch alone takes 1 GB to unpack; a class of 300 executed notebooks another
PROBE_SECONDS = 20  # for a program that starts and ends; generous, so that a loaded machine is not called broken
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
INSTALL_ALL = "make test"  # the target that sets up everything
DONE, LACKS = 0, 3  # exit codes, as everywhere in `autograder`


@dataclass(frozen=True)
class Finding:
    """One thing looked at. mend: the command or sentence that helps, "" if nothing is amiss.

    needed: without it `autograder` cannot do its work; otherwise only some of it is slower or left out.
    """

    name: str
    ok: bool
    detail: str
    mend: str = ""
    needed: bool = True


def doctor() -> list[Finding]:
    """Everything that was looked at, in the order in which one would mend it."""
    return [_python(), *_packages(), _alembic(), *_bubblewrap(), _browser(), _memory_limit(), _disk(), _cores()]


def command() -> int:
    """Prints the findings as a table, and what to do; returns the exit code."""
    from rich.console import Console
    from rich.table import Table

    findings = doctor()
    table = Table("", "what", "found", box=None)
    for each in findings:
        mark = "[green]ok[/]" if each.ok else ("[red]lacks[/]" if each.needed else "[yellow]without[/]")
        table.add_row(mark, each.name, each.detail)
    console = Console(soft_wrap=True)
    console.print(table)
    for each in findings:
        if not each.ok:
            console.print(f"{each.name}: {each.mend}", markup=False, highlight=False)
    return LACKS if any(each.needed and not each.ok for each in findings) else DONE


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= OLDEST_PYTHON, found, "install Python 3.11 or newer")


def pinned() -> dict[str, str]:
    """The versions in constraints.txt, by name in small letters."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {name.lower(): version for name, _, version in (line.partition("==") for line in lines) if version}


def _packages() -> list[Finding]:
    pins = pinned()
    findings = []
    for name in ("torch", "nbgrader", "jupyterlab", "matplotlib"):
        if importlib.util.find_spec(name) is None:
            findings.append(Finding(name, False, "not installed", f"`{INSTALL_ALL}` installs it"))
            continue
        found = importlib.metadata.version(name)
        same = found.partition("+")[0] == pins[name]  # torch adds "+cpu" for its build
        detail = found if same else f"{found}, tested with {pins[name]}"
        findings.append(Finding(name, same, detail, f"python -m pip install {name}=={pins[name]}", needed=False))
    return findings


def _alembic() -> Finding:
    found = shutil.which("alembic")
    folder = Path(sys.executable).parent
    mend = f'export PATH="{folder}:$PATH"   (nbgrader starts it by its bare name)'
    return Finding("alembic on PATH", found is not None, found or "not found", mend)


def _bubblewrap() -> list[Finding]:
    from autograder.kernels import SandboxMissing, bubble  # late: needs the packages that were looked for above

    try:
        found = bubble.find()
    except SandboxMissing as fault:
        return [Finding("bubblewrap", False, "not found: others' work is not graded without a sandbox", str(fault))]
    fault = _fault_of([found, "--ro-bind", "/", "/", "--unshare-all", "--die-with-parent", "true"])
    detail = "cannot make namespaces" if fault else "can make namespaces"
    return [Finding("bubblewrap", True, found), Finding("sandbox", fault is None, detail, bubble.mend(fault or ""))]


def _fault_of(command: list[str]) -> str | None:
    """None if the command succeeds, else its last words."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PROBE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    return (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]


def _browser() -> Finding:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    mend = "sudo apt-get install chromium   (only the browser tests need it)"
    return Finding("Chromium", found is not None, found or "not found", mend, needed=False)


def _memory_limit() -> Finding:
    """Which of the two limits the memory of a notebook here: Linux itself, or we by looking."""
    from autograder.kernels import delegation  # late, as above

    user = "" if hasattr(os, "geteuid") and os.geteuid() == 0 else "--user "  # root asks the system's own systemd
    mend = "nothing to do: rlimits and a look every 50 ms hold. For an exact limit on a notebook as a whole, where "
    mend += f"cgroup v2 has memory and pids: systemd-run {user}--scope -p Delegate=yes autograder grade …"
    try:
        delegation.find()
    except delegation.NotDelegated as fault:
        return Finding("memory limit", False, f"rlimits and a watch ({fault})", mend, needed=False)
    return Finding("memory limit", True, "cgroup v2, for each notebook as a whole")


def _disk() -> Finding:
    free = shutil.disk_usage(ROOT).free
    return Finding("disk", free >= FREE_BYTES, f"{free >> 20} MiB free", f"make {FREE_BYTES >> 20} MiB free")


def _cores() -> Finding:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    return Finding("cores", count >= 2, str(count), "nothing to do: grading takes longer on one core", needed=False)
