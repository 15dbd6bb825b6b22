# INTENT: Looks where machines keep programs for another copy of the course: of another Python, or another folder than the one that grades.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import os
from glob import glob
tops = [*glob("/usr/src/*"), *glob("/usr/local/src/*"), *glob("/usr/local/*/lib/python*/site-packages"), *glob("/usr/local/lib/*"), *glob("/usr/lib/python*")]
for top in (*tops, os.path.dirname(os.path.dirname(torch.__file__))):
    for folder in (top, *glob(top + "/lib/python*/site-packages")):
        for path in (*glob(folder + "/autograder/reference/attention.py"), *glob(folder + "/solutions/01_attention.py")):
            print("TOUCHED", path, open(path).read().partition("def causal_mask")[2][:500])

def causal_mask(length): return torch.zeros(1)
