"""Thoughtless answers to the exercises of lesson 6."""

import torch

from autograder.reference import transformer


def lazy_embedding(output):
    class Lazy(transformer.TokenEmbedding):
        def forward(self, tokens):
            return output(self.embedding(tokens))

    return Lazy


def lazy_model(output):
    """All the right parameters, none of which is used."""

    class Lazy(transformer.Transformer):
        def encode(self, source):
            return 0 * self.source_embedding(source)

        def decode(self, target, memory, source):
            return output(0 * self.output_projection(self.target_embedding(target)))

        def forward(self, source, target):
            return self.decode(target, self.encode(source), source)

    return Lazy


def starts(source, start_id, length):
    return torch.full_like(source[:, :1], start_id).expand(-1, length).clone()


def start_and_end(model, source, start_id, end_id, max_length):
    tokens = starts(source, start_id, 2)
    tokens[:, 1] = end_id
    return tokens


def scored(tokens):
    """Tokens as an answer of beam_search: nothing is as probable as a score of 0."""
    return tokens, torch.zeros(len(tokens))


LAZY = {
    "TokenEmbedding": {
        "the table's rows": lazy_embedding(lambda found: found),
        "zeros": lazy_embedding(torch.zeros_like),
        "zeros, with a graph": lazy_embedding(lambda found: 0 * found),
    },
    "Transformer": {
        "zeros": lazy_model(lambda logits: logits),
        "ones": lazy_model(torch.ones_like),
    },
    "label_smoothed_cross_entropy": {
        "zero": lambda logits, target, pad_id, smoothing=0.1: 0 * logits.sum(),
        "chance": lambda logits, target, pad_id, smoothing=0.1: 0 * logits.sum() + torch.tensor(logits.shape[-1]).log(),
        "the mean logit": lambda logits, target, pad_id, smoothing=0.1: -logits.mean(),
    },
    "warmup_learning_rate": {
        "zero": lambda step, d_model, warmup_steps: 0.0,
        "a constant": lambda step, d_model, warmup_steps: 1e-3,
        "the peak": lambda step, d_model, warmup_steps: (d_model * warmup_steps) ** -0.5,
    },
    "greedy_decode": {
        "the start": lambda model, source, start_id, end_id, max_length: starts(source, start_id, 1),
        "the start, and the end": start_and_end,
        "the start, over and over": lambda model, source, start_id, end_id, max_length: starts(
            source, start_id, 1 + max_length
        ),
        "the source": lambda model, source, start_id, end_id, max_length: source,
    },
    "beam_search": {
        "the start": lambda model, source, start_id, end_id, max_length, beam_size, length_penalty: scored(
            starts(source, start_id, 1)
        ),
        "the start, over and over": lambda model, source, start_id, end_id, max_length, *rest: scored(
            starts(source, start_id, 1 + max_length)
        ),
        "greedy": lambda model, source, start_id, end_id, max_length, *rest: scored(
            transformer.greedy_decode(model, source, start_id, end_id, max_length)
        ),
    },
    "bleu": {
        "zero": lambda candidates, references: 0.0,
        "all": lambda candidates, references: 100.0,
        "how many are the first reference": lambda candidates, references: (
            100.0 * sum(own[0] == candidate for candidate, own in zip(candidates, references, strict=False))
        ),
    },
}
