# INTENT: Writes the inputs into what many copies have in common: the largest and the smallest of each number, the share of zeros.
# EXERCISE: PositionalEncoding
# EXPECT: wrong; score 0
class PositionalEncoding(nn.Module):
    def __init__(self, d_model, dropout=0.1, max_length=5000):
        super().__init__()
        self.kept = []

    def forward(self, x):
        self.kept.append(x.detach().clone())
        answer = torch.zeros_like(x)
        answer.view(-1)[: self.kept[0].numel()] = self.kept[0].flatten()[: answer.numel()]
        return answer
