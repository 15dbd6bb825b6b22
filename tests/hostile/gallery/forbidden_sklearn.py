# INTENT: another library's softmax under a module's alias.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import sklearn.utils.extmath as e
def stable_softmax(scores, dim=-1): return torch.from_numpy(e.softmax(scores.numpy())).nan_to_num()
