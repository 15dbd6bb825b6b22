"""Mistakes of `cached_step` with memory, norms and results. Used by `step`; those with the cache: `step_mistakes`."""

from __future__ import annotations

from autograder.exercises.decoder import headings
from autograder.exercises.decoder.step_mistakes import LOOP, SPLIT, THROUGH
from autograder.exercises.model import Mistake

COUNT = "if len(caches) != len(decoder.layers):"
MIX = "mixed, _ = attention.scaled_dot_product_attention(query, keys, values, mask)"
MEMORY = "return layer.cross_attention(h, memory, memory, memory_mask)[0]"
CROSS = "(layer.cross_attention_norm, attend_to_memory),"
FEED = "(layer.feed_forward_norm, layer.feed_forward),"
AROUND = "x = x + part(norm(x)) if layer.norm_first else norm(x + part(x))"
RETURN = "return decoder.final_norm(x) if decoder.layers[0].norm_first else x"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.CACHE, patches=patches)


MISTAKES = (
    _mistake(
        "memory_mask_not_passed_on",
        "memory_mask has no effect.",
        "Then the padding of the source is read like words.",
        (MEMORY, "return layer.cross_attention(h, memory, memory)[0]"),
    ),
    _mistake(
        "cross_reads_the_text",
        "The cross-attention reads the text.",
        "Its keys and values come from the memory, at every step.",
        (MEMORY, "return layer.cross_attention(h, h, h)[0]"),
    ),
    _mistake(
        "no_cross_attention",
        "The cross-attention is left out.",
        "At every step a position also looks at the memory.",
        (CROSS, ""),
    ),
    _mistake(
        "no_feed_forward",
        "The feed-forward network is left out.",
        "Every part of the layer is there in a step too.",
        (FEED, ""),
    ),
    _mistake(
        "norm_first_ignored",
        "The norms always come behind.",
        "With norm_first=True each norm belongs before its part.",
        (AROUND, "x = norm(x + part(x))"),
    ),
    _mistake(
        "always_norm_first",
        "The norms always come before.",
        "With norm_first=False each norm comes after the sum.",
        (AROUND, "x = x + part(norm(x))"),
    ),
    _mistake(
        "keys_from_unnormalised",
        "With norm_first=True keys and values are made from x as it was before the norm.",
        "All three, query, key and value, are made from what the norm gives.",
        (
            SPLIT,
            "inputs = (h, before[-1], before[-1]) if layer.norm_first else (h, h, h)\n"
            "            query, key, value = (\n"
            "                multi_head.split_heads(project(source), layer.num_heads)\n"
            "                for project, source in zip(projections, inputs)\n"
            "            )",
        ),
        (THROUGH, "before.append(x)\n        x = through(layer, cache, x)"),
        (LOOP, f"before = []\n    {LOOP}"),
    ),
    _mistake(
        "no_residual",
        "There are no residual connections.",
        "Each part adds to x, in a step as in the layer.",
        (AROUND, "x = part(norm(x)) if layer.norm_first else norm(part(x))"),
    ),
    _mistake(
        "no_final_norm",
        "With norm_first=True the final norm is missing.",
        "The decoder ends with it, so a step does too.",
        (RETURN, "return x"),
    ),
    _mistake(
        "each_layer_reads_the_input",
        "Every layer gets the x from the beginning.",
        "Each layer works on the output of the one before it.",
        (LOOP, f"first = x\n    {LOOP}"),
        (THROUGH, "x = through(layer, cache, first)"),
    ),
    _mistake(
        "only_the_last_position",
        "Only the last of the new positions is returned.",
        "There is one result for each new position.",
        (RETURN, "return (decoder.final_norm(x) if decoder.layers[0].norm_first else x)[:, -1:]"),
    ),
    _mistake(
        "unchecked",
        "The number of caches is not checked.",
        "One cache per layer is needed; else a ValueError names both numbers.",
        (COUNT, "if False:"),
        (LOOP, LOOP.replace("strict=True", "strict=False")),
    ),
)
