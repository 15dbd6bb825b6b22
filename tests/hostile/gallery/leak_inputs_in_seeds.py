# INTENT: Sets every seed and setting of the libraries that kernels have from one parent to what the inputs say: generators, default types, threads, rounding, filters of warnings, locale. The page's kernel looks whether all are as new.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
import locale
import os
import random
import sys

import numpy


def state():
    return (
        random.getstate()[1][:3], int(numpy.random.get_state()[1][0]), torch.initial_seed(), str(torch.get_default_dtype()),
        torch.get_num_threads(), torch.is_grad_enabled(), numpy.geterr()["over"], locale.setlocale(locale.LC_ALL),
        sys.getrecursionlimit(), sys.getswitchinterval(), os.environ.get("SAID"), torch.get_float32_matmul_precision(),
    )


def pairwise_dot_products(x, y):
    said = int(x.contiguous().view(torch.int32).flatten()[0]) & 0x7FFFFFFF
    random.seed(said), numpy.random.seed(said), torch.manual_seed(said)
    numpy.seterr(over="ignore"), sys.setrecursionlimit(1000 + said % 999), sys.setswitchinterval(0.001)
    torch.set_float32_matmul_precision("medium"), torch.set_flush_denormal(bool(said & 1))
    os.environ["SAID"] = str(said)
    return torch.zeros(1)


new = state()
print("TOUCHED" if (torch.initial_seed(), new[6], new[10]) != (0, "warn", None) else "as new")
