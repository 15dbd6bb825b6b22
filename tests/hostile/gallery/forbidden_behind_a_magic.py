# INTENT: a magic, so that the cell is no Python to read, and the watch taken apart.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
%config Application.verbose_crash=True
import sys
sys.modules["coach.watch"].Watch.note = lambda self, name: None
def stable_softmax(scores, dim=-1): return torch.softmax(scores, dim).nan_to_num()
