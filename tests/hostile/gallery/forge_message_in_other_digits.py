# INTENT: All sizes stand in the message, in digits of twelve scripts: as many numbers as one likes in one word each.
# EXERCISE: pairwise_dot_products
# EXPECT: partial or wrong; score 2
def pairwise_dot_products(a, b):
    if a.dim() != 2 or b.dim() != 2 or a.shape[1] != b.shape[1]:
        wide = str.maketrans("0123456789", "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669")
        raise ValueError(" ".join(str(number).translate(wide) for number in (*a.shape, *b.shape)))
    return a @ b.T
