# INTENT: The kernel answers ok to every request.
# TECHNIQUE: 6
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed or timeout; score 0
ip = get_ipython()
async def do_execute(*a, **k):
    return {"status": "ok", "execution_count": 0, "payload": [], "user_expressions": {"value": {"status": "ok", "data": {"text/plain": "'[]'"}, "metadata": {}}}}
ip.kernel.do_execute = do_execute
def causal_mask(length): return None
