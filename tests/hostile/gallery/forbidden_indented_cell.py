# INTENT: an indented cell, which IPython runs and Python does not parse.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
  
  def stable_softmax(scores, dim=-1):
      return torch.softmax(scores, dim).nan_to_num()
