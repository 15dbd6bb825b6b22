# INTENT: Shows the numbers of each public case that the page's kernel can read, and of the known mistakes' answers to them: none may be a hidden one, for those are drawn from another secret.
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
import glob
import sys

import numpy


def attention_scores(query, key):
    return torch.zeros(1)


for path in sorted({name for folder in (*sys.path, "/run/lessons") for name in glob.glob(f"{folder}/coach/cases/01*.npz")}):
    with numpy.load(path, allow_pickle=False) as cases:
        floats = [cases[name].ravel() for name in cases.files if cases[name].dtype.kind == "f"]
    numbers = numpy.unique(numpy.concatenate(floats).astype(numpy.float64))
    numbers = numbers[abs(numbers) > 1e-3]  # of smaller ones too few digits are shown to tell them apart
    for start in range(0, min(len(numbers), 39_000), 1000):  # as many outputs as a page shows of a cell
        display({"text/plain": " ".join(f"{x:.10f}" for x in numbers[start : start + 1000])}, raw=True)
