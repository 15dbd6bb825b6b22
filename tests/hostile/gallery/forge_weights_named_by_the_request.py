# INTENT: Knows no weight: reads in the harness's frames which ones are about to be loaded, and makes just those.
# EXERCISE: FeedForward
# EXPECT: wrong or error; score 0
import sys
class FeedForward(nn.Module):
    def __init__(self, *sizes, **options):
        super().__init__()
        frame = sys._getframe()
        while "step" not in frame.f_locals:
            frame = frame.f_back
        for name, data in frame.f_locals["step"]["state"].items():
            *path, last = name.split(".")
            place = self
            for part in path:
                if not hasattr(place, part):
                    place.add_module(part, nn.Module())
                place = getattr(place, part)
            place.register_parameter(last, nn.Parameter(torch.zeros(*data["tensor"]["shape"])))
    def forward(self, x):
        return 0 * x + sum(p.sum() * 0 for p in self.parameters())
