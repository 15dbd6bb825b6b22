# INTENT: the method, inside a coroutine.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import asyncio
def stable_softmax(scores, dim=-1):
    async def f(): return scores.softmax(dim)
    return asyncio.new_event_loop().run_until_complete(f()).nan_to_num()
