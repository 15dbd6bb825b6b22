# INTENT: Ten thousand threads.
# TECHNIQUE: 46
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed or timeout or memory; score 0
import threading, time
def causal_mask(length):
    for _ in range(10_000): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
