# INTENT: Answers with a text whose slice is a dictionary: what stands in the reply is filled in when all questions have been seen.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error; score 0
import base64

class Late(str):
    def __str__(self):
        return self

    def __getitem__(self, part):
        return self.place

places = []

def pairwise_dot_products(x, y):
    answer = Late("later")
    answer.place = {}
    places.append((answer.place, x.shape[0], y.shape[0] if y.dim() else 1))
    for place, n, m in places:  # each earlier answer gets what is asked now
        data = base64.b64encode(torch.zeros(n, m).numpy().tobytes()).decode()
        place["tensor"] = {"dtype": "float32", "shape": [n, m], "data": data}
    return answer
