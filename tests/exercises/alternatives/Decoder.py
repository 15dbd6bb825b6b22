# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: E402, F811, F821
import torch
from torch import nn


# %% a final norm only if there is one
class Decoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList(
            [DecoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers)]
        )
        if norm_first:
            self.final_norm = encoder.LayerNorm(d_model)

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        for layer in self.layers:
            x = layer(x, memory, target_mask, memory_mask)
        if hasattr(self, "final_norm"):
            x = self.final_norm(x)
        return x


# %% None for no norm
class Decoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList()
        for _ in range(num_layers):
            self.layers.append(
                DecoderLayer(d_model=d_model, num_heads=num_heads, d_ff=d_ff, dropout=dropout, norm_first=norm_first)
            )
        self.final_norm = encoder.LayerNorm(d_model) if norm_first else None

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        for layer in self.layers:
            x = layer(x=x, memory=memory, target_mask=target_mask, memory_mask=memory_mask)
        return x if self.final_norm is None else self.final_norm(x)


# %% norm_first kept
class Decoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.norm_first = norm_first
        self.layers = nn.ModuleList(
            map(lambda _: DecoderLayer(d_model, num_heads, d_ff, dropout, norm_first), range(num_layers))
        )
        if self.norm_first:
            self.add_module("final_norm", encoder.LayerNorm(d_model))

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        out = x
        for number in range(len(self.layers)):
            out = self.layers[number](out, memory, target_mask, memory_mask)
        return self.final_norm(out) if self.norm_first else out


# %% torch's own layer norm
class Decoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        layers = []
        while len(layers) < num_layers:
            layers += [DecoderLayer(d_model, num_heads, d_ff, dropout, norm_first)]
        self.layers = nn.ModuleList(layers)
        self.final_norm = nn.LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        for layer in self.layers:
            x = layer(x, memory, target_mask, memory_mask)
        return self.final_norm(x)


# %% keyword arguments collected
class Decoder(nn.Module):
    def __init__(self, num_layers, *sizes, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList(
            DecoderLayer(*sizes, dropout=dropout, norm_first=norm_first) for _ in range(num_layers)
        )
        self.final_norm = encoder.LayerNorm(sizes[0]) if norm_first else nn.Identity()

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        for layer in self.layers:
            x = layer(x, memory, target_mask, memory_mask)
        return self.final_norm(x)


# %% a Sequential as the container
class Decoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.Sequential(
            *(DecoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers))
        )
        self.final_norm = encoder.LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        for layer in self.layers.children():
            x = layer(x, memory, target_mask, memory_mask)
        return self.final_norm(x)


# %% recursion
class Decoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList(
            DecoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers)
        )
        self.final_norm = encoder.LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        return self.final_norm(self.down(0, x, memory, target_mask, memory_mask))

    def down(self, number, x, *rest):
        if number == len(self.layers):
            return x
        return self.down(number + 1, self.layers[number](x, *rest), *rest)


# %% copies with weights of their own
import copy


class Decoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        layer = DecoderLayer(d_model, num_heads, d_ff, dropout, norm_first)
        self.layers = nn.ModuleList(copy.deepcopy(layer) for _ in range(num_layers))
        for parameter in self.layers.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)
        self.final_norm = encoder.LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        for layer in self.layers:
            x = layer(x, memory, target_mask, memory_mask)
        return self.final_norm(x)


# %% reduce
import functools


class Decoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        make = functools.partial(DecoderLayer, d_model, num_heads, d_ff, dropout, norm_first)
        self.layers = nn.ModuleList(make() for _ in range(num_layers))
        self.final_norm = encoder.LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        def step(x, layer):
            return layer(x, memory, target_mask, memory_mask)

        return self.final_norm(functools.reduce(step, self.layers, x))


# %% the attention weights looked at on the way
class Decoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList(
            DecoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers)
        )
        self.final_norm = encoder.LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(self, x, memory, target_mask=None, memory_mask=None):
        outputs = [x]
        for layer in self.layers:
            outputs.append(layer(outputs[-1], memory, target_mask, memory_mask))
        self.outputs = [out.detach() for out in outputs]
        return self.final_norm(torch.as_tensor(outputs[-1]))
