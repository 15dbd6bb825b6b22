"""Thoughtless answers to the exercises of lesson 5."""

import torch

from autograder.reference import decoder


def lazy_layer(output):
    """A layer of the right parameters, which uses none of them and keeps no sizes."""

    class Lazy(decoder.DecoderLayer):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            self.num_heads = self.norm_first = None

        def forward(self, x, memory, target_mask=None, memory_mask=None):
            return output(x, memory)

    return Lazy


def lazy_stack(output):
    class Lazy(decoder.Decoder):
        def forward(self, x, memory, target_mask=None, memory_mask=None):
            return output(x, memory)

    return Lazy


class KeepsNothing:
    length = 0

    def append(self, key, value):
        return key, value


class KeepsZeros(decoder.KeyValueCache):
    def append(self, key, value):
        return super().append(torch.zeros_like(key), torch.zeros_like(value))


LAYERS = {
    "the input": lambda x, memory: x,
    "zeros": lambda x, memory: torch.zeros_like(x),
    "the input, with a graph to the memory": lambda x, memory: x + 0 * memory.sum(),
}

LAZY = {
    "shift_right": {
        "the input": lambda tokens, start_id: tokens,
        "zeros": lambda tokens, start_id: torch.zeros_like(tokens),
        "only the start": lambda tokens, start_id: torch.full_like(tokens, start_id),
    },
    "DecoderLayer": {name: lazy_layer(output) for name, output in LAYERS.items()},
    "Decoder": {name: lazy_stack(output) for name, output in LAYERS.items()},
    "next_token_probabilities": {
        "equal": lambda logits, temperature=1.0: torch.ones_like(logits[:, -1]) / logits.shape[-1],
        "the most probable": lambda logits, temperature=1.0: (logits[:, -1] == logits[:, -1].amax(-1, keepdim=True)).to(
            logits.dtype
        ),
    },
    "top_k_filter": {
        "the input": lambda probabilities, k: probabilities,
        "equal": lambda probabilities, k: torch.ones_like(probabilities) / probabilities.shape[-1],
    },
    "nucleus_filter": {
        "the input": lambda probabilities, p: probabilities,
        "equal": lambda probabilities, p: torch.ones_like(probabilities) / probabilities.shape[-1],
    },
    "KeyValueCache": {"nothing": KeepsNothing, "zeros": KeepsZeros},
    "cached_step": {
        "the input": lambda decoder, x, memory, caches, memory_mask=None: x,
        "zeros": lambda decoder, x, memory, caches, memory_mask=None: torch.zeros_like(x),
        "the full pass over the new alone": lambda decoder, x, memory, caches, memory_mask=None: decoder(
            x, memory, None, memory_mask
        ),
    },
}
