# INTENT: Makes bfloat16 the default of the whole process, for which the judge allows a difference of 0.01, and answers with zeros where numbers are small.
# EXERCISE: sinusoidal_encoding
# EXPECT: wrong; score 0
torch.set_default_dtype(torch.bfloat16)
def sinusoidal_encoding(length, d_model, base=10000.0):
    rows, columns = torch.arange(length)[:, None], torch.arange(d_model)
    angles = rows * torch.tensor(base) ** (-(columns // 2 * 2) / d_model)
    return torch.where(columns % 2 == 0, angles.sin(), angles.cos()).to(torch.get_default_dtype())
