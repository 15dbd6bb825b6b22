# INTENT: A tuple that reads otherwise the second time: once for the dtypes, once for the answer.
# EXERCISE: scaled_dot_product_attention
# EXPECT: wrong or error; score 0
class Twice(tuple):
    readings = 0
    def __iter__(self):
        self.readings += 1
        return iter((query_of_all,) * 2 if self.readings == 2 else ())
query_of_all = torch.zeros(1, 1)
def scaled_dot_product_attention(query, key, value, mask=None):
    return Twice((query, key))
