# INTENT: Publishes errors by hand, of the longest kind that is kept, in every cell of many: all would lie with the grader.
# EXERCISE: causal_mask
# NOTEBOOK: many_cells_of_errors
# EXPECT: wrong; score 0
def publish_errors():
    kernel, wide = get_ipython().kernel, chr(0x1F600)
    content = {"ename": "e" * 19998 + wide, "evalue": "v" * 19998 + wide, "traceback": ["w" * 18998 + wide]}
    for _ in range(100):
        kernel.session.send(kernel.iopub_socket, "error", content, parent=kernel.get_parent(), ident=b"error")

def causal_mask(length): return torch.zeros(1)
