# INTENT: Opens a comm that would divert the outputs of later cells.
# TECHNIQUE: 32
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
from comm import create_comm
comm = create_comm(target_name="jupyter.widget", data={"state": {"_model_name": "OutputModel", "msg_id": "1"}})
def causal_mask(length): return torch.zeros(length)
