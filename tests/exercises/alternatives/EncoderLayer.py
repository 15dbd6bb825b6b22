# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: E501, F811, F821

import torch
import torch.nn.functional as F
from torch import Tensor, nn


# %% helpers as torch names them
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)
        self.norm_first = norm_first

    def forward(self, x, mask=None):
        if self.norm_first:
            x = x + self._sa_block(self.attention_norm(x), mask)
            x = x + self._ff_block(self.feed_forward_norm(x))
        else:
            x = self.attention_norm(x + self._sa_block(x, mask))
            x = self.feed_forward_norm(x + self._ff_block(x))
        return x

    def _sa_block(self, x, mask):
        return self.dropout(self.self_attention(x, x, x, mask)[0])

    def _ff_block(self, x):
        return self.dropout(self.feed_forward(x))


# %% one sub-layer function
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)
        self.norm_first = norm_first

    def forward(self, x, mask=None):
        x = self.around(x, self.attention_norm, lambda h: self.self_attention(h, h, h, mask)[0])
        return self.around(x, self.feed_forward_norm, self.feed_forward)

    def around(self, x, norm, sub_layer):
        if self.norm_first:
            return x + self.dropout(sub_layer(norm(x)))
        return norm(x + self.dropout(sub_layer(x)))


# %% two dropouts
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.drop1, self.drop2 = nn.Dropout(dropout), nn.Dropout(dropout)
        self.norm_first = norm_first

    def forward(self, x, mask=None):
        h = self.attention_norm(x) if self.norm_first else x
        x = x + self.drop1(self.self_attention(query=h, key=h, value=h, mask=mask)[0])
        x = x if self.norm_first else self.attention_norm(x)
        h = self.feed_forward_norm(x) if self.norm_first else x
        x = x + self.drop2(self.feed_forward(h))
        return x if self.norm_first else self.feed_forward_norm(x)


# %% functional dropout
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.p = dropout
        self.norm_first = norm_first

    def forward(self, x, mask=None):
        residual = x
        h = self.attention_norm(x) if self.norm_first else x
        h, weights = self.self_attention(h, h, h, mask)
        x = residual + F.dropout(h, p=self.p, training=self.training)
        if not self.norm_first:
            x = self.attention_norm(x)
        residual = x
        h = self.feed_forward_norm(x) if self.norm_first else x
        x = residual + F.dropout(self.feed_forward(h), p=self.p, training=self.training)
        return x if self.norm_first else self.feed_forward_norm(x)


# %% modules chosen in the constructor
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)
        self.norm_first = norm_first

    def forward(self, x, mask=None):
        return self.feed(self.attend(x, mask))

    def attend(self, x, mask):
        h = self.before(self.attention_norm)(x)
        return self.behind(self.attention_norm)(x + self.dropout(self.self_attention(h, h, h, mask)[0]))

    def feed(self, x):
        h = self.before(self.feed_forward_norm)(x)
        return self.behind(self.feed_forward_norm)(x + self.dropout(self.feed_forward(h)))

    def before(self, norm):
        return norm if self.norm_first else (lambda h: h)

    def behind(self, norm):
        return (lambda h: h) if self.norm_first else norm


# %% torch's own layer norm
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = nn.LayerNorm(d_model)
        self.feed_forward_norm = nn.LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)
        self.norm_first = norm_first

    def forward(self, x, mask=None):
        if not self.norm_first:
            x = self.attention_norm(x + self.dropout(self.self_attention(x, x, x, mask)[0]))
            return self.feed_forward_norm(x + self.dropout(self.feed_forward(x)))
        h = self.attention_norm(x)
        x = x + self.dropout(self.self_attention(h, h, h, mask)[0])
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))


# %% inner feed-forward network
class Inner(nn.Module):
    def __init__(self, d_model, d_ff, dropout):
        super().__init__()
        self.expand, self.contract, self.dropout = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model), nn.Dropout(dropout)

    def forward(self, x):
        return self.contract(self.dropout(self.expand(x).relu()))


class EncoderLayer(nn.Module):
    def __init__(self, d_model: int, num_heads: int, d_ff: int, dropout: float = 0.0, norm_first: bool = False):
        super().__init__()
        self.norm_first = norm_first
        self.attention_norm, self.feed_forward_norm = (nn.LayerNorm(d_model) for _ in range(2))
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout=dropout)
        self.feed_forward = Inner(d_model, d_ff, dropout)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        h = self.attention_norm(x) if self.norm_first else x
        x = torch.add(self.drop(self.self_attention(h, h, h, mask)[0]), x)
        if self.norm_first:
            return torch.add(self.drop(self.feed_forward(self.feed_forward_norm(x))), x)
        x = self.attention_norm(x)
        return self.feed_forward_norm(torch.add(self.drop(self.feed_forward(x)), x))


# %% a loop over the sub-layers
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)
        self.norm_first = norm_first

    def forward(self, x, mask=None):
        parts = [
            (self.attention_norm, lambda h: self.self_attention(h, h, h, mask)[0]),
            (self.feed_forward_norm, self.feed_forward),
        ]
        for norm, part in parts:
            x = x + self.dropout(part(norm(x))) if self.norm_first else norm(x + self.dropout(part(x)))
        return x


# %% two methods, chosen once
class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, dropout)
        self.attention_norm = LayerNorm(d_model)
        self.feed_forward_norm = LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)
        self.norm_first = norm_first
        self.run = self.pre_norm if norm_first else self.post_norm

    def forward(self, x, mask=None):
        return self.run(x, mask)

    def pre_norm(self, x, mask):
        y = self.attention_norm(x)
        y = x + self.dropout(self.self_attention(y, y, y, mask)[0])
        return y + self.dropout(self.feed_forward(self.feed_forward_norm(y)))

    def post_norm(self, x, mask):
        y = self.attention_norm(self.dropout(self.self_attention(x, x, x, mask)[0]) + x)
        return self.feed_forward_norm(self.dropout(self.feed_forward(y)) + y)
