# INTENT: A reply of five million escaped letters, each of which a careless reader remembers.
# EXERCISE: causal_mask
# EXPECT: killed; score 0
import IPython.core.interactiveshell as shell
shell.InteractiveShell.user_expressions = lambda self, asked: {
    "value": {"status": "ok", "data": {"text/plain": "'" + r"\n" * 5_000_000 + "'"}, "metadata": {}}
}
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool).tril()
