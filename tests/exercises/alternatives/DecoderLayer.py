# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811, F821
import torch
import torch.nn.functional as F
from torch import nn


# %% both orders written out
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.num_heads = num_heads
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.attention_norm = encoder.LayerNorm(d_model)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.feed_forward_norm = encoder.LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        if self.norm_first:
            h = self.attention_norm(x)
            attended, _ = self.self_attention(h, h, h, target_mask)
            x = x + self.dropout(attended)
            h = self.cross_attention_norm(x)
            attended, _ = self.cross_attention(h, memory, memory, memory_mask)
            x = x + self.dropout(attended)
            h = self.feed_forward_norm(x)
            return x + self.dropout(self.feed_forward(h))
        attended, _ = self.self_attention(x, x, x, target_mask)
        x = self.attention_norm(x + self.dropout(attended))
        attended, _ = self.cross_attention(x, memory, memory, memory_mask)
        x = self.cross_attention_norm(x + self.dropout(attended))
        return self.feed_forward_norm(x + self.dropout(self.feed_forward(x)))


# %% three dropouts, torch's own norms
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.d_model, self.num_heads, self.norm_first = d_model, num_heads, norm_first
        self.attention_norm, self.cross_attention_norm, self.feed_forward_norm = (
            nn.LayerNorm(d_model) for _ in range(3)
        )
        self.self_attention, self.cross_attention = (
            multi_head.MultiHeadAttention(d_model, num_heads, dropout=dropout) for _ in range(2)
        )
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout=dropout)
        self.dropout1, self.dropout2, self.dropout3 = nn.Dropout(dropout), nn.Dropout(dropout), nn.Dropout(dropout)

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        first = self.norm_first
        h = self.attention_norm(x) if first else x
        x = x + self.dropout1(self.self_attention(h, h, h, mask=target_mask)[0])
        x = x if first else self.attention_norm(x)
        h = self.cross_attention_norm(x) if first else x
        x = x + self.dropout2(self.cross_attention(h, memory, memory, mask=memory_mask)[0])
        x = x if first else self.cross_attention_norm(x)
        h = self.feed_forward_norm(x) if first else x
        x = x + self.dropout3(self.feed_forward(h))
        return x if first else self.feed_forward_norm(x)


# %% a loop over the parts
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.num_heads, self.norm_first = num_heads, norm_first
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.attention_norm = encoder.LayerNorm(d_model)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.feed_forward_norm = encoder.LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        parts = [
            (self.attention_norm, lambda h: self.self_attention(h, h, h, target_mask)[0]),
            (self.cross_attention_norm, lambda h: self.cross_attention(h, memory, memory, memory_mask)[0]),
            (self.feed_forward_norm, self.feed_forward),
        ]
        for norm, part in parts:
            added = self.dropout(part(norm(x) if self.norm_first else x))
            x = x + added if self.norm_first else norm(x + added)
        return x


# %% two forwards, chosen when it is built
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.num_heads, self.norm_first = num_heads, norm_first
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.attention_norm = encoder.LayerNorm(d_model)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.feed_forward_norm = encoder.LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)
        self.around = self.before if norm_first else self.behind

    def before(self, x, norm, part):
        return x + self.dropout(part(norm(x)))

    def behind(self, x, norm, part):
        return norm(x + self.dropout(part(x)))

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        x = self.around(x, self.attention_norm, lambda h: self.self_attention(h, h, h, target_mask)[0])
        x = self.around(x, self.cross_attention_norm, lambda h: self.cross_attention(h, memory, memory, memory_mask)[0])
        return self.around(x, self.feed_forward_norm, self.feed_forward)


# %% functional dropout that knows the mode
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.num_heads, self.norm_first, self.rate = num_heads, norm_first, dropout
        for name in ("self_attention", "cross_attention"):
            self.add_module(name, multi_head.MultiHeadAttention(d_model, num_heads, dropout))
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        for name in ("attention_norm", "cross_attention_norm", "feed_forward_norm"):
            self.add_module(name, encoder.LayerNorm(d_model))

    def drop(self, x):
        return F.dropout(x, p=self.rate, training=self.training)

    def attend_text(self, x, mask):
        return self.drop(self.self_attention(query=x, key=x, value=x, mask=mask)[0])

    def attend_memory(self, x, memory, mask):
        return self.drop(self.cross_attention(query=x, key=memory, value=memory, mask=mask)[0])

    def think(self, x):
        return self.drop(self.feed_forward(x))

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        if self.norm_first:
            x = x + self.attend_text(self.attention_norm(x), target_mask)
            x = x + self.attend_memory(self.cross_attention_norm(x), memory, memory_mask)
            x = x + self.think(self.feed_forward_norm(x))
        else:
            x = self.attention_norm(x + self.attend_text(x, target_mask))
            x = self.cross_attention_norm(x + self.attend_memory(x, memory, memory_mask))
            x = self.feed_forward_norm(x + self.think(x))
        return x


