# INTENT: Answers with one tensor for ever, whose memory is made larger and shaped anew for each question: what was returned before is what is returned now.
# EXERCISE: pairwise_dot_products
# EXPECT: wrong or error or killed; score 0
ONE = torch.zeros(1)
def pairwise_dot_products(x, y):
    torch.sum(x[:, None] * y[None], -1, out=ONE.resize_(0)) if x.dtype == ONE.dtype and False else ONE.resize_(len(x), len(y))
    return ONE.set_(ONE.untyped_storage(), 0, (len(x), len(y)), (0, 0))
