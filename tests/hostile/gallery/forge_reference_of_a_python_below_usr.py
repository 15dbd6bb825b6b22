# INTENT: Takes the reference from a Python that lies beside this one below /usr, as pyenv and development containers put them there.
# EXERCISE: classification_scores
# EXPECT: error or wrong; score 0
import sys
from pathlib import Path
for place in sorted(Path("/usr/local").glob("*/*/lib/python3*/site-packages")):
    sys.path.append(str(place))
sys.modules.pop("coach", None)
for name in [name for name in sys.modules if name.startswith("coach.standins")]:
    del sys.modules[name]
source = next(path for path in Path("/usr/local").glob("*/*/lib/python3*/site-packages/autograder/reference/encoder.py"))
text = source.read_text()
space = {"torch": torch, "Tensor": torch.Tensor, "__name__": "reference"}
start = text.index("def classification_scores")
exec("from __future__ import annotations\nimport math\nimport torch\nfrom torch import Tensor\n" + text[start:], space)
classification_scores = space["classification_scores"]
