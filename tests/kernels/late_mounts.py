"""What a kernel can write of file systems that its host mounts late. A script, for a mount namespace of its own.

Prints, for each of PLACES, whether a kernel sees what lies there, and what it is told when it writes.
"""

from __future__ import annotations

import os
import subprocess

import torch

from autograder.kernels import Limits, WarmKernels

TOP = os.path.join(os.path.dirname(torch.__file__), "include")  # one of the directories that every sandbox sees
# Linux writes some of these letters as numbers in its list of mounts
PLACES = [TOP, *(os.path.join(TOP, f"a{letter}b") for letter in " \t\\\r\f\v")]

WRITE = f"""
import os
for place in {PLACES}:
    print(os.path.exists(place + "/late"), end=" ")
    try:
        print(open(place + "/from a kernel", "w"))
    except OSError as fault:
        print(fault.errno)
"""


def main() -> None:
    with WarmKernels(Limits()) as kernels:
        with kernels.open():
            pass
        for place in PLACES:
            os.makedirs(place, exist_ok=True)
            subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=777", "late", place], check=True)
            open(os.path.join(place, "late"), "w", encoding="ascii").close()
        with kernels.open() as kernel:
            done = kernel.execute(WRITE, timeout=60, capture=True)
    print(*[output["text"] for output in done.outputs])


if __name__ == "__main__":
    main()
