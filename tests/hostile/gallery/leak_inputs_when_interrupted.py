# INTENT: Computes until it is interrupted, and answers then: by the text of the interrupt, by an exit hook, by a late answer.
# EXERCISE: attention_scores
# EXPECT: timeout; score 0
import atexit, os, signal, time
def attention_scores(query, key):
    numbers = query.flatten().tolist()
    atexit.register(print, "LEAK", numbers)
    def late(*_):
        print("LEAK", numbers, flush=True)
        raise KeyboardInterrupt(repr(numbers))
    signal.signal(signal.SIGINT, late)
    try:
        time.sleep(60)
    except KeyboardInterrupt as fault:
        raise ValueError(repr(numbers)) from fault
