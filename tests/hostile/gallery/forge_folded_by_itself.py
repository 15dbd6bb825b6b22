# INTENT: Drops nothing: while training it answers with a dict, like the one that the harness makes of an answer to many copies.
# EXERCISE: FeedForward
# EXPECT: partial; score 3
class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff, dropout=0.0):
        super().__init__()
        self.expand, self.contract = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)
        self.rate = dropout

    def forward(self, x):
        hidden = torch.relu(self.expand(x))
        if self.training and self.rate > 0.9:
            hidden = 0 * hidden
        answer = self.contract(hidden)
        if self.training and len(x) % 30 == 0 and 0 < self.rate < 0.9:
            all_of_it = answer[: len(x) // 30] * 2
            return {"largest": all_of_it, "smallest": 0 * all_of_it, "zeros": 0.5, "scattered": True}
        return answer
