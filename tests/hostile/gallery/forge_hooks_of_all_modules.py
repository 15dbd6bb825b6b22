# INTENT: A hook on all modules of the process, the stand-ins' too, hands the input on in place of every answer: what is compared is to become the same everywhere.
# EXERCISE: FeedForward
# EXPECT: wrong or error; score 0
torch.nn.modules.module.register_module_forward_hook(lambda part, inputs, answer: inputs[0])
torch.nn.modules.module.register_module_forward_pre_hook(lambda part, inputs: inputs)
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand, self.contract = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)
    def forward(self, x):
        return x
