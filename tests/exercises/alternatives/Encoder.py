# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: E501, F811, F821

from torch import nn


# %% a list, then a ModuleList
class Encoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        made = []
        for _ in range(num_layers):
            made.append(EncoderLayer(d_model, num_heads, d_ff, dropout=dropout, norm_first=norm_first))
        self.layers = nn.ModuleList(made)
        self.final_norm = LayerNorm(d_model) if norm_first else None

    def forward(self, x, mask=None):
        for layer in self.layers:
            x = layer(x, mask=mask)
        return x if self.final_norm is None else self.final_norm(x)


# %% identity in place of the norm
class Encoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList([EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers)])
        self.final_norm = LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(self, x, mask=None):
        for layer in self.layers:
            x = layer(x, mask)
        return self.final_norm(x)


# %% appended one by one
class Encoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList()
        for _ in range(num_layers):
            self.layers.append(EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first))
        if norm_first:
            self.final_norm = LayerNorm(d_model)

    def forward(self, x, mask=None):
        for number in range(len(self.layers)):
            x = self.layers[number](x, mask)
        return self.final_norm(x) if hasattr(self, "final_norm") else x


# %% reduce
class Encoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList(EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers))
        self.norms = norm_first
        if self.norms:
            self.final_norm = LayerNorm(d_model)

    def forward(self, x, mask=None):
        import functools

        x = functools.reduce(lambda h, layer: layer(h, mask), self.layers, x)
        return self.final_norm(x) if self.norms else x


# %% deep copies
class Encoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        import copy

        first = EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first)
        self.layers = nn.ModuleList(copy.deepcopy(first) for _ in range(num_layers))
        for layer in self.layers:
            for module in layer.modules():
                if isinstance(module, nn.Linear):
                    module.reset_parameters()
        self.final = [] if not norm_first else ["final_norm"]
        for name in self.final:
            self.add_module(name, LayerNorm(d_model))

    def forward(self, x, mask=None):
        for layer in self.layers:
            x = layer(x, mask)
        for name in self.final:
            x = self.get_submodule(name)(x)
        return x


# %% recursion
class Encoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList(EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers))
        if norm_first:
            self.final_norm = nn.LayerNorm(d_model)
        self.norm_first = norm_first

    def forward(self, x, mask=None):
        def through(layers, h):
            return h if not layers else through(layers[1:], layers[0](h, mask))

        x = through(list(self.layers), x)
        return self.final_norm(x) if self.norm_first else x


# %% intermediate results kept
class Encoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList(EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers))
        self.add_module("final_norm", LayerNorm(d_model) if norm_first else None)

    def forward(self, x, mask=None):
        states = [x]
        for layer in self.layers:
            states.append(layer(states[-1], mask))
        return states[-1] if self.final_norm is None else self.final_norm(states[-1])


# %% the mask made full first
class Encoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList(EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first) for _ in range(num_layers))
        if norm_first:
            self.final_norm = LayerNorm(d_model)
        self.norm_first = norm_first

    def forward(self, x, mask=None):
        if mask is not None:
            mask = mask.expand(x.shape[0], x.shape[1], x.shape[1])
        for layer in self.layers:
            x = layer(x, mask)
        return self.final_norm(x) if self.norm_first else x


# %% children by name
class Encoder(nn.Module):
    def __init__(self, num_layers, d_model, num_heads, d_ff, dropout=0.0, norm_first=False):
        super().__init__()
        self.layers = nn.ModuleList()
        for number in range(num_layers):
            self.layers.add_module(str(number), EncoderLayer(d_model, num_heads, d_ff, dropout, norm_first))
        self.steps = num_layers
        if norm_first:
            self.final_norm = LayerNorm(d_model)
        self.norm_first = norm_first

    def forward(self, x, mask=None):
        for number in range(self.steps):
            x = self.layers.get_submodule(str(number))(x, mask)
        if self.norm_first:
            x = self.final_norm(x)
        return x