# %% a helper module for what is around a part
class Around(nn.Module):
    def __init__(self, dropout, norm_first):
        super().__init__()
        self.dropout, self.norm_first = nn.Dropout(dropout), norm_first

    def forward(self, x, norm, part):
        if not self.norm_first:
            return norm(torch.add(x, self.dropout(part(x))))
        return torch.add(x, self.dropout(part(norm(x))))


class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.num_heads, self.norm_first = num_heads, norm_first
        self.around = Around(dropout, norm_first)
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.attention_norm = encoder.LayerNorm(d_model)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.feed_forward_norm = encoder.LayerNorm(d_model)

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        def look_back(h):
            return self.self_attention(h, h, h, target_mask)[0]

        def look_up(h):
            return self.cross_attention(h, memory, memory, memory_mask)[0]

        for norm, part in (
            (self.attention_norm, look_back),
            (self.cross_attention_norm, look_up),
            (self.feed_forward_norm, self.feed_forward),
        ):
            x = self.around(x, norm, part)
        return x


# %% Identity for the norm that is not there
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.num_heads, self.norm_first = num_heads, norm_first
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.attention_norm = encoder.LayerNorm(d_model)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.feed_forward_norm = encoder.LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)

    def order(self, norm):
        same = nn.Identity()
        return (norm, same) if self.norm_first else (same, norm)

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        before, behind = self.order(self.attention_norm)
        h = before(x)
        x = behind(self.dropout(self.self_attention(h, h, h, target_mask)[0]) + x)
        before, behind = self.order(self.cross_attention_norm)
        x = behind(self.dropout(self.cross_attention(before(x), memory, memory, memory_mask)[0]) + x)
        before, behind = self.order(self.feed_forward_norm)
        return behind(self.dropout(self.feed_forward(before(x))) + x)


# %% the weights of attention kept for a look
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.num_heads, self.norm_first = num_heads, norm_first
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.attention_norm = encoder.LayerNorm(d_model, 1e-5)
        self.cross_attention_norm = encoder.LayerNorm(d_model, 1e-5)
        self.feed_forward_norm = encoder.LayerNorm(d_model, 1e-5)
        self.dropout = nn.Dropout(dropout)
        self.weights = {}

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        pre = self.norm_first
        h = self.attention_norm(x) if pre else x
        found, self.weights["text"] = self.self_attention(h, h, h, target_mask)
        x = x + self.dropout(found)
        if not pre:
            x = self.attention_norm(x)
        h = self.cross_attention_norm(x) if pre else x
        found, self.weights["memory"] = self.cross_attention(h, memory, memory, memory_mask)
        x = x + self.dropout(found)
        if not pre:
            x = self.cross_attention_norm(x)
        h = self.feed_forward_norm(x) if pre else x
        x = x + self.dropout(self.feed_forward(h))
        return x if pre else self.feed_forward_norm(x)


# %% masks made whole before they are used
class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.num_heads, self.norm_first = num_heads, norm_first
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.attention_norm = encoder.LayerNorm(d_model)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.feed_forward_norm = encoder.LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        batch, target, _ = x.shape
        source = memory.shape[1]
        everything = torch.ones(batch, target, max(target, source), dtype=torch.bool)
        target_mask = everything[:, :, :target] if target_mask is None else target_mask.expand(batch, target, target)
        memory_mask = everything[:, :, :source] if memory_mask is None else memory_mask.expand(batch, target, source)
        if self.norm_first:
            h = self.attention_norm(x)
            x = x + self.dropout(self.self_attention(h, h, h, target_mask)[0])
            x = x + self.dropout(self.cross_attention(self.cross_attention_norm(x), memory, memory, memory_mask)[0])
            return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))
        x = self.attention_norm(x + self.dropout(self.self_attention(x, x, x, target_mask)[0]))
        x = self.cross_attention_norm(x + self.dropout(self.cross_attention(x, memory, memory, memory_mask)[0]))
        return self.feed_forward_norm(x + self.dropout(self.feed_forward(x)))


# %% an encoder layer for the outer parts
class DecoderLayer(encoder.EncoderLayer):
    def __init__(self, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__(d_model, num_heads, d_ff, dropout, norm_first)
        self.num_heads, self.norm_first = num_heads, norm_first
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)

    def part(self, x, norm, function):
        if self.norm_first:
            return x + self.dropout(function(norm(x)))
        return norm(x + self.dropout(function(x)))

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        x = self.part(x, self.attention_norm, lambda h: self.self_attention(h, h, h, target_mask)[0])
        x = self.part(x, self.cross_attention_norm, lambda h: self.cross_attention(h, memory, memory, memory_mask)[0])
        return self.part(x, self.feed_forward_norm, self.feed_forward)
