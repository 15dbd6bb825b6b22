# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811
import math

import torch
import torch.nn.functional as F
from torch import nn


# %% a power
class TokenEmbedding(nn.Module):
    def __init__(self, vocabulary_size, d_model, pad_id):
        super().__init__()
        self.d_model = d_model
        self.embedding = nn.Embedding(vocabulary_size, d_model, pad_id)

    def forward(self, tokens):
        return self.d_model**0.5 * self.embedding(tokens)


# %% size read from the table, divided by the inverse
class TokenEmbedding(nn.Module):
    def __init__(self, vocabulary_size, d_model, pad_id):
        super().__init__()
        self.add_module("embedding", nn.Embedding(vocabulary_size, d_model, padding_idx=pad_id))

    def forward(self, tokens):
        return self.embedding(tokens) / self.embedding.weight.shape[1] ** -0.5


# %% the table scaled first, functional
class TokenEmbedding(nn.Module):
    def __init__(self, vocabulary_size, d_model, pad_id):
        super().__init__()
        self.pad_id = pad_id
        self.embedding = nn.Embedding(vocabulary_size, d_model, padding_idx=pad_id)

    def forward(self, tokens):
        table = self.embedding.weight * math.sqrt(self.embedding.embedding_dim)
        return F.embedding(tokens, table, padding_idx=self.pad_id)


# %% plain indexing, with the padding's row cut off from the graph
class TokenEmbedding(nn.Module):
    def __init__(self, vocabulary_size, d_model, pad_id):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary_size, d_model, padding_idx=pad_id)
        self.scale = math.sqrt(d_model)

    def forward(self, tokens):
        found = self.embedding.weight[tokens]
        padding = (tokens == self.embedding.padding_idx).unsqueeze(-1)
        return torch.where(padding, found.detach(), found) * self.scale


# %% one-hot vectors times the table
class TokenEmbedding(nn.Module):
    def __init__(self, vocabulary_size, d_model, pad_id):
        super().__init__()
        self.vocabulary_size, self.d_model, self.pad_id = vocabulary_size, d_model, pad_id
        self.embedding = nn.Embedding(vocabulary_size, d_model, padding_idx=pad_id)

    def forward(self, tokens):
        table = self.embedding.weight
        trained = (torch.arange(self.vocabulary_size) != self.pad_id).unsqueeze(1)
        table = torch.where(trained, table, table.detach())
        return F.one_hot(tokens, self.vocabulary_size).to(table.dtype) @ table * math.sqrt(self.d_model)


# %% in place
class TokenEmbedding(nn.Module):
    def __init__(self, vocabulary_size, d_model, pad_id):
        super().__init__()
        self.embedding = nn.Embedding(num_embeddings=vocabulary_size, embedding_dim=d_model, padding_idx=pad_id)
        self.root = math.sqrt(d_model)

    def forward(self, tokens):
        vectors = self.embedding(tokens)
        vectors *= self.root
        return vectors


# %% a buffer holds the factor
class TokenEmbedding(nn.Module):
    def __init__(self, vocabulary_size, d_model, pad_id):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary_size, d_model, padding_idx=pad_id)
        self.register_buffer("scale", torch.tensor(float(d_model), dtype=torch.float64).sqrt(), persistent=False)

    def forward(self, tokens):
        vectors = self.embedding(tokens)
        return vectors * self.scale.to(vectors.dtype)


# %% index_select on a flat list
class TokenEmbedding(nn.Module):
    def __init__(self, vocabulary_size, d_model, pad_id):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary_size, d_model, padding_idx=pad_id)

    def forward(self, tokens):
        table, pad = self.embedding.weight, self.embedding.padding_idx
        table = torch.cat([table[:pad], table[pad : pad + 1].detach(), table[pad + 1 :]])
        flat = table.index_select(0, tokens.flatten())
        return flat.view(*tokens.shape, -1).mul(table.shape[-1] ** 0.5)


# %% a table that scales by itself
class Scaled(nn.Embedding):
    def forward(self, tokens):
        return super().forward(tokens) * math.sqrt(self.embedding_dim)


class TokenEmbedding(nn.Module):
    def __init__(self, vocabulary_size, d_model, pad_id):
        super().__init__()
        self.embedding = Scaled(vocabulary_size, d_model, padding_idx=pad_id)

    def forward(self, tokens):
        return self.embedding(tokens)


# %% a table made beforehand, one sequence after the other
class TokenEmbedding(nn.Module):
    def __init__(self, vocabulary_size, d_model, pad_id):
        super().__init__()
        table = torch.randn(vocabulary_size, d_model)
        table[pad_id] = 0.0
        self.embedding = nn.Embedding.from_pretrained(table, freeze=False, padding_idx=pad_id)

    def forward(self, tokens):
        root = math.sqrt(self.embedding.embedding_dim)
        return torch.stack([root * self.embedding(sequence) for sequence in tokens])
