"""How long from the request for a kernel to its first result with torch: exec'd, exec'd in the sandbox, warm.

    python benchmarks/kernels.py [ROUNDS]

The three take turns, so that a busy machine is equally busy for all. Prints the medians and the ratio that counts:
an ordinary exec'd kernel with `import torch` against a warm one. Exit code 1 when it is below 8.
"""

from __future__ import annotations

import statistics
import sys
import time

from autograder.kernels import KernelFactory, Limits, PlainKernels, SandboxKernels, WarmKernels

ROUNDS = 9
WANTED = 8.0
CODE = "import torch; x = torch.eye(8, requires_grad=True); (x @ x).softmax(-1).sum().backward()"


def once(factory: KernelFactory) -> tuple[float, float]:
    """Seconds until the kernel was ready, and until the result was there."""
    start = time.perf_counter()
    with factory.open() as kernel:
        ready = time.perf_counter() - start
        result = kernel.execute(CODE, timeout=60, expression="str(x.grad.shape)")
        done = time.perf_counter() - start
    if result.value != "torch.Size([8, 8])":
        raise SystemExit(f"a kernel answered {result}")
    return ready, done


def main(rounds: int) -> int:
    limits = Limits()
    with PlainKernels(limits) as plain, SandboxKernels(limits) as sandbox, WarmKernels(limits) as warm:
        kinds = {"exec'd": plain, "exec'd in the sandbox": sandbox, "warm": warm}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
        for _ in range(rounds):
            for name, factory in kinds.items():
                times[name].append(once(factory))
    print(f"{'median of ' + str(rounds):24}{'ready':>10}{'first torch result':>22}")
    medians = {}
    for name, pairs in times.items():
        ready, done = (statistics.median(column) for column in zip(*pairs, strict=True))
        medians[name] = done
        print(f"{name:24}{ready:>8.3f} s{done:>20.3f} s")
    ratio = medians["exec'd"] / medians["warm"]
    print(f"warm is {ratio:.1f} times faster (wanted: {WANTED:.0f})")
    return 0 if ratio >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
