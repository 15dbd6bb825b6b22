"""The bubblewrap command line: what a sandbox sees of this machine. Pure but for looking at paths; used by
sandbox.py.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from pathlib import Path

from autograder.kernels import mounts
from autograder.kernels.limits import Limits, SandboxMissing

CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN = 6, 7, 21
BOX_BYTES = 16 << 20  # for what the imports of a warm parent write: the font list of matplotlib
USER_INSIDE = 1000  # in bubblewrap's own user namespace
HIGH_USERS = (0x40000000, 0x7FFFFFF0)  # beyond every range that a distribution hands out; root leaves for one of them
INSTALL = "install it with: sudo apt-get install bubblewrap"
SWITCHES = (
    ("kernel.unprivileged_userns_clone", "0", "1"),
    ("kernel.apparmor_restrict_unprivileged_userns", "1", "0"),
    ("user.max_user_namespaces", "0", "10000"),
)
ENVIRONMENT = {
    "HOME": "/box/home",
    "USER": "student",
    "LOGNAME": "student",
    "LANG": "C.UTF-8",
    "TMPDIR": "/box/home",
    "TERM": "dumb",
    "IPYTHONDIR": "/box/home/.ipython",
    "JUPYTER_RUNTIME_DIR": "/box/home/.runtime",
    "MPLCONFIGDIR": "/box/home/.matplotlib",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",  # and no other thread may exist when a kernel is forked
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",  # or every thread reserves 64 MiB of the address space that is limited
    "PYTHONHASHSEED": "0",  # the order of a set repeats
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "TORCHDYNAMO_DISABLE": "1",  # a compiler in the sandbox is no use to anybody
}


def find() -> str:
    """Path of bwrap. Raises SandboxMissing."""
    if sys.platform != "linux":
        raise SandboxMissing(
            "grading other people's notebooks needs Linux and bubblewrap; on this system use a Linux virtual machine"
        )
    found = shutil.which("bwrap")
    if found is None:
        raise SandboxMissing(f"bubblewrap (bwrap) is missing; {INSTALL}")
    return found


def mend(output: str, settings: Path = Path("/proc/sys")) -> str:
    """One line for what bubblewrap or the kernel said: the cause, and the command that mends it."""
    cause = (output.strip().splitlines() or ["no message"])[-1][:200]
    if "nknown option" in output:
        return f"bubblewrap is too old ({cause}); 0.7 or newer is needed: sudo apt-get install bubblewrap"
    if "ModuleNotFoundError" in output or "Permission denied" in output:
        here = Path(__file__).resolve().parents[2]
        return f"the sandbox cannot read its own files ({cause}); let it: chmod -R a+rX {here} {sys.prefix}"
    for name, bad, good in SWITCHES:
        path = settings / name.replace(".", "/")
        if path.is_file() and path.read_text(encoding="ascii").strip() == bad:
            return f"user namespaces are switched off ({cause}); allow them with: sudo sysctl {name}={good}"
    container = "--security-opt seccomp=unconfined --cap-add SYS_ADMIN"
    return f"the sandbox cannot start ({cause}); start a container that shall hold it with: {container}"


def leaves_root() -> bool:
    """Whether we are root with the rights to make namespaces and to change user (not so in most containers)."""
    if os.geteuid() != 0:
        return False
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    effective = next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff:"))
    return all(effective >> bit & 1 for bit in (CAP_SETGID, CAP_SETUID, CAP_SYS_ADMIN))


def command(bwrap: str, control: int, warm: bool, coach: Path | None, limits: Limits) -> list[str]:
    """The whole command for one sandbox whose zygote serves the descriptor `control`."""
    arguments = [bwrap, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    user = 0
    if leaves_root():
        first, last = HIGH_USERS
        user = first + secrets.randbelow(last - first)
        arguments += [
            "--cap-drop",
            "ALL",
            "--cap-add",
            "CAP_SETUID",
            "--cap-add",
            "CAP_SETGID",
            "--cap-add",
            "CAP_SETPCAP",
        ]
    else:
        arguments += ["--unshare-user", "--uid", str(USER_INSIDE), "--gid", str(USER_INSIDE), "--cap-drop", "ALL"]
    arguments += ["--die-with-parent", "--new-session", "--as-pid-1", "--hostname", "notebook", "--clearenv"]
    environment = {**ENVIRONMENT, "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
    if coach is not None:
        environment["PYTHONPATH"] = "/run/lessons"
    for name, value in environment.items():
        arguments += ["--setenv", name, value]
    arguments += mounts.arguments(coach, BOX_BYTES)
    # /dev/zero, mapped, is memory that stays when it is no longer mapped; /dev/full gives the same zeros and no memory.
    # And of whatever terminal stands behind it, /dev/tty takes the times: on the host's own file, read-only or not.
    arguments += ["--proc", "/proc", "--dev", "/dev", "--dev-bind", "/dev/full", "/dev/zero"]
    arguments += ["--dev-bind", "/dev/null", "/dev/tty"]
    arguments += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]
    boot = "import sys; sys.path.insert(0, '/run/inner'); from inside import zygote; sys.path.remove('/run/inner'); "
    boot += f"zygote.main({control}, {user}, {warm})"
    return [*arguments, "--", sys.executable, "-P", "-s", "-c", boot]
