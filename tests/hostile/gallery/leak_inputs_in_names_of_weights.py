# INTENT: A module whose weights, buffers, hooks and state are called as the inputs say; and that answers by a mapping with such keys.
# EXERCISE: FeedForward
# EXPECT: wrong or error; score 0
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0, **others):
        super().__init__()
        self.expand, self.contract = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)

    def forward(self, x):
        for number in x.detach().flatten().tolist()[:40]:
            name = repr(number).replace(".", "_")
            self.register_parameter(name, nn.Parameter(torch.zeros(1)))
            self.register_buffer("b" + name, torch.zeros(1))
            setattr(type(self), name, number)
        return {repr(number): x for number in x.detach().flatten().tolist()[:40]}
