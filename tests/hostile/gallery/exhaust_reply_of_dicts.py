# INTENT: A reply of two million dictionaries, which take thirty times as much memory as their letters.
# EXERCISE: causal_mask
# EXPECT: killed; score 0
import sys
sys.modules["coach.harness"].serve = lambda text, names: "[" + '{"":0},' * 2_000_000 + "0]"
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool).tril()
