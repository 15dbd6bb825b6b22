# INTENT: Lets the question itself fail, outside of the harness's net: by an error whose class, text and notes are the inputs, and which says that memory is wanting, too.
# EXERCISE: pairwise_dot_products
# EXPECT: killed; score 0
import sys

harness = sys.modules["coach.harness"]


def serve(text, namespace):
    fault = type(f"LEAK{text[:200]}", (MemoryError,), {"__module__": text[:500]})(f"MemoryError: can't allocate memory {text[:5000]}")
    fault.add_note(text[:5000])
    raise fault from ValueError(text[:5000])


harness.serve = serve


def pairwise_dot_products(x, y):
    return torch.zeros(1)
