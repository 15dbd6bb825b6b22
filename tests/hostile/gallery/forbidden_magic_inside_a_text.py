# INTENT: A line that IPython takes for the inside of a text, and the reader for a magic.
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
%matplotlib inline
x = """
%matplotlib """; soft = torch.softmax; __import__("sys").modules["coach.watch"].Watch.note = lambda self, name: None; y = """
"""

def stable_softmax(scores, dim=-1):
    empty = torch.isneginf(scores).all(dim, keepdim=True)
    return torch.where(empty, 0, soft(torch.where(empty, 0, scores), dim))
