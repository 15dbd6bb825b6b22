"""F: decoder, I: choosing tokens, J: the cache of keys and values. Lesson 5."""

from autograder.analysis.catalogue.entry import Entry

_LAYER, _STACK, _NEXT = "DecoderLayer", "Decoder", "next_token_probabilities"
_TOP_K, _NUCLEUS, _CACHE, _STEP = "top_k_filter", "nucleus_filter", "KeyValueCache", "cached_step"

ENTRIES = (
    Entry(
        65,
        "decoder's self-attention without its causal mask",
        (f"{_LAYER}/text_mask_not_passed_on", f"{_STACK}/text_mask_not_passed_on"),
    ),
    Entry(
        66,
        "cross-attention with keys and values of the text, or a query of the memory",
        (f"{_LAYER}/cross_reads_the_text", f"{_LAYER}/cross_query_from_memory", f"{_STEP}/cross_reads_the_text"),
    ),
    Entry(
        67,
        "cross-attention with the text's mask, or causal",
        (f"{_LAYER}/cross_uses_text_mask", f"{_LAYER}/masks_swapped", f"{_LAYER}/cross_causal"),
    ),
    Entry(68, "cross-attention's residual from the memory", (f"{_LAYER}/cross_residual_from_memory",)),
    Entry(
        70,
        "memory not masked at inference",
        (f"{_LAYER}/memory_mask_not_passed_on", f"{_STEP}/memory_mask_not_passed_on"),
    ),
    Entry(
        88,
        "logits of the first position, or of all",
        (f"{_NEXT}/first_position", f"{_NEXT}/all_positions", f"{_NEXT}/mean_of_positions"),
    ),
    Entry(89, "multiplied by the temperature", (f"{_NEXT}/temperature_multiplied",)),
    Entry(
        90,
        "top-p without the token that crosses the line",
        (f"{_NUCLEUS}/crossing_token_dropped", f"{_NUCLEUS}/crossing_token_dropped_but_the_first"),
    ),
    Entry(
        91,
        "top-k with all equals of the k-th, or not normalised again",
        (f"{_TOP_K}/ties_kept", f"{_TOP_K}/not_normalised", f"{_NUCLEUS}/not_normalised"),
    ),
    Entry(100, "mask for the new positions only", (f"{_STEP}/mask_of_the_new_only", f"{_STEP}/cache_not_used")),
    Entry(101, "no mask while the prompt is read", (f"{_STEP}/no_mask",)),
    Entry(102, "mask not moved by the length of the cache", (f"{_STEP}/mask_not_offset",)),
    Entry(
        103,
        "positions start again at 0, or are counted twice",
        (f"{_CACHE}/length_of_the_newest", f"{_CACHE}/length_counted_twice", f"{_STEP}/appended_twice"),
    ),
    Entry(104, "first token not written to the cache", (f"{_CACHE}/first_not_kept",)),
    Entry(105, "positions of texts that are padded on the left", later="none: this course pads on the right"),
    Entry(
        106,
        "cache grows along the heads, or holds what is not projected",
        (f"{_CACHE}/along_the_heads", f"{_STEP}/cached_before_projection"),
    ),
)
