# INTENT: Numbers whose own methods say another value than they hold.
# EXERCISE: bleu
# EXPECT: wrong or error; score 0
class Lying(float):
    def __float__(self): return 100.0
    def __repr__(self): return "100.0"
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __hash__ = float.__hash__
def bleu(candidates, references):
    return Lying(float("nan"))
