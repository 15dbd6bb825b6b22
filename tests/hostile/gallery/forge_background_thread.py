# INTENT: A thread keeps replacing the function and the namespace.
# TECHNIQUE: 24
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
import threading, time
def busy():
    while True:
        globals()["causal_mask"] = lambda length: "patched"
        time.sleep(0.001)
threading.Thread(target=busy, daemon=True).start()
def causal_mask(length): return None
