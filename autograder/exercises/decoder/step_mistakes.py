"""Mistakes of `cached_step` with the cache and the mask. Used by `step`; the others lie in `step_around`."""

from __future__ import annotations

from autograder.exercises.decoder import headings
from autograder.exercises.model import Mistake

SPLIT = "query, key, value = (multi_head.split_heads(project(h), layer.num_heads) for project in projections)"
APPEND = "keys, values = cache.append(key, value)"
MASK = "mask = torch.ones(new, every, dtype=torch.bool).tril(every - new)"
FOUND = "return own.output_projection(multi_head.merge_heads(mixed))"
LOOP = "for layer, cache in zip(decoder.layers, caches, strict=True):"
THROUGH = "x = through(layer, cache, x)"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.CACHE, patches=patches)


MISTAKES = (
    _mistake(
        "cache_not_used",
        "The new positions attend to themselves only.",
        "They have to see all positions before them too: that is what append returns.",
        (APPEND, "cache.append(key, value)\n            keys, values = key, value"),
        (MASK, "mask = attention.causal_mask(h.shape[1])"),
    ),
    _mistake(
        "mask_not_offset",
        "The causal mask starts at the beginning of the text: the new positions get the rows of the first ones.",
        "Row i of the new positions may see everything in the cache, and the new ones up to itself.",
        (MASK, MASK.replace("tril(every - new)", "tril()")),
    ),
    _mistake(
        "no_mask",
        "Positions of a prompt see what comes after them.",
        "When several positions come at once they need a causal mask among each other.",
        (MASK, "mask = None"),
    ),
    _mistake(
        "mask_of_the_new_only",
        "The mask has columns for the new positions only.",
        "It needs a column for each key, those in the cache included.",
        (MASK, "mask = attention.causal_mask(h.shape[1])"),
    ),
    _mistake(
        "does_not_see_itself",
        "A new position does not see itself.",
        "It may attend to everything before it and to itself.",
        (MASK, MASK.replace("tril(every - new)", "tril(every - new - 1)")),
    ),
    _mistake(
        "appended_too_late",
        "The new positions are appended after they have attended.",
        "Then they see neither themselves nor each other.",
        (
            APPEND,
            "none = key[:, :, :0]\n"
            "            keys, values = cache.append(none, none) if cache.length else (none, none)\n"
            "            cache.append(key, value)",
        ),
        (MASK, "mask = None"),
    ),
    _mistake(
        "appended_twice",
        "The new positions are appended twice.",
        "Then each of them counts double, and the cache's length runs ahead of the text.",
        (APPEND, f"cache.append(key, value)\n            {APPEND}"),
        (MASK, "mask = None"),
    ),
    _mistake(
        "one_cache_for_all_layers",
        "All layers use the first cache.",
        "Each layer has keys and values of its own: it needs a cache of its own.",
        (THROUGH, "x = through(layer, caches[0], x)"),
        (
            MASK,
            "seen = torch.ones(h.shape[1], cache.length - h.shape[1]).bool()\n"
            "            mask = torch.cat([seen, attention.causal_mask(h.shape[1])], dim=1)",
        ),
    ),
    _mistake(
        "caches_in_reverse",
        "The caches are used in reverse order.",
        "The first cache belongs to the first layer.",
        (LOOP, LOOP.replace("caches,", "reversed(caches),")),
    ),
    _mistake(
        "cached_before_projection",
        "The cache holds the positions themselves, not their keys and values.",
        "Then all of them have to be projected again at every step: cache what comes out of the projections.",
        (SPLIT, SPLIT + "\n            raw = multi_head.split_heads(h, layer.num_heads)"),
        (
            APPEND,
            "kept, _ = cache.append(raw, raw)\n"
            "            every = multi_head.merge_heads(kept)\n"
            "            keys = multi_head.split_heads(own.key_projection(every), layer.num_heads)\n"
            "            values = multi_head.split_heads(own.value_projection(every), layer.num_heads)",
        ),
    ),
    _mistake(
        "keys_and_values_swapped_in_the_cache",
        "Keys and values have changed places in the cache.",
        "append takes the keys first.",
        (APPEND, "values, keys = cache.append(value, key)"),
    ),
    _mistake(
        "keys_and_values_swapped",
        "Keys and values have changed places.",
        "append returns the keys first.",
        (APPEND, "values, keys = cache.append(key, value)"),
    ),
    _mistake(
        "one_head",
        "The projections are not split into num_heads heads.",
        "One wide head has other weights than several narrow ones.",
        (SPLIT, SPLIT.replace("layer.num_heads", "1")),
    ),
    _mistake(
        "no_output_projection",
        "The output projection of the self-attention is not applied.",
        "It belongs to the attention: without it the heads' results only lie side by side.",
        (FOUND, "return multi_head.merge_heads(mixed)"),
    ),
)
