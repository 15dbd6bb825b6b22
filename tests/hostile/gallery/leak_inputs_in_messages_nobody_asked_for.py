# INTENT: Sends the inputs in every other kind of message that a front end would show: questions to the user, late displays, comms, progress, a payload for the pager, an early reply.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong; score 0
from IPython.display import display

HANDLE = display("nothing yet", display_id="ZZ-6th")


def pairwise_dot_products(x, y):
    numbers = repr(x.flatten().tolist())
    kernel = get_ipython().kernel
    kinds = {
        "input_request": {"prompt": numbers, "password": False},
        "update_display_data": {"data": {"text/plain": numbers}, "metadata": {}, "transient": {"display_id": "ZZ-6th"}},
        "comm_open": {"comm_id": "1", "target_name": numbers, "data": {"n": numbers}},
        "execute_input": {"code": numbers, "execution_count": 1},
        "execute_result": {"data": {"text/plain": numbers}, "metadata": {}, "execution_count": 1},
        "error": {"ename": numbers, "evalue": numbers, "traceback": [numbers]},
        "clear_output": {"wait": False},
        "stream": {"name": "stdout", "text": numbers},
    }
    for kind, content in kinds.items():
        kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent(), ident=kind.encode())
    get_ipython().payload_manager.write_payload({"source": "page", "data": {"text/plain": numbers}, "start": 0})
    HANDLE.update(numbers)
    return torch.zeros(1)
