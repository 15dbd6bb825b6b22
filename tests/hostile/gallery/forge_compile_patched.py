# INTENT: The compiler of the shell compiles nothing but `pass`.
# TECHNIQUE: 7
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed; score 0 or 1
ip = get_ipython()
ip.compile.ast_parse = lambda source, *a, **k: __import__("ast").parse("pass")
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool)
